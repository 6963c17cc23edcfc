import { afterEach, describe, expect, test } from 'vitest'
import { apiClientDetailSchema, registerApiClientInput } from '@/contracts/api-clients'
import { ROLES } from '@/contracts/permissions'
import { disconnectConnection } from '../connections/disconnect-connection'
import { startAuthorization } from '../authorizations/start-authorization'
import { db } from '../db'
import { changeApiClient } from './change-api-client'
import { deleteApiClient } from './delete-api-client'
import { openClientSecret } from './find-api-client'
import { getLastCalls } from '../calls/get-last-calls'
import { getApiClient } from './get-api-client'
import { getSecretDependents } from './get-secret-dependents'
import { listApiClients } from './list-api-clients'
import { obtainAdminToken } from './obtain-admin-token'
import { registerApiClient } from './register-api-client'
import { registerCallback } from './register-callback'
import { rotateClientSecret } from './rotate-client-secret'
import { openCanary } from '../../tests/canary'
import { makeConnected } from '../../tests/consent-flow'
import { makeActor, makeApiClient, makeColleague } from '../../tests/factories'
import { refusalOf } from '../../tests/rejections'
import { refreshOnce } from '../../tests/refresh-once'
import { openRig } from '../../tests/runtime'
import { watchCalls } from '../../tests/upstream-calls'

const rig = await openRig()
const { sandbox, clock, database } = rig
const canary = await openCanary()

afterEach(async () => {
  sandbox.control.faults.clear()
  await sandbox.control.settings.set({ productionRedirectUri: 'accepted' })
})

const input = (wishes: Partial<Parameters<typeof registerApiClientInput.parse>[0] & object> = {}) =>
  registerApiClientInput.parse({
    name: 'Booking engine', clientId: 'client-1', clientSecret: 'a-secret-of-20-chars', environment: 'SANDBOX', upstreamId: 'sandbox', ...wishes,
  })

async function makeClient(wishes: Parameters<typeof makeApiClient>[2] = {}) {
  const actor = await makeActor()
  return { actor, apiClient: await makeApiClient(rig, actor, wishes) }
}

const rowOf = (id: string) => db().apiClient.findUniqueOrThrow({ where: { id } })
const redirectUrisOf = (clientId: string) => sandbox.control.configuration(clientId).redirectUri

