import { afterEach, describe, expect, test } from 'vitest'
import { apiConfigurationSchema, type ConfigurationChangeInput } from '@/contracts/api-configuration'
import { ROLES } from '@/contracts/permissions'
import { getApiClient } from '../api-clients/get-api-client'
import { getLastCalls } from '../calls/get-last-calls'
import { db } from '../db'
import { draftLetter } from '../letters/draft-letter'
import { listLetters } from '../letters/list-letters'
import { makeActor, makeApiClient, makeColleague } from '../../tests/factories'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'
import { watchCalls, type Fault } from '../../tests/upstream-calls'
import { changeApiConfiguration } from './change-api-configuration'
import { previewApiConfiguration } from './preview-api-configuration'
import { readApiConfiguration } from './read-api-configuration'
import { switchToProduction } from './switch-to-production'

const { sandbox, gate } = await openRig()

afterEach(() => {
  sandbox.control.faults.clear()
})

async function makeClient(upstreamId: 'sandbox' | 'gated' = 'sandbox') {
  const actor = await makeActor()
  const { id, clientId } = await makeApiClient({ sandbox }, actor, { upstreamId })
  const seen = { applicationName: clientId, category: null, iconUrl: null, listedToAllUsers: false, descriptions: {} }
  return {
    actor, id, clientId, seen,
    live: () => sandbox.control.configuration(clientId),
    change: (change: ConfigurationChangeInput, saw = {}) => changeApiConfiguration(actor, id, { change, seen: { ...seen, ...saw } }),
    fault: (endpoint: string, fault: Fault) => sandbox.control.faults.add({ endpoint, clientId, ...fault }),
  }
}

describe('reading the configuration', () => {
  test('shows every field, what Octorate added since, and the calls that are left', async () => {
    const { actor, id, clientId, fault } = await makeClient()
    await fault('api/configuration', { kind: 'override', merge: { carbonFootprint: { grams: 7 }, reseller: { name: 'Reseller srl' } } })
    const detail = apiConfigurationSchema.strict().parse(await readApiConfiguration(actor, id))
    expect(detail).toMatchObject({
      environment: 'SANDBOX', applicationName: clientId, quota: { limit: 100, status: '0' },
      reseller: [{ name: 'name', value: 'Reseller srl' }], unknown: [{ name: 'carbonFootprint', value: '{"grams":7}' }],
    })
    expect(detail.quota.left).toBeGreaterThan(0)
    expect(detail.permissions).toContainEqual({ name: 'content', level: 'READONLY' })
  })

  test.each([
    ['quota', { kind: 'quota' }, 'upstream_quota'],
    ['an outage', { kind: 'status', status: 503 }, 'upstream_unreachable'],
    ['a page', { kind: 'override', raw: '<html>', contentType: 'text/html' }, 'upstream_unreadable'],
    ['an unknown environment', { kind: 'override', merge: { environment: 'STAGING' } }, 'upstream_unreadable'],
    ['a redirect', { kind: 'redirect', location: 'http://127.0.0.1:9/' }, 'upstream_redirected'],
    ['the wrong environment', { kind: 'wrong-environment' }, 'upstream_wrong_environment'],
    ['a missing permission', { kind: 'role-missing' }, 'upstream_permission'],
  ] as const)('says why it could not, and keeps the calls: %s', async (_name, override, code) => {
    const { actor, id, fault } = await makeClient()
    await fault('api/configuration', override)
    expect(await refusalOf(readApiConfiguration(actor, id))).toBe(code)
    expect((await getLastCalls(actor.viewer, id, 'configuration')).last).toMatchObject({ failure: code })
  })
})

