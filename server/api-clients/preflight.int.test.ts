import { afterEach, describe, expect, test } from 'vitest'
import { preflightSchema, type CheckId } from '@/contracts/api-clients'
import { db } from '../db'
import { preflightApiClient } from './preflight'
import { makeActor, makeApiClient } from '../../tests/factories'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'
import { watchCalls } from '../../tests/upstream-calls'

const rig = await openRig()
const { sandbox, clock } = rig

afterEach(async () => {
  sandbox.control.faults.clear()
  await sandbox.control.clock.real()
  await sandbox.control.settings.set({ expiredTokenAnswer: 'login-expired' })
})

async function makeClient(wishes: Parameters<typeof makeApiClient>[2] = {}) {
  const actor = await makeActor()
  return { actor, apiClient: await makeApiClient(rig, actor, wishes) }
}

async function look({ actor, apiClient }: Awaited<ReturnType<typeof makeClient>>) {
  const preflight = preflightSchema.parse(await preflightApiClient(actor, apiClient.id))
  const find = (id: CheckId) => preflight.checks.find((check) => check.id === id)
  return { preflight, find, results: Object.fromEntries(preflight.checks.map(({ id, result, reason }) => [id, `${result} ${reason}`])) }
}

const ALL_WELL = {
  upstream: 'pass ok',
  redirect_uri_rule: 'pass ok',
  admin_token: 'pass ok',
  redirect_uri_registered: 'pass ok',
  environment: 'pass ok',
  clock: 'pass ok',
}

