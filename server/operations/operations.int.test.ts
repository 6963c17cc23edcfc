import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { operationQuerySchema } from '@/contracts/operations'
import { obtainAdminToken } from '../api-clients/obtain-admin-token'
import { db } from '../db'
import { makeConnected, type Connected } from '../../tests/consent-flow'
import { makeDeadPool } from '../../tests/dead-pool'
import { makeActor } from '../../tests/factories'
import { refreshOnce } from '../../tests/refresh-once'
import { openRig } from '../../tests/runtime'
import { readStoredTokens } from '../../tests/stored-tokens'
import { beginRequest } from '../requests-first'
import { getOperation } from './get-operation'
import { listOperationCauses } from './list-causes'
import { listOperations } from './list-operations'
import { MOST_WAITING, noteCall, waitingCalls } from './note-call'
import { pruneOperations } from './prune-operations'
import { writeCalls } from './write-calls'

const rig = await openRig()
const { sandbox, clock } = rig
const deadPool = makeDeadPool()
const DAY_MS = 24 * 60 * 60_000

afterEach(() => sandbox.control.faults.clear())

const list = async ({ actor }: Connected, query: Record<string, unknown> = {}) => {
  await writeCalls()
  return (await listOperations(actor.viewer, operationQuerySchema.parse(query))).items
}
const makeAged = async () => {
  const connected = await makeConnected(rig, await makeActor())
  clock.advance(60 * 60_000)
  return connected
}