describe('changing the configuration', () => {
  test('sends exactly what the preview showed, and nothing else', async () => {
    const { actor, id, live, change } = await makeClient()
    const wanted = { applicationName: 'Northwind', descriptions: { EN: 'Channel manager', IT: 'Gestore dei canali' } }
    const { json } = await previewApiConfiguration(actor.viewer, id, wanted)
    expect(JSON.parse(json)).toEqual({ applicationName: 'Northwind', description: wanted.descriptions })
    const before = live()
    const changed = await change(wanted)
    expect(changed).toMatchObject(wanted)
    expect(live()).toEqual({ ...before, applicationName: 'Northwind', description: wanted.descriptions })
    const { last } = await getLastCalls(actor.viewer, id, 'configuration')
    expect(last?.exchanges.find(({ method }) => method === 'PATCH')?.requestJson).toBe(json)
    const event = await db().auditEvent.findFirstOrThrow({ where: { targetId: id, action: 'configuration.changed' } })
    expect(event.detail).toMatchObject({ before: { descriptions: {} }, after: wanted })
  })

  test.each([
    [{ category: 'RMS' }, { category: 'RMS' }],
    [{ listedToAllUsers: true }, { secretVisibility: true }],
    [{ iconUrl: 'https://cdn.example/logo.png' }, { icon: 'logo.png' }],
    [{ descriptions: { DE: '' } }, { description: { DE: '' } }],
  ] as const)('of %j leaves %j at Octorate', async (change, left) => {
    const client = await makeClient()
    await client.change(change)
    expect(client.live()).toMatchObject(left)
  })

  test('sends nothing when a field is another than the person saw, and does when only others are', async () => {
    const { clientId, change, live } = await makeClient()
    await sandbox.control.changeConfiguration(clientId, { category: 'OTA' })
    const calls = watchCalls({ sandbox })
    expect(await refusalOf(change({ category: 'RMS' }))).toBe('configuration_changed')
    expect(calls.count('api/configuration:write')).toBe(0)
    await change({ listedToAllUsers: true })
    expect(live()).toMatchObject({ category: 'OTA', secretVisibility: true })
  })

  test('tells when somebody changed it before it was read again', async () => {
    const { clientId, change } = await makeClient('gated')
    const [first, second] = [gate.hold('api/configuration'), gate.hold('api/configuration')]
    const changing = refusalOf(change({ category: 'RMS' }))
    await first.reached
    first.release()
    await second.reached
    await sandbox.control.changeConfiguration(clientId, { category: 'OTA' })
    second.release()
    expect(await changing).toBe('configuration_changed')
  })

  test.each([
    [{ kind: 'status', status: 500, when: 'after' }, 'none', 'RMS'],
    [{ kind: 'reset', when: 'after' }, 'none', 'RMS'],
    [{ kind: 'status', status: 500 }, 'upstream_unreachable', null],
    [{ kind: 'quota' }, 'upstream_quota', null],
  ] as const)('after %j is answered %s, with %s at Octorate', async (fault, code, category) => {
    const client = await makeClient()
    await client.fault('api/configuration:write', fault)
    expect(await refusalOf(client.change({ category: 'RMS' }))).toBe(code)
    expect(client.live().category).toBe(category)
  })

  test('that changes nothing is refused', async () => {
    const { change } = await makeClient()
    expect(await refusalOf(change({}))).toBe('invalid_input')
  })
})

describe('the door to production', () => {
  test.each(ROLES.map((role) => [role, role === 'owner' ? 'none' : 'not_allowed'] as const))('is opened by owners only: %s is answered %s', async (role, refusal) => {
    const { actor, id, live } = await makeClient()
    const somebody = await makeColleague(actor, role)
    expect(await refusalOf(switchToProduction(somebody, id, { name: 'Channel manager' }))).toBe(refusal)
    const environment = refusal === 'none' ? 'PRODUCTION' : 'SANDBOX'
    expect([live().environment, (await getApiClient(actor.viewer, id)).environment]).toEqual([environment, environment])
  })

  test('wants the name typed, or sends nothing', async () => {
    const { actor, id, live } = await makeClient()
    const calls = watchCalls({ sandbox })
    expect(await refusalOf(switchToProduction(actor, id, { name: 'channel manager' }))).toBe('confirmation_missing')
    expect([calls.all(), live().environment]).toEqual([[], 'SANDBOX'])
  })

  test('leaves this side as it was when Octorate said no', async () => {
    const { actor, id, fault } = await makeClient()
    await fault('api/configuration:write', { kind: 'wrong-environment' })
    expect(await refusalOf(switchToProduction(actor, id, { name: 'Channel manager' }))).toBe('upstream_wrong_environment')
    expect((await getApiClient(actor.viewer, id)).environment).toBe('SANDBOX')
  })

  test('settles the letter that asked for it', async () => {
    const { actor, id } = await makeClient()
    await draftLetter(actor, id, { kind: 'production', redirectUris: [] })
    await switchToProduction(actor, id, { name: 'Channel manager' })
    expect((await listLetters(actor.viewer, id)).items).toMatchObject([{ state: 'seen_live' }])
  })
})
