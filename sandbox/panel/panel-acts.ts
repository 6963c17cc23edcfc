import type { Control } from '../control/control'
import { faultRule, instant, seed } from '../control/read-fields'
import { defaultSettings, type SandboxSettings } from '../models/settings'
import { faultPresets } from './fault-presets'
import { count } from './pieces'

/** One act of a person on the panel: `run` says what was done, `part` is where to look for it. */
export type PanelAct = { readonly part: string; run(form: URLSearchParams): Promise<string> | string }

/** What the panel's forms can do: each is one call of the control API, read from form fields. */
export function panelActs(control: Control): ReadonlyMap<string, PanelAct> {
  const acts: Readonly<Record<string, PanelAct>> = {
    'clock/advance': {
      part: 'clock',
      run: async (form) => shows(await control.clock.advance(wholeNumber(form, 'ms'))),
    },
    'clock/set': { part: 'clock', run: async (form) => shows(await control.clock.set(instant({ at: form.get('at') }, 'at'))) },
    'clock/freeze': { part: 'clock', run: async () => `The clock stands still. ${shows(await control.clock.freeze())}` },
    'clock/run': { part: 'clock', run: async () => `The clock runs on. ${shows(await control.clock.run())}` },
    'clock/real': { part: 'clock', run: async () => `The clock follows this machine. ${shows(await control.clock.real())}` },
    'grants/revoke': {
      part: 'hoteliers',
      run: async (form) => `${count((await control.revoke(grantOf(form))).revoked, 'grant', 'grants')} revoked.`,
    },
    'access-tokens/expire': {
      part: 'hoteliers',
      run: async (form) => `Access tokens of ${count((await control.expireAccessTokens(grantOf(form))).expired, 'grant', 'grants')} expired.`,
    },
    'admin-tokens/expire': {
      part: 'clients',
      async run(form) {
        await control.expireAdminTokens(text(form, 'clientId'))
        return `Admin tokens of ${text(form, 'clientId')} expired.`
      },
    },
    addresses: {
      part: 'clients',
      async run(form) {
        const wanted = (form.get('addresses') ?? '').split(/\s+/).filter(Boolean)
        const { length } = await control.changeAddresses(text(form, 'clientId'), wanted)
        return `${count(length, 'address', 'addresses')} for ${text(form, 'clientId')}.`
      },
    },
    'permissions/withdraw': { part: 'clients', run: (form) => setPermission(control, form, 'NONE') },
    'permissions/give': { part: 'clients', run: (form) => setPermission(control, form, 'READWRITE') },
    'hoteliers/password': {
      part: 'hoteliers',
      async run(form) {
        await control.changePassword(text(form, 'username'), text(form, 'password'))
        return `Password of ${text(form, 'username')} changed, and signed out everywhere.`
      },
    },
    'faults/add': { part: 'faults', run: (form) => `Rule ${control.faults.add(ruleOf(form)).id} added.` },
    'faults/remove': {
      part: 'faults',
      run(form) {
        control.faults.remove(wholeNumber(form, 'id'))
        return 'Rule removed.'
      },
    },
    'faults/clear': {
      part: 'faults',
      run() {
        control.faults.clear()
        return 'All rules removed.'
      },
    },
    'tape/clear': {
      part: 'requests',
      run() {
        control.tape.clear()
        return 'The tape is empty.'
      },
    },
    'tape/replay': {
      part: 'requests',
      async run(form) {
        const { id, status } = await control.tape.replay(wholeNumber(form, 'id'))
        return `Sent again as request ${id}: ${status === 0 ? 'no answer' : status}.`
      },
    },
    'report/clear': {
      part: 'report',
      run() {
        control.report.clear()
        return 'The report is empty.'
      },
    },
    settings: {
      part: 'switches',
      async run(form) {
        const changes = changedSettings(form, control.settings.get())
        if (Object.keys(changes).length > 0) await control.settings.set(changes)
        return `${count(Object.keys(changes).length, 'switch', 'switches')} changed.`
      },
    },
    snapshot: { part: 'state', run: async (form) => `Snapshot ${(await control.takeSnapshot(text(form, 'name'))).name} taken.` },
    restore: { part: 'state', run: async (form) => `Back to snapshot ${(await control.restore(text(form, 'name'))).name}.` },
    reset: {
      part: 'state',
      async run() {
        await control.reset()
        return 'Everything is as at the start.'
      },
    },
    seed: {
      part: 'state',
      async run(form) {
        await control.reset(seed({ seed: JSON.parse(text(form, 'seed')) }))
        return 'The sandbox starts from this seed.'
      },
    },
  }
  return new Map(Object.entries(acts))
}

function shows({ iso }: { readonly iso: string }): string {
  return `It shows ${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC.`
}

function grantOf(form: URLSearchParams): { grant?: number } {
  return form.has('grant') ? { grant: wholeNumber(form, 'grant') } : {}
}

/** A preset's effect at an endpoint, with those limits that were filled in. */
function ruleOf(form: URLSearchParams) {
  const preset = faultPresets.get(text(form, 'preset'))
  if (!preset) throw new TypeError('preset: there is no such fault')
  const clientId = form.get('clientId') ?? ''
  const limits = Object.fromEntries(['count', 'skip', 'delayMs'].filter((name) => form.has(name)).map((name) => [name, wholeNumber(form, name)]))
  return faultRule({ ...preset.effect, endpoint: text(form, 'endpoint'), ...limits, ...(clientId !== '' && { clientId }) })
}

async function setPermission(control: Control, form: URLSearchParams, permission: 'NONE' | 'READWRITE'): Promise<string> {
  const clientId = text(form, 'clientId')
  const name = text(form, 'permission')
  const { permissions } = control.configuration(clientId)
  if (!Object.hasOwn(permissions, name)) throw new TypeError('permission: there is no such permission')
  await control.changeConfiguration(clientId, { permissions: { ...permissions, [name]: permission } })
  return `Permission ${name} ${permission === 'NONE' ? 'withdrawn from' : 'given to'} ${clientId}.`
}

/** Only what differs, so that the truth log tells what a person really changed. */
function changedSettings(form: URLSearchParams, now: SandboxSettings): Partial<SandboxSettings> {
  const changes: Record<string, unknown> = {}
  for (const [name, value] of form) {
    if (!isSetting(name)) continue
    const kind = typeof defaultSettings[name]
    const given = kind === 'number' ? Number(value) : kind === 'boolean' ? value === 'true' : value
    if (given !== now[name]) changes[name] = given
  }
  return changes
}

function isSetting(name: string): name is keyof SandboxSettings {
  return Object.hasOwn(defaultSettings, name)
}

function text(form: URLSearchParams, name: string): string {
  const value = form.get(name)
  if (!value) throw new TypeError(`${name}: expected a text`)
  return value
}

function wholeNumber(form: URLSearchParams, name: string): number {
  const value = form.get(name) ?? ''
  if (!/^-?\d{1,15}$/.test(value)) throw new TypeError(`${name}: expected a whole number`)
  return Number(value)
}
