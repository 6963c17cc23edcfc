import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { digest } from '../../crypto/digest'
import { db } from '../../db'
import { heldKeys } from '../../machine-keys/held-keys'
import { getRuntime, setRuntime } from '../../runtime'
import { connect, CA_DEL_LUME, ROSSI_NETWORK } from '../../../tests/consent-flow'
import { makeActor, makeApiClient } from '../../../tests/factories'
import { openMachineFront } from '../../../tests/machine-front'
import { makeMachineSetting } from '../../../tests/machine-setting'
import { makeMachineKey } from '../../../tests/make-machine-key'
import { openRig } from '../../../tests/runtime'
import { inspectStored, readStoredTokens } from '../../../tests/stored-tokens'
import { until } from '../../../tests/until'
import { watchCalls } from '../../../tests/upstream-calls'

const rig = await openRig()
const front = await openMachineFront()

interface List {
  readonly items: { readonly id?: string; readonly propertyId?: string; readonly connectionId?: string; readonly status: string }[]
  readonly nextCursor: string | null
}

describe('connections', () => {
  test('are told one by one, without any token', async () => {
    const { connectionId, key, apiClient } = await makeMachineSetting(rig)
    const answer = await front.call('GET', `/api/v1/connections/${connectionId}`, { as: key.header })
    expect([answer.status, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([200, 'application/json', 'no-store'])
    expect(answer.json()).toMatchObject({
      id: connectionId, environment: 'SANDBOX', status: 'healthy', cause: null, isNetwork: false, apiClientId: apiClient.id,
      handle: expect.stringMatching(/^krk_conn_/) as string, properties: [{ propertyId: '324410', linked: true }],
    })
    const { access, refresh } = await readStoredTokens(connectionId)
    expect([access, refresh].filter((token) => token !== null && answer.text.includes(token))).toEqual([])
  })

  test('are listed page by page, each once, and properties alike', async () => {
    const actor = await makeActor()
    const apiClient = await makeApiClient(rig, actor)
    const ids = [await connect(rig, { actor, apiClient }), await connect(rig, { actor, apiClient }, CA_DEL_LUME), await connect(rig, { actor, apiClient }, ROSSI_NETWORK)]
    const { header } = await makeMachineKey(actor)
    const walk = async (path: string) => {
      const seen = []
      let cursor: string | null = null
      do {
        const page = (await front.call('GET', `${path}?limit=1${cursor ? `&cursor=${cursor}` : ''}`, { as: header })).json() as List
        expect(page.items.length).toBe(1)
        seen.push(...page.items)
        cursor = page.nextCursor
      } while (cursor !== null)
      return seen
    }
    expect((await walk('/api/v1/connections')).map(({ id }) => id)).toEqual(ids.toSorted())
    const covered = await db().property.findMany({ where: { connectionId: { in: ids } } })
    const walked = await walk('/api/v1/properties')
    expect(walked.map(({ propertyId }) => propertyId).toSorted()).toEqual(covered.map(({ upstreamId }) => upstreamId).toSorted())
  })

  test('are found by status and by property', async () => {
    const { connectionId, key } = await makeMachineSetting(rig)
    const ids = async (query: string) => ((await front.call('GET', `/api/v1/connections?${query}`, { as: key.header })).json() as List).items.map(({ id }) => id)
    expect([await ids('status=healthy'), await ids('status=disconnected'), await ids('property=324410'), await ids('property=1')]).toEqual([[connectionId], [], [connectionId], []])
  })
})

describe('a disconnect by a back end', () => {
  test('wipes the tokens, and is audited in the name of the key', async () => {
    const { connectionId, key } = await makeMachineSetting(rig)
    const answer = await front.call('DELETE', `/api/v1/connections/${connectionId}`, { as: key.header })
    expect([answer.status, answer.json()]).toMatchObject([200, { id: connectionId, status: 'disconnected', accessExpiresAt: null }])
    expect(await inspectStored(rig, connectionId)).toMatchObject({ access: 'none', refresh: 'none' })
    const [event] = await db().auditEvent.findMany({ where: { targetId: connectionId, action: 'connection.disconnected' } })
    expect(event).toMatchObject({ actorKind: 'machine_key', actorId: key.id, address: '127.0.0.1', outcome: 'success' })
    const again = await front.call('DELETE', `/api/v1/connections/${connectionId}`, { as: key.header })
    expect([again.status, (again.json() as { code: string }).code]).toEqual([409, 'already_disconnected'])
  })

  test('is not taken from a key that may use a part of the connection only', async () => {
    const actor = await makeActor()
    const connectionId = await connect(rig, { actor, apiClient: await makeApiClient(rig, actor) }, ROSSI_NETWORK)
    const [first] = await db().property.findMany({ where: { connectionId } })
    const { id, header } = await makeMachineKey(actor, { properties: [first?.upstreamId ?? ''] })
    const answer = await front.call('DELETE', `/api/v1/connections/${connectionId}`, { as: header })
    expect([answer.status, (answer.json() as { code: string }).code]).toEqual([403, 'machine_key_properties'])
    expect(await inspectStored(rig, connectionId)).toMatchObject({ access: 'live', refresh: 'live' })
    const events = await db().auditEvent.findMany({ where: { actorId: id } })
    expect(events.map(({ action, outcome, targetId }) => [action, outcome, targetId])).toEqual([['access.denied', 'denied', 'DELETE /connections/:id']])
  })
})

describe('a body', () => {
  /** A call of which the first half is on its way. */
  function open(path: string, as: string, { type, half }: { type: string; half: string }) {
    const { host } = new URL(getRuntime().publicUrl)
    const sent = request(`${front.url}${path}`, { method: 'POST', headers: { host, authorization: as, 'content-type': type, 'transfer-encoding': 'chunked' } })
    const status = new Promise<number | undefined>((resolve, reject) => {
      sent.on('response', (response) => resolve(response.resume().statusCode))
      sent.on('error', reject)
    })
    sent.write(half)
    return { sent, status }
  }

  test.each([
    { path: '/api/v1/access-tokens', type: 'application/json', body: '{}' },
    { path: '/api/v1/imports', type: 'application/x-ndjson', body: '{"refreshToken":"stolen"}\n' },
  ])('that comes slowly to $path does not let the call outlive the revocation of its key', async ({ path, type, body }) => {
    const { key, apiClient } = await makeMachineSetting(rig)
    const query = path.endsWith('imports') ? `?apiClientId=${apiClient.id}` : ''
    const { sent, status } = open(`${path}${query}`, key.header, { type, half: body.slice(0, 1) })
    await until(async () => expect(heldKeys().recall(digest(key.text), rig.clock.at)).toBeDefined())
    await db().machineKey.update({ where: { id: key.id }, data: { revokedAt: rig.clock.date } })
    rig.clock.advance(500)
    sent.end(body.slice(1))
    expect(await status).toBe(401)
    expect(await db().connectionImport.count({ where: { apiClientId: apiClient.id } })).toBe(0)
  })

  test('that is too large is refused with an answer, also when its length was not said before', async () => {
    const { key } = await makeMachineSetting(rig)
    const { sent, status } = open('/api/v1/access-tokens', key.header, { type: 'application/json', half: ' '.repeat(300 * 1024) })
    sent.end()
    expect(await status).toBe(413)
  })
})

describe('a refresh by a back end', () => {
  test('gets a new token, tells its expiry, and is audited in the name of the key', async () => {
    const { connectionId, key } = await makeMachineSetting(rig)
    rig.clock.advance(3_600_000)
    const before = await readStoredTokens(connectionId)
    const answer = await front.call('POST', `/api/v1/connections/${connectionId}/refresh`, { as: key.header })
    const after = await readStoredTokens(connectionId)
    expect([answer.status, answer.json()]).toEqual([200, { connectionId, accessExpiresAt: after.row.accessExpiresAt.toISOString() }])
    expect(after.access).not.toBe(before.access)
    const events = await db().auditEvent.findMany({ where: { targetId: connectionId, actorId: key.id, action: 'connection.refreshed' } })
    expect(events).toHaveLength(1)
  })

  test('is had five times in a minute by who asks in a loop, because Octorate allows few calls for a property', async () => {
    const { connectionId, key } = await makeMachineSetting(rig)
    const calls = watchCalls(rig)
    const ask = () => front.call('POST', `/api/v1/connections/${connectionId}/refresh`, { as: key.header })
    for (let round = 0; round < 5; round += 1) expect((await ask()).status).toBe(200)
    const refused = await ask()
    expect([refused.status, refused.headers['retry-after'], calls.count('identity/refresh')]).toEqual([429, '60', 5])
    rig.clock.advance(60_000)
    expect([(await ask()).status, calls.count('identity/refresh')]).toEqual([200, 6])
  })
})

describe('the log', () => {
  test('has machine calls at the level debug, because a back end may call thousands of times a second', async () => {
    const { connectionId, key } = await makeMachineSetting(rig)
    await front.call('GET', `/api/v1/connections/${connectionId}?unknown=secret`, { as: key.header })
    await front.call('GET', '/somewhere')
    const lines = rig.logs().split('\n').filter((line) => line.includes('"msg":"request"')).map((line) => JSON.parse(line) as { level: number; path: string })
    expect(lines.find(({ path }) => path === `/api/v1/connections/${connectionId}`)?.level).toBe(20)
    expect(lines.find(({ path }) => path === '/somewhere')?.level).toBe(30)
  })
})

test('a sealed Keyrack answers with a problem that says so', async () => {
  const runtime = getRuntime()
  const { key } = await makeMachineSetting(rig)
  setRuntime({ ...runtime, keys: null })
  const answer = await front.call('GET', '/api/v1/connections', { as: key.header })
  setRuntime(runtime)
  expect([answer.status, answer.headers['content-type'], (answer.json() as { code: string }).code]).toEqual([503, 'application/problem+json', 'sealed'])
})