describe('registering an API client', () => {
  test('shows every full address that will be called, and of the secret its last four characters', async () => {
    const actor = await makeActor()
    const detail = apiClientDetailSchema.strict().parse(await registerApiClient(actor, input()))
    expect(detail).toMatchObject({ clientSecretLast4: 'hars', connectionCount: 0, adminToken: null, upstream: { sandbox: true } })
    expect(detail.addresses).toEqual({
      consent: `${sandbox.backOfficeUrl}/octobook/identity/oauth.xhtml`,
      token: `${sandbox.apiUrl}/rest/v1/identity/token`,
      refresh: `${sandbox.apiUrl}/rest/v1/identity/refresh`,
      apiLogin: `${sandbox.apiUrl}/rest/v1/identity/apilogin`,
      configuration: `${sandbox.apiUrl}/rest/v1/api/configuration`,
      properties: `${sandbox.apiUrl}/rest/v1/accommodation`,
      userInfo: `${sandbox.apiUrl}/rest/v1/user/info`,
      createProperty: `${sandbox.apiUrl}/rest/v2/accommodation`,
    })
    expect(detail.callbackUri).toBe(`http://localhost:3000/oauth/callback/${detail.id}`)
    expect(detail.redirectUri).toBe(detail.callbackUri)
    expect(JSON.stringify([detail, await rowOf(detail.id)])).not.toContain('a-secret-of-20-chars')
    expect(openClientSecret(await rowOf(detail.id)).reveal()).toBe('a-secret-of-20-chars')
  })

  test('shows nothing of a secret that is short', async () => {
    expect((await registerApiClient(await makeActor(), input({ clientSecret: 'shortsecret' }))).clientSecretLast4).toBe('')
  })

  test('takes only an upstream that this server is configured to call', async () => {
    const actor = await makeActor()
    for (const upstreamId of ['unknown', canary.url, sandbox.apiUrl, 'SANDBOX', '__proto__']) {
      expect(await refusalOf(registerApiClient(actor, input({ upstreamId: upstreamId.slice(0, 40) })))).toBe('upstream_not_allowed')
    }
    expect(await listApiClients(actor.viewer)).toEqual({ items: [] })
  })

  test.each([
    ['https://localhost', 'none'],
    ['https://shop.example/back?tenant=7', 'none'],
    ['http://localhost:9000/cb', 'none'],
    ['http://shop.example/back', 'invalid_input'],
    ['https://user@shop.example/', 'invalid_input'],
    ['https://*.shop.example/', 'invalid_input'],
    ['https://shop.example/#x', 'invalid_input'],
    ['https://shop.example/?code=1', 'invalid_input'],
    ['javascript:alert(1)', 'invalid_input'],
    ['//shop.example/', 'invalid_input'],
  ])('takes the redirect URI %s or refuses it by the rule (%s)', async (redirectUri, refusal) => {
    expect(await refusalOf(registerApiClient(await makeActor(), input({ redirectUri })))).toBe(refusal)
  })

  test('takes our own callback as ours, not as a foreign address', async () => {
    const { actor, apiClient } = await makeClient()
    await changeApiClient(actor, apiClient.id, { redirectUri: 'https://localhost' })
    expect(await startAuthorization(actor, { apiClientId: apiClient.id })).toMatchObject({ mode: 'paste', redirectUri: 'https://localhost' })
    await changeApiClient(actor, apiClient.id, { redirectUri: apiClient.callbackUri })
    expect(await startAuthorization(actor, { apiClientId: apiClient.id })).toMatchObject({ mode: 'redirect', redirectUri: apiClient.callbackUri })
  })
})

describe('the upstream of an API client', () => {
  test('is looked up in the server’s own list at every use: an id written into the database calls nobody', async () => {
    const connected = await makeConnected(rig, await makeActor())
    for (const upstreamId of ['gone', canary.url, `sandbox ${canary.url}`]) {
      await database.sql('UPDATE api_clients SET upstream_id = $1 WHERE id = $2', [upstreamId, connected.apiClient.id])
      const calls = watchCalls(rig)
      expect(await refusalOf(obtainAdminToken(connected.actor, connected.apiClient.id))).toBe('upstream_not_allowed')
      expect(await refusalOf(registerCallback(connected.actor, connected.apiClient.id))).toBe('upstream_not_allowed')
      expect(await refusalOf(startAuthorization(connected.actor, { apiClientId: connected.apiClient.id }))).toBe('upstream_not_allowed')
      expect(await refreshOnce(connected.subject)).toMatchObject({ outcome: 'failed', error: { code: 'upstream_not_allowed' } })
      expect(calls.all()).toEqual([])
      expect((await getApiClient(connected.actor.viewer, connected.apiClient.id)).addresses).toBeNull()
    }
    expect(canary.hits).toEqual([])
  })

  test('can’t be bent by a version, a client id or a redirect URI in the database', async () => {
    const { actor, apiClient } = await makeClient()
    for (const version of ['v1/../../..', '../', `@127.0.0.1:${new URL(canary.url).port}/`, '//x', 'v1?x=', 'v1#']) {
      await database.sql('UPDATE api_clients SET api_version = $1 WHERE id = $2', [version, apiClient.id])
      await obtainAdminToken(actor, apiClient.id).catch(() => undefined)
    }
    expect(canary.hits).toEqual([])
  })
})