describe('the look before a connect', () => {
  test('finds nothing where all is well, and logs in once, because the admin token is kept', async () => {
    const client = await makeClient()
    const calls = watchCalls(rig)
    const first = await look(client)
    expect(first.preflight).toMatchObject({ ready: true, mode: 'redirect', redirectUri: client.apiClient.callbackUri })
    expect(first.results).toEqual({ ...ALL_WELL, admin_token: 'pass obtained' })
    for (let again = 0; again < 3; again += 1) expect((await look(client)).results).toEqual(ALL_WELL)
    expect(calls.count('identity/apilogin')).toBe(1)
    expect(calls.count('api/configuration')).toBe(4)
    expect(await db().auditEvent.count({ where: { targetId: client.apiClient.id, action: 'admin_token.obtained' } })).toBe(1)
  })

  test('says that Octorate has no redirect URI like ours', async () => {
    const client = await makeClient()
    await sandbox.control.changeConfiguration(client.apiClient.clientId, { redirectUri: ['https://shop.example/back'] })
    const { preflight, results, find } = await look(client)
    expect(preflight.ready).toBe(false)
    expect(results).toMatchObject({ redirect_uri_registered: 'fail not_registered' })
    expect(find('redirect_uri_registered')?.values).toMatchObject({ sent: client.apiClient.callbackUri, nearest: 'https://shop.example/back' })
  })

  test('says that Octorate has no redirect URI at all', async () => {
    const client = await makeClient()
    await sandbox.control.changeConfiguration(client.apiClient.clientId, { redirectUri: [] })
    const { results, find } = await look(client)
    expect(results).toMatchObject({ redirect_uri_registered: 'fail not_registered' })
    expect(find('redirect_uri_registered')?.values).toEqual({ sent: client.apiClient.callbackUri })
  })

  test.each([
    ['trailing_slash', (uri: string) => `${uri}/`],
    ['scheme', (uri: string) => uri.replace('http:', 'https:')],
    ['port', (uri: string) => uri.replace(':3000', ':3001')],
    ['query', (uri: string) => `${uri}?x=1`],
  ])('shows a near miss in its %s, and where it begins', async (difference, change) => {
    const client = await makeClient()
    const near = change(client.apiClient.callbackUri)
    await sandbox.control.changeConfiguration(client.apiClient.clientId, { redirectUri: ['https://shop.example/back', near] })
    const { preflight, results, find } = await look(client)
    expect(preflight.ready).toBe(false)
    expect(results).toMatchObject({ redirect_uri_registered: 'fail near_miss' })
    expect(find('redirect_uri_registered')?.values).toMatchObject({ sent: client.apiClient.callbackUri, nearest: near, difference })
  })

  test('says that the environments differ, and which is whose', async () => {
    const client = await makeClient()
    await sandbox.control.changeConfiguration(client.apiClient.clientId, { environment: 'PRODUCTION' })
    const { preflight, results, find } = await look(client)
    expect(preflight.ready).toBe(false)
    expect(results).toMatchObject({ environment: 'fail differs' })
    expect(find('environment')?.values).toEqual({ ours: 'SANDBOX', theirs: 'PRODUCTION' })
  })

  test.each([
    [0, 'pass ok', true],
    [4, 'pass ok', true],
    [-4, 'pass ok', true],
    [30, 'warn skewed', true],
    [-30, 'warn skewed', true],
    [299, 'warn skewed', true],
    [-301, 'fail skewed', false],
    [360, 'fail skewed', false],
    [86_400, 'fail skewed', false],
  ])('compares our clock with Octorate’s: ours %d s behind is "%s"', async (seconds, clockResult, ready) => {
    const client = await makeClient()
    await look(client)
    await sandbox.control.clock.set(clock.at + seconds * 1000)
    const { preflight, results, find } = await look(client)
    expect({ clock: results['clock'], ready: preflight.ready }).toEqual({ clock: clockResult, ready })
    expect(Math.abs(Number(find('clock')?.values['seconds']) + seconds)).toBeLessThanOrEqual(1)
  })

  test('says that Octorate refuses id and secret, and checks nothing that would need them', async () => {
    const client = await makeClient()
    await sandbox.control.changeClientSecret(client.apiClient.clientId, 'sbx_another_secret')
    const { preflight, results } = await look(client)
    expect(preflight.ready).toBe(false)
    expect(results).toEqual({
      ...ALL_WELL,
      admin_token: 'fail refused',
      redirect_uri_registered: 'warn not_checked',
      environment: 'warn not_checked',
      clock: 'warn not_checked',
    })
  })

  test.each([
    ['is down', { kind: 'reset', count: 0 }, 'warn unreachable'],
    ['answers 503', { kind: 'status', status: 503, count: 0 }, 'warn unreachable'],
    ['has no quota left', { kind: 'quota', count: 0 }, 'warn quota'],
    ['answers a page', { kind: 'override', raw: '<html>', count: 0 }, 'warn unreachable'],
  ] as const)('warns and forbids nothing while Octorate %s, because a connect may succeed all the same', async (_name, fault, adminToken) => {
    const client = await makeClient()
    await sandbox.control.faults.add({ endpoint: '*', clientId: client.apiClient.clientId, ...fault })
    const { preflight, results } = await look(client)
    expect(preflight.ready).toBe(true)
    expect(results).toMatchObject({ admin_token: adminToken, redirect_uri_registered: 'warn not_checked', clock: 'warn not_checked' })
  })

  test.each(['login-expired', 'unauthorized'] as const)('logs in again when Octorate takes the kept admin token no longer (%s)', async (expiredTokenAnswer) => {
    await sandbox.control.settings.set({ expiredTokenAnswer })
    const client = await makeClient()
    await look(client)
    await sandbox.control.expireAdminTokens(client.apiClient.clientId)
    const calls = watchCalls(rig)
    expect((await look(client)).results).toEqual({ ...ALL_WELL, admin_token: 'pass obtained' })
    expect(calls.all()).toEqual(['api/configuration', 'identity/apilogin', 'api/configuration'])
    expect((await look(client)).results).toEqual(ALL_WELL)
    expect(await db().adminToken.count({ where: { apiClientId: client.apiClient.id, retiredAt: null } })).toBe(1)
  })

  test('logs in again after the year that an admin token lives', async () => {
    const client = await makeClient()
    await look(client)
    clock.advance(365 * 86_400_000)
    const calls = watchCalls(rig)
    expect((await look(client)).results).toMatchObject({ admin_token: 'pass obtained' })
    expect(calls.all()).toEqual(['identity/apilogin', 'api/configuration'])
  })

  test('says that this server no longer knows the upstream, and calls nobody', async () => {
    const client = await makeClient()
    await rig.database.sql(`UPDATE api_clients SET upstream_id = 'gone' WHERE id = $1`, [client.apiClient.id])
    const calls = watchCalls(rig)
    const { preflight, results } = await look(client)
    expect(preflight.ready).toBe(false)
    expect(results).toEqual({ upstream: 'fail not_configured' })
    expect(calls.all()).toEqual([])
  })

  test('names paste as the way back when the redirect URI is not ours', async () => {
    const client = await makeClient({ redirectUri: 'https://localhost' })
    const { preflight } = await look(client)
    expect(preflight).toMatchObject({ ready: true, mode: 'paste', redirectUri: 'https://localhost' })
  })

  test('holds no secret in what it answers', async () => {
    const client = await makeClient()
    const { preflight } = await look(client)
    expect(JSON.stringify(preflight)).not.toContain(client.apiClient.clientSecret)
    expect(JSON.stringify(preflight)).not.toContain('sbx_')
    expect(await refusalOf(preflightApiClient(client.actor, crypto.randomUUID()))).toBe('not_found')
  })
})
