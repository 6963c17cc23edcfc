import { describe, expect, test } from 'vitest'
import type { MachineEndpoint } from '@/contracts/define-machine-endpoint'
import { MACHINE_SCOPES } from '@/contracts/machine-scopes'
import { endpointPath, MACHINE_API_BASE } from '@/contracts/paths'
import { openMachineFront } from '../../../tests/machine-front'
import { makeMachineSetting, type MachineSetting } from '../../../tests/machine-setting'
import { sampleOf, type MachineSample } from '../../../tests/machine-samples'
import { makeMachineKey } from '../../../tests/make-machine-key'
import { openRig } from '../../../tests/runtime'
import { readStoredTokens } from '../../../tests/stored-tokens'
import { watchCalls } from '../../../tests/upstream-calls'
import { MACHINE_ROUTES } from './routes'

const rig = await openRig()
const front = await openMachineFront()

const routes = MACHINE_ROUTES.map(({ endpoint }) => ({ name: `${endpoint.method} ${endpoint.path}`, endpoint }))

/** A second organization, which has the same property and nothing in common. */
const stranger = await makeMachineSetting(rig)

async function send(endpoint: MachineEndpoint, { params, query, body, headers }: MachineSample, as: string | undefined) {
  const path = `${MACHINE_API_BASE}${endpointPath(endpoint.path, params)}${query ? `?${new URLSearchParams(query)}` : ''}`
  const answer = await front.call(endpoint.method, path, { ...(as ? { as } : {}), ...(body === undefined ? {} : { body }), ...(headers ? { headers } : {}) })
  return { ...answer, code: answer.status < 400 ? undefined : (answer.json() as { code: string }).code }
}

/** What only those may learn who may see the connection. */
async function secretsOf({ connectionId, apiClient }: MachineSetting): Promise<string[]> {
  const { access, row } = await readStoredTokens(connectionId)
  return [access ?? 'none', apiClient.id, row.name]
}

describe.each(routes)('$name', ({ name, endpoint }) => {
  test('is served to a key with its scope', async () => {
    const setting = await makeMachineSetting(rig)
    const scopes = endpoint.scope === 'any' ? [] : [endpoint.scope]
    const sample = await sampleOf(name, rig, setting)
    const { header } = await makeMachineKey(setting.actor, { scopes, ...(sample.tiedTo ? { addresses: sample.tiedTo } : {}) })
    const answer = await send(endpoint, sample, header)
    expect([answer.status, answer.code]).toEqual([200, undefined])
  })

  test.each(MACHINE_SCOPES.filter((scope) => scope !== endpoint.scope))('is refused to a key with %s only', async (scope) => {
    const setting = await makeMachineSetting(rig)
    const before = await readStoredTokens(setting.connectionId)
    const sample = await sampleOf(name, rig, setting)
    const { header } = await makeMachineKey(setting.actor, { scopes: [scope] })
    const calls = watchCalls(rig)
    const answer = await send(endpoint, sample, header)
    expect([answer.status, answer.code]).toEqual(endpoint.scope === 'any' ? [200, undefined] : [403, 'machine_key_scope'])
    expect(answer.headers['www-authenticate']).toBe(endpoint.scope === 'any' ? undefined : 'Bearer realm="Keyrack", error="insufficient_scope"')
    expect(await readStoredTokens(setting.connectionId)).toEqual(before)
    expect(calls.all()).toEqual([])
  })

  test('is refused without a key, with another scheme, and with a key that was never made', async () => {
    const setting = await makeMachineSetting(rig)
    const unknown = `Bearer ${setting.key.text.slice(0, -1)}${setting.key.text.endsWith('0') ? '1' : '0'}`
    const sample = await sampleOf(name, rig, setting)
    const codes = []
    for (const as of [undefined, `Basic ${setting.key.text}`, setting.key.text, unknown]) {
      const answer = await send(endpoint, sample, as)
      codes.push([answer.status, answer.code, String(answer.headers['www-authenticate']).startsWith('Bearer realm="Keyrack"')])
    }
    expect(codes).toEqual([
      [401, 'machine_key_missing', true], [401, 'machine_key_missing', true], [401, 'machine_key_missing', true], [401, 'machine_key_invalid', true],
    ])
  })

  test.each<[string, (setting: MachineSetting) => Promise<string>]>([
    ['of another organization', async () => (await makeMachineKey(stranger.actor)).header],
    ['of the other environment', async ({ actor }) => (await makeMachineKey(actor, { environment: 'PRODUCTION' })).header],
    ['whose list holds none of its properties', async ({ actor }) => (await makeMachineKey(actor, { properties: ['999999'] })).header],
  ])('shows and changes nothing for a key %s', async (_whose, keyOf) => {
    const setting = await makeMachineSetting(rig)
    const secrets = await secretsOf(setting)
    const before = await readStoredTokens(setting.connectionId)
    const as = await keyOf(setting)
    const sample = await sampleOf(name, rig, setting)
    const calls = watchCalls(rig)
    const answer = await send(endpoint, sample, as)
    expect(sample.foreign).toContain(answer.code ?? answer.status)
    // What another organization's key sees of its own is its own.
    expect(secrets.slice(0, 2).filter((secret) => answer.text.includes(secret))).toEqual([])
    expect(await readStoredTokens(setting.connectionId)).toEqual(before)
    expect(calls.all()).toEqual([])
  })

  test('refuses queries that it does not know, and those that are there twice', async () => {
    const setting = await makeMachineSetting(rig)
    const { params } = await sampleOf(name, rig, setting)
    const path = `${MACHINE_API_BASE}${endpointPath(endpoint.path, params)}`
    for (const query of ['unknown=1', 'organizationId=1', '__proto=1', 'a=1&a=2']) {
      const answer = await front.call(endpoint.method, `${path}?${query}`, { as: setting.key.header })
      expect([query, answer.status]).toEqual([query, 400])
    }
  })
})

describe('every route', () => {
  test('of the API has another method refused, with those that it takes', async () => {
    const { key } = stranger
    for (const { endpoint } of routes) {
      const path = `${MACHINE_API_BASE}${endpointPath(endpoint.path, { id: crypto.randomUUID(), entryId: crypto.randomUUID(), propertyId: '1' })}`
      for (const method of ['PUT', 'HEAD', 'OPTIONS']) {
        const answer = await front.call(method, path, { as: key.header })
        expect([method, path, answer.status]).toEqual([method, path, 405])
        expect(String(answer.headers['allow'])).toContain(endpoint.method)
      }
    }
  })

  test.each(['/api/v1', '/api/v1/', '/api/v1/nothing', '/api/v1/connections/', '/api/v1//connections', '/api/v1/connections/x/access-token/y'])(
    'but %s is nothing',
    async (path) => {
      const answer = await front.call('GET', path, { as: stranger.key.header })
      expect([answer.status, (answer.json() as { code: string }).code]).toEqual([404, 'not_found'])
    },
  )

  test.each(['/api/v2/connections', '/API/v1/connections', '/api/v1x', '/%61pi/v1/connections'])('stands below its base: %s goes to the pages', async (path) => {
    expect((await front.call('GET', path, { as: stranger.key.header })).status).toBe(418)
  })

  test.each(['1', 'x', '%2e%2e', '00000000-0000-0000-0000-000000000000', crypto.randomUUID().toUpperCase(), `${crypto.randomUUID()}%00`, "'--"])(
    'answers the id %s like one that is not there, or as no address at all',
    async (id) => {
      const answer = await front.call('GET', `/api/v1/connections/${id}/access-token`, { as: stranger.key.header })
      expect([400, 404]).toContain(answer.status)
    },
  )
})