describe('changing an API client', () => {
  test('changes what is given, leaves the rest, and writes down before and after', async () => {
    const { actor, apiClient } = await makeClient()
    const changed = await changeApiClient(actor, apiClient.id, { name: 'Renamed', apiVersion: 'v2' })
    expect(changed).toMatchObject({ name: 'Renamed', apiVersion: 'v2', environment: 'SANDBOX', clientId: apiClient.clientId, redirectUri: apiClient.callbackUri })
    const event = await db().auditEvent.findFirstOrThrow({ where: { targetId: apiClient.id, action: 'api_client.changed' } })
    expect(event.detail).toEqual({
      before: { name: 'Channel manager', environment: 'SANDBOX', apiVersion: 'v1', redirectUri: null },
      after: { name: 'Renamed', apiVersion: 'v2' },
    })
  })

  test('keeps its secret sealed as it is, so that it opens still', async () => {
    const { actor, apiClient } = await makeClient()
    await changeApiClient(actor, apiClient.id, { name: 'Renamed' })
    expect(openClientSecret(await rowOf(apiClient.id)).reveal()).toBe(apiClient.clientSecret)
  })
})

describe('production', () => {
  test.each(ROLES.map((role) => [role, role === 'owner' ? 'none' : 'not_allowed'] as const))('is registered and chosen by owners only: %s is answered %s', async (role, refusal) => {
    const owner = await makeActor()
    const actor = await makeColleague(owner, role)
    expect(await refusalOf(registerApiClient(actor, input({ environment: 'PRODUCTION' })))).toBe(refusal)
    const { id } = await makeApiClient(rig, owner)
    expect(await refusalOf(changeApiClient(actor, id, { environment: 'PRODUCTION' }))).toBe(refusal)
    expect((await rowOf(id)).environment).toBe(refusal === 'none' ? 'PRODUCTION' : 'SANDBOX')
    expect(await refusalOf(changeApiClient(actor, id, { name: 'Renamed' }))).toBe('none')
  })

  test('is left by owners only, too', async () => {
    const owner = await makeActor()
    const { id } = await makeApiClient(rig, owner, { environment: 'PRODUCTION' })
    expect(await refusalOf(changeApiClient(await makeColleague(owner, 'developer'), id, { environment: 'SANDBOX' }))).toBe('not_allowed')
    expect((await rowOf(id)).environment).toBe('PRODUCTION')
    expect(await refusalOf(changeApiClient(owner, id, { environment: 'SANDBOX' }))).toBe('none')
  })
})

describe('rotating the client secret', () => {
  test('uses the new one from then on, at its next version', async () => {
    const { actor, apiClient } = await makeClient()
    const clientSecret = 'sbx_the_new_secret_of_it'
    await sandbox.control.changeClientSecret(apiClient.clientId, clientSecret)
    expect(await refusalOf(obtainAdminToken(actor, apiClient.id))).toBe('api_client_refused')
    clock.advance(60_000)
    const rotated = await rotateClientSecret(actor, apiClient.id, { clientSecret })
    expect(rotated).toMatchObject({ clientSecretLast4: 'f_it', secretRotatedAt: clock.date.toISOString() })
    expect((await rowOf(apiClient.id)).clientSecretVersion).toBe(2)
    expect(await obtainAdminToken(actor, apiClient.id)).toMatchObject({ adminToken: { issuedAt: clock.date.toISOString() } })
  })

  test('keeps the old one when Octorate does not take the new one, or could not be asked, and shows the log-in', async () => {
    const { actor, apiClient } = await makeClient()
    const rotate = (unverified = false) => refusalOf(rotateClientSecret(actor, apiClient.id, { clientSecret: 'sbx_not_issued_by_anybody', unverified }))
    expect(await rotate()).toBe('api_client_refused')
    await sandbox.control.faults.add({ endpoint: 'identity/apilogin', clientId: apiClient.clientId, kind: 'status', status: 503 })
    expect(await rotate()).toBe('upstream_unreachable')
    expect(openClientSecret(await rowOf(apiClient.id)).reveal()).toBe(apiClient.clientSecret)
    expect((await getLastCalls(actor.viewer, apiClient.id, 'admin_token')).last).toMatchObject({ failure: 'upstream_unreachable' })
    expect(await rotate(true)).toBe('none')
    const events = await db().auditEvent.findMany({ where: { targetId: apiClient.id, action: 'api_client.secret_rotated' } })
    expect(events.map(({ detail }) => detail)).toEqual([{ version: 2, verified: false }])
  })

  test('is preceded by a look at what depends on it', async () => {
    const { actor, apiClient } = await makeConnected(rig, await makeActor())
    await obtainAdminToken(actor, apiClient.id)
    expect(await getSecretDependents(actor.viewer, apiClient.id)).toEqual({
      connections: 1, endingWithinDay: 1, firstEndsAt: new Date(clock.at + 86_400_000).toISOString(), machineKeys: 0, adminTokens: 1,
    })
  })

  test('by ten at once leaves one of their secrets, whole, and tells the others', async () => {
    const { actor, apiClient } = await makeClient()
    const secrets = Array.from({ length: 10 }, (_, index) => `sbx_secret_number_${index}_of_ten`)
    const refusals = await Promise.all(secrets.map((clientSecret) => refusalOf(rotateClientSecret(actor, apiClient.id, { clientSecret, unverified: true }))))
    const succeeded = refusals.filter((code) => code === 'none').length
    expect(succeeded).toBeGreaterThanOrEqual(1)
    expect(refusals.filter((code) => code !== 'none' && code !== 'conflict')).toEqual([])
    const row = await rowOf(apiClient.id)
    expect(row.clientSecretVersion).toBe(1 + succeeded)
    expect(secrets).toContain(openClientSecret(row).reveal())
    expect(await db().auditEvent.count({ where: { targetId: apiClient.id, action: 'api_client.secret_rotated' } })).toBe(succeeded)
  })
})