describe('a call to Octorate', () => {
  test('is in the log with what it was about, and waits in memory until it is written', async () => {
    const connected = await makeAged()
    await refreshOnce(connected.subject)
    expect(waitingCalls().calls.length).toBeGreaterThan(0)
    const [call] = await list(connected, { call: 'refresh' })
    expect(call).toMatchObject({
      call: 'refresh', method: 'POST', status: 200, cause: null, messages: [],
      connection: { id: connected.connectionId }, apiClient: { id: connected.apiClient.id },
    })
    expect(waitingCalls().calls).toEqual([])
    expect((await list(connected)).map((each) => each.call)).toContain('code_exchange')
  })

  test('waits while the database is away, and is written once when it is back', async () => {
    const connected = await makeAged()
    await writeCalls()
    await refreshOnce(connected.subject)
    const noted = waitingCalls().calls.map(({ id }) => id)
    expect(noted.length).toBeGreaterThan(0)
    const { singletons } = rig.runtime
    await rig.asAnotherProcess(() => expect(writeCalls()).rejects.toThrow('ECONNREFUSED'), { pool: deadPool, singletons })
    expect(waitingCalls().calls.map(({ id }) => id)).toEqual(noted)
    expect((await list(connected, { call: 'refresh' })).map(({ id }) => id)).toEqual(noted)
  })

  test('of which too many wait leaves out the latest, and says so', async () => {
    const connected = await makeAged()
    await refreshOnce(connected.subject)
    await refreshOnce(connected.subject)
    const waiting = waitingCalls()
    const [first] = waiting.calls
    if (!first) throw new Error('a call was made')
    while (waiting.calls.length < MOST_WAITING) waiting.calls.push({ ...first, id: randomUUID() })
    noteCall(first, first)
    expect([waiting.calls.length, waiting.dropped]).toEqual([MOST_WAITING, 1])
    const end = beginRequest()
    await writeCalls()
    end()
    expect([waiting.calls, waiting.dropped]).toEqual([[], 0])
    expect(rig.logs()).toContain('some are left out')
    expect(await db().operation.count({ where: { apiClientId: connected.apiClient.id } })).toBeGreaterThanOrEqual(MOST_WAITING - 2)
    await db().operation.deleteMany({ where: { apiClientId: connected.apiClient.id } })
  })

  test('holds no secret, neither in its row nor in its detail', async () => {
    const connected = await makeAged()
    await refreshOnce(connected.subject)
    const [call] = await list(connected, { call: 'refresh' })
    const detail = await getOperation(connected.actor.viewer, call?.id ?? '')
    expect(detail.exchange.requestForm).toMatchObject({ client_id: connected.apiClient.clientId })
    const rows = JSON.stringify([detail, await rig.database.sql('SELECT * FROM operations')])
    const { access, refresh } = await readStoredTokens(connected.connectionId)
    for (const secret of [access, refresh, connected.apiClient.clientSecret]) {
      expect(secret?.length).toBeGreaterThan(10)
      expect(rows).not.toContain(secret)
    }
  })

  test('that is refused says why, in whose words, and nested ones after their own', async () => {
    const connected = await makeAged()
    sandbox.control.faults.add({ endpoint: 'identity/refresh', clientId: connected.apiClient.clientId, count: 1, kind: 'status', status: 503 })
    await refreshOnce(connected.subject)
    // The clock stands still: without this both would have happened at once, and their order would be anybody's.
    clock.advance(1_000)
    await sandbox.control.revoke({ clientId: connected.apiClient.clientId })
    await refreshOnce(connected.subject)
    const failed = await list(connected, { outcome: 'failed', call: 'refresh' })
    expect(failed.map(({ status, cause }) => ({ status, cause }))).toMatchObject([{ status: expect.any(Number) }, { status: 503, cause: 'upstream_error' }])
    expect(failed[0]?.messages.length).toBeGreaterThan(0)
    expect(await list(connected, { cause: 'upstream_error' })).toHaveLength(1)
    const { items } = await listOperationCauses(connected.actor.viewer)
    expect(items).toContainEqual(expect.objectContaining({ cause: 'upstream_error', call: 'refresh', count: 1, connections: 1 }))
  })

  test('about a connection is shown to support, and none that tells of the configuration', async () => {
    const connected = await makeAged()
    await refreshOnce(connected.subject)
    await obtainAdminToken(connected.actor, connected.apiClient.id)
    const all = await list(connected)
    expect(all.map(({ call }) => call)).toEqual(expect.arrayContaining(['api_login', 'refresh', 'code_exchange']))
    const support = { ...connected.actor.viewer, role: 'support' } as const
    const shown = (await listOperations(support, operationQuerySchema.parse({}))).items.map(({ call }) => call)
    expect([shown.includes('refresh'), shown.includes('api_login')]).toEqual([true, false])
    expect((await listOperations(support, operationQuerySchema.parse({ call: 'api_login' }))).items).toEqual([])
    const of = (name: string) => all.find(({ call }) => call === name)?.id ?? ''
    expect(await getOperation(support, of('refresh'))).toMatchObject({ call: 'refresh' })
    await expect(getOperation(support, of('api_login'))).rejects.toThrow('not_found')
  })

  test('that failed is among the causes for support only when it is about a connection', async () => {
    const connected = await makeAged()
    const { clientId } = connected.apiClient
    for (const endpoint of ['identity/refresh', 'identity/apilogin']) sandbox.control.faults.add({ endpoint, clientId, count: 1, kind: 'status', status: 503 })
    await refreshOnce(connected.subject)
    await obtainAdminToken(connected.actor, connected.apiClient.id).catch(() => undefined)
    await writeCalls()
    const causesFor = async (role: 'owner' | 'support') =>
      (await listOperationCauses({ ...connected.actor.viewer, role })).items.map(({ call }) => call).toSorted()
    expect([await causesFor('owner'), await causesFor('support')]).toEqual([['api_login', 'refresh'], ['refresh']])
  })

  test('belongs to one organization', async () => {
    const connected = await makeAged()
    const [call] = await list(connected)
    const stranger = await makeActor()
    expect((await listOperations(stranger.viewer, operationQuerySchema.parse({}))).items).toEqual([])
    await expect(getOperation(stranger.viewer, call?.id ?? '')).rejects.toThrow('not_found')
  })

  test('that went well is forgotten after two days, and one that failed after two weeks', async () => {
    const connected = await makeAged()
    sandbox.control.faults.add({ endpoint: 'identity/refresh', clientId: connected.apiClient.clientId, count: 1, kind: 'status', status: 503 })
    await refreshOnce(connected.subject)
    const before = (await list(connected)).length
    expect(before).toBeGreaterThan(1)
    await pruneOperations(new Date(clock.at + 2 * DAY_MS + 60 * 60_000))
    expect((await list(connected)).every(({ cause }) => cause !== null)).toBe(true)
    expect(await list(connected)).toHaveLength(1)
    await pruneOperations(new Date(clock.at + 14 * DAY_MS + 60 * 60_000))
    expect(await list(connected)).toEqual([])
  })
})

test('a thousand calls and more are paged, each once', async () => {
  const connected = await makeAged()
  await list(connected)
  await rig.database.sql(
    `INSERT INTO operations (id, organization_id, api_client_id, call, method, url, at, duration_ms, status, exchange)
     SELECT gen_random_uuid(), $1, $2, 'refresh', 'POST', 'https://x', now() + make_interval(secs => n), 1, 200, '{}' FROM generate_series(1, 1200) n`,
    [connected.actor.viewer.organizationId, connected.apiClient.id],
  )
  const seen = new Set<string>()
  for (let page = 1, more = true; more; page += 1) {
    const { items, hasNext } = await listOperations(connected.actor.viewer, operationQuerySchema.parse({ page: String(page) }))
    for (const { id } of items) seen.add(id)
    more = hasNext
  }
  expect(seen.size).toBe(await db().operation.count({ where: { organizationId: connected.actor.viewer.organizationId } }))
  expect(seen.size).toBeGreaterThan(1_200)
})

test('what Octorate says of a quota is kept, the most of a day beside what is left', async () => {
  const connected = await makeAged()
  await refreshOnce(connected.subject)
  await writeCalls()
  const reading = await db().quotaReading.findUniqueOrThrow({ where: { apiClientId: connected.apiClient.id } })
  expect(reading.remaining).toBeLessThanOrEqual(reading.most)
  expect(reading.most).toBeGreaterThan(0)
})
