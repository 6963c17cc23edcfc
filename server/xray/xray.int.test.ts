import { afterEach, describe, expect, test } from 'vitest'
import { xraySchema } from '@/contracts/xray'
import { db } from '../db'
import { dumpDatabase } from '../../tests/database-dump'
import { makeActor, makeApiClient } from '../../tests/factories'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'
import { watchCalls } from '../../tests/upstream-calls'
import { takeXray } from './take-xray'

const rig = await openRig()
const { sandbox, database } = rig
const [clientId, clientSecret] = ['xray-client-4711', 'sbx_secret_of_the_welcome_mail']
await sandbox.control.addApiClient({ clientId, clientSecret, redirectUris: ['https://localhost', 'https://shop.example/back'] })

afterEach(() => {
  sandbox.control.faults.clear()
})

const take = async (wishes: { clientSecret?: string; upstreamId?: string } = {}) =>
  xraySchema.strict().parse(await takeXray(await makeActor(), { clientId, clientSecret, upstreamId: 'sandbox', ...wishes }))

describe('the X-ray of a welcome mail', () => {
  test('tells environment, live redirect URIs, permissions, quota and clock, by a log-in and a read alone', async () => {
    const calls = watchCalls(rig)
    const xray = await take()
    expect(calls.all()).toEqual(['identity/apilogin', 'api/configuration'])
    expect(xray).toMatchObject({
      login: 'accepted', reading: null, knownAs: null,
      configuration: { environment: 'SANDBOX', redirectUris: ['https://localhost', 'https://shop.example/back'], quota: { limit: 100 } },
    })
    expect(Math.abs(xray.skewMs ?? Infinity)).toBeLessThan(2_000)
    expect(xray.exchanges.map(({ method, status }) => [method, status])).toEqual([['POST', 200], ['GET', 200]])
  })

  test('keeps nothing and writes nothing: no row but the proof, no change at Octorate, no secret anywhere', async () => {
    const before = sandbox.control.configuration(clientId)
    const xray = await take()
    expect(sandbox.control.configuration(clientId)).toEqual(before)
    expect(await db().adminToken.count()).toBe(0)
    const dump = await dumpDatabase(database)
    for (const kept of [clientId, clientSecret]) expect(dump).not.toContain(kept)
    for (const shown of [JSON.stringify(xray), rig.logs()]) expect(shown).not.toContain(clientSecret)
    expect(JSON.stringify(xray.exchanges)).toContain('••••')
  })

  test.each([
    ['identity/apilogin', { kind: 'quota' }, 'upstream_quota'],
    ['identity/apilogin', { kind: 'status', status: 503 }, 'upstream_unreachable'],
    ['identity/apilogin', { kind: 'override', raw: '<html>', contentType: 'text/html' }, 'upstream_unreadable'],
    ['identity/apilogin', { kind: 'redirect', location: 'http://127.0.0.1:9/' }, 'upstream_redirected'],
    ['identity/apilogin', { kind: 'wrong-environment' }, 'upstream_wrong_environment'],
  ] as const)('says that the log-in failed, and shows it: %s, %j', async (endpoint, fault, code) => {
    await sandbox.control.faults.add({ endpoint, clientId, ...fault })
    const calls = watchCalls(rig)
    expect(await take()).toMatchObject({ login: code, configuration: null, reading: null, adminTokenEndsAt: null })
    expect(calls.count('api/configuration')).toBe(0)
  })

  test('tells a wrong secret from everything else', async () => {
    expect(await take({ clientSecret: 'sbx_not_the_secret' })).toMatchObject({ login: 'api_client_refused', configuration: null })
  })

  test.each([
    [{ kind: 'role-missing' }, 'upstream_permission'],
    [{ kind: 'override', merge: { redirectUri: 7 } }, 'upstream_unreadable'],
    [{ kind: 'quota' }, 'upstream_quota'],
  ] as const)('says that only the read failed: %j', async (fault, code) => {
    await sandbox.control.faults.add({ endpoint: 'api/configuration', clientId, ...fault })
    expect(await take()).toMatchObject({ login: 'accepted', configuration: null, reading: code })
  })

  test('names the API client that is registered already, of this organization only', async () => {
    const [actor, stranger] = [await makeActor(), await makeActor()]
    const apiClient = await makeApiClient(rig, actor)
    const input = { clientId: apiClient.clientId, clientSecret: apiClient.clientSecret, upstreamId: 'sandbox' }
    expect((await takeXray(actor, input)).knownAs).toEqual({ id: apiClient.id, name: 'Channel manager' })
    expect((await takeXray(stranger, input)).knownAs).toBeNull()
  })

  test('calls only what this server is configured to call, and takes no token of the sandbox from elsewhere', async () => {
    expect(await refusalOf(take({ upstreamId: 'unknown' }))).toBe('upstream_not_allowed')
    expect(await take({ upstreamId: 'not-the-sandbox' })).toMatchObject({ login: 'upstream_unreadable' })
  })
})