describe('deleting an API client', () => {
  test('is refused while it has a connection, and wipes its secret and admin tokens afterwards', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const { actor, apiClient } = connected
    await obtainAdminToken(actor, apiClient.id)
    expect(await refusalOf(deleteApiClient(actor, apiClient.id))).toBe('api_client_in_use')
    expect(openClientSecret(await rowOf(apiClient.id)).reveal()).toBe(apiClient.clientSecret)
    await disconnectConnection(actor, connected.connectionId)
    expect(await deleteApiClient(actor, apiClient.id)).toEqual({ deleted: true })
    const row = await rowOf(apiClient.id)
    expect(row).toMatchObject({ clientSecretLast4: '', deletedAt: clock.date })
    expect(openClientSecret(row).reveal()).not.toBe(apiClient.clientSecret)
    expect(await db().adminToken.count({ where: { apiClientId: apiClient.id } })).toBe(0)
  })

  test('leaves nothing that can be used: every verb answers not found', async () => {
    const { actor, apiClient } = await makeClient()
    await deleteApiClient(actor, apiClient.id)
    const { id } = apiClient
    expect(await listApiClients(actor.viewer)).toEqual({ items: [] })
    const refusals = await Promise.all([
      refusalOf(getApiClient(actor.viewer, id)),
      refusalOf(changeApiClient(actor, id, { name: 'x' })),
      refusalOf(rotateClientSecret(actor, id, { clientSecret: 'sbx_something' })),
      refusalOf(obtainAdminToken(actor, id)),
      refusalOf(registerCallback(actor, id)),
      refusalOf(startAuthorization(actor, { apiClientId: id })),
      refusalOf(deleteApiClient(actor, id)),
    ])
    expect(new Set(refusals)).toEqual(new Set(['not_found']))
  })
})

describe('the admin token', () => {
  test('is kept sealed for its year, and an earlier one is retired', async () => {
    const { actor, apiClient } = await makeClient()
    await obtainAdminToken(actor, apiClient.id)
    clock.advance(1_000)
    const detail = await obtainAdminToken(actor, apiClient.id)
    expect(detail.adminToken).toMatchObject({ issuedAt: clock.date.toISOString(), expiresAt: new Date(clock.at + 365 * 86_400_000).toISOString() })
    const rows = await db().adminToken.findMany({ where: { apiClientId: apiClient.id }, orderBy: { issuedAt: 'asc' } })
    expect(rows.map(({ retiredAt }) => retiredAt)).toEqual([clock.date, null])
    for (const row of rows) expect(row.tokenSealed).toMatch(/^v1\./)
  })

  test.each([
    ['quota', { kind: 'quota' }, 'upstream_quota'],
    ['an outage', { kind: 'status', status: 503 }, 'upstream_unreachable'],
    ['a page', { kind: 'override', raw: '<html>', contentType: 'text/html' }, 'upstream_unreadable'],
    ['a redirect', { kind: 'redirect', location: 'http://127.0.0.1:9/' }, 'upstream_redirected'],
    ['the wrong environment', { kind: 'wrong-environment' }, 'upstream_wrong_environment'],
  ] as const)('is not blamed on the API client when %s was the reason', async (_name, fault, code) => {
    const { actor, apiClient } = await makeClient()
    await sandbox.control.faults.add({ endpoint: 'identity/apilogin', clientId: apiClient.clientId, ...fault })
    expect(await refusalOf(obtainAdminToken(actor, apiClient.id))).toBe(code)
    expect(await db().adminToken.count({ where: { apiClientId: apiClient.id } })).toBe(0)
  })
})

describe('registering our callback at Octorate', () => {
  const others = ['https://localhost', 'https://shop.example/back']

  async function makeWithout() {
    const client = await makeClient()
    await sandbox.control.changeConfiguration(client.apiClient.clientId, { redirectUri: others })
    return client
  }

  test('keeps the others, because Octorate replaces the whole list', async () => {
    const { actor, apiClient } = await makeWithout()
    expect(await registerCallback(actor, apiClient.id)).toEqual({ redirectUris: [...others, apiClient.callbackUri], added: true })
    expect(redirectUrisOf(apiClient.clientId)).toEqual([...others, apiClient.callbackUri])
  })

  test('again changes nothing, and writes nothing', async () => {
    const { actor, apiClient } = await makeWithout()
    await registerCallback(actor, apiClient.id)
    const calls = watchCalls(rig)
    expect(await registerCallback(actor, apiClient.id)).toMatchObject({ added: false })
    expect(calls.all()).toEqual(['api/configuration'])
  })

  test('writes nothing when the list can’t be read, because what is not known can’t be written back', async () => {
    const { actor, apiClient } = await makeWithout()
    for (const change of [{ remove: ['redirectUri'] }, { merge: { redirectUri: [7] } }, { merge: { redirectUri: 'https://localhost' } }]) {
      await sandbox.control.faults.add({ endpoint: 'api/configuration', clientId: apiClient.clientId, kind: 'override', ...change })
      const calls = watchCalls(rig)
      const refusal = await refusalOf(registerCallback(actor, apiClient.id))
      expect([refusal, calls.count('api/configuration:write')]).toEqual(['upstream_unreadable', 0])
      sandbox.control.faults.clear()
    }
    expect(redirectUrisOf(apiClient.clientId)).toEqual(others)
  })

  test('reads again afterwards, and tells when an address is missing then', async () => {
    const { actor, apiClient } = await makeWithout()
    await sandbox.control.faults.add({
      endpoint: 'api/configuration', clientId: apiClient.clientId, kind: 'override', skip: 1, merge: { redirectUri: [apiClient.callbackUri] },
    })
    expect(await refusalOf(registerCallback(actor, apiClient.id))).toBe('configuration_changed')
  })

  test('of a production client is left to a mail, where Octorate wants one', async () => {
    const client = await makeClient({ environment: 'PRODUCTION' })
    await sandbox.control.settings.set({ productionRedirectUri: 'refused' })
    await sandbox.control.changeConfiguration(client.apiClient.clientId, { redirectUri: others })
    const calls = watchCalls(rig)
    expect(await refusalOf(registerCallback(client.actor, client.apiClient.id))).toBe('redirect_uri_locked')
    expect(calls.count('api/configuration:write')).toBe(0)
  })

  test('logs in again when Octorate takes the kept admin token no longer', async () => {
    const { actor, apiClient } = await makeWithout()
    await obtainAdminToken(actor, apiClient.id)
    await sandbox.control.expireAdminTokens(apiClient.clientId)
    expect(await registerCallback(actor, apiClient.id)).toMatchObject({ added: true })
  })
})
