import { afterEach, describe, expect, test } from 'vitest'
import { getApiClient } from '../api-clients/get-api-client'
import { rotateClientSecret } from '../api-clients/rotate-client-secret'
import { disconnectConnection } from '../connections/disconnect-connection'
import { getConnection } from '../connections/get-connection'
import { db } from '../db'
import { startRefreshEngine } from './engine'
import { keepDueTimes } from './keep-due-times'
import { keepNearTimes } from './keep-near-times'
import { openLanes } from './lanes'
import { refreshDue } from './refresh-due'
import { refreshNow } from './refresh-now'
import { requestRefresh } from './request-refresh'
import { setStopping } from '../stopping'
import { connect, EIGHT_CONSENTS, makeConnected, type Connected } from '../../tests/consent-flow'
import { makeDeadPool } from '../../tests/dead-pool'
import { makeActor } from '../../tests/factories'
import { refreshAllDue } from '../../tests/refresh-all-due'
import { lapseLeases } from '../../tests/lapse-leases'
import { openRig } from '../../tests/runtime'
import { inspectStored, readStoredTokens } from '../../tests/stored-tokens'
import { until } from '../../tests/until'
import { watchPool } from '../../tests/watched-pool'
import { watchCalls, type Fault } from '../../tests/upstream-calls'

const rig = await openRig()
const { sandbox, clock } = rig
const deadPool = makeDeadPool()
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

afterEach(async () => {
  setStopping(false)
  // What falls due later is the next test's own.
  await rig.database.sql(`UPDATE connections SET state = 'disconnected', access_token_sealed = NULL, refresh_token_sealed = NULL, next_refresh_at = NULL`)
  sandbox.control.faults.clear()
  await sandbox.control.settings.set({ refreshRotation: 'off' })
})

interface Family {
  readonly first: Connected
  readonly ids: readonly string[]
}

/** Connections of one API client, for a property each. */
async function makeFamily(count: number, upstreamId: 'sandbox' | 'gated' = 'sandbox'): Promise<Family> {
  const first = await makeConnected(rig, await makeActor(), upstreamId)
  const ids = [first.connectionId]
  for (const hotelier of EIGHT_CONSENTS.slice(1, count)) ids.push(await connect(rig, first, hotelier))
  return { first, ids }
}

const show = ({ actor }: Connected, id: string) => getConnection(actor.viewer, id)
const statusesOf = async ({ first, ids }: Family) => [...new Set(await Promise.all(ids.map(async (id) => (await show(first, id)).status)))]
const spoil = ({ apiClient }: Connected, fault: Fault, endpoint = 'identity/refresh') =>
  sandbox.control.faults.add({ endpoint, clientId: apiClient.clientId, count: 0, ...fault })
const handOut = { reason: 'hand_out', waitMs: 20_000 } as const

describe('what is due', () => {
  test('is refreshed after 50 to 80 % of its life and not before, then again a life later', async () => {
    const { first } = await makeFamily(1)
    const calls = watchCalls(rig)
    clock.advance(DAY_MS / 2 - 1_000)
    await refreshAllDue()
    expect(calls.all()).toEqual([])
    clock.advance(DAY_MS * 0.3 + 1_000)
    await refreshAllDue()
    expect(calls.all()).toEqual(['identity/refresh'])
    const { row } = await readStoredTokens(first.connectionId)
    const share = ((row.nextRefreshAt?.getTime() ?? 0) - clock.at) / DAY_MS
    expect(share).toBeGreaterThanOrEqual(0.499)
    expect(share).toBeLessThanOrEqual(0.801)
    expect(await inspectStored(rig, first.connectionId)).toMatchObject({ access: 'live', refresh: 'live' })
    await refreshAllDue()
    expect(calls.count('identity/refresh')).toBe(1)
  })

  test('is refreshed by a started engine, many of them at once, and committed by its stop', async () => {
    const { ids, first } = await makeFamily(8)
    clock.advance(DAY_MS)
    const engine = startRefreshEngine()
    await until(async () => expect(await db().connection.count({ where: { id: { in: [...ids] }, accessTokenVersion: 2 } })).toBe(8))
    await engine.stop()
    for (const id of ids) expect(await inspectStored(rig, id)).toMatchObject({ access: 'live', refresh: 'live' })
    expect(await db().connection.count({ where: { id: { in: [...ids] }, leaseOwner: { not: null } } })).toBe(0)
    expect(await db().tokenLineage.count({ where: { connectionId: first.connectionId, origin: 'refresh' } })).toBe(1)
    expect(await db().grantJournal.findMany({ where: { connectionId: first.connectionId }, select: { state: true, answerSealed: true } })).toEqual([
      { state: 'applied', answerSealed: null },
    ])
  })

  test('is finished by a stop when it was sent, and no other is begun', async () => {
    const { ids, first } = await makeFamily(2, 'gated')
    clock.advance(DAY_MS)
    await db().connection.update({ where: { id: ids[1] ?? '' }, data: { nextRefreshAt: new Date(clock.at + MINUTE_MS) } })
    const answer = rig.gate.hold('identity/refresh')
    const engine = startRefreshEngine()
    await answer.reached
    const events: string[] = []
    const stopped = engine.stop().then(() => events.push('stopped'))
    clock.advance(HOUR_MS)
    events.push('answered')
    answer.release()
    await stopped
    expect(events).toEqual(['answered', 'stopped'])
    const versions = await Promise.all(ids.map(async (id) => (await readStoredTokens(id)).row.accessTokenVersion))
    expect(versions).toEqual([2, 1])
    expect(await inspectStored(rig, first.connectionId)).toMatchObject({ access: 'live', refresh: 'live' })
  })

  test('waits while the database is away, and ends no process', async () => {
    const before = rig.logs().length
    await rig.asAnotherProcess(async () => {
      const engine = startRefreshEngine()
      await new Promise((resolve) => setTimeout(resolve, 50))
      await engine.stop()
    }, { pool: deadPool })
    expect(rig.logs().slice(before)).not.toContain('due connections could not be refreshed')
  })
})

describe('what the engine looks after besides', () => {
  test('keeps nothing from being refreshed when it fails', async () => {
    const { first } = await makeFamily(1)
    clock.advance(DAY_MS)
    const pool = Object.create(rig.runtime.pool, {
      query: {
        value: (text: unknown, values: unknown[]) =>
          String(text).includes('access_issued_at > $3') ? Promise.reject(new Error('a fault of our own')) : rig.runtime.pool.query(text as string, values),
      },
    }) as typeof rig.runtime.pool
    await rig.asAnotherProcess(async () => {
      const engine = startRefreshEngine()
      await until(async () => expect((await readStoredTokens(first.connectionId)).row.accessTokenVersion).toBe(2))
      await engine.stop()
    }, { pool })
    expect(rig.logs()).toContain('could not be looked after')
  })

  test('ends leases and queues that the database’s clock left far ahead when it went back', async () => {
    const { first } = await makeFamily(1)
    clock.advance(DAY_MS)
    await openLanes()
    await rig.database.sql(`UPDATE refresh_lanes SET next_slot_at = clock_timestamp() + interval '1 day'`)
    await rig.database.sql(`UPDATE connections SET lease_owner = 'dead', lease_until = clock_timestamp() + interval '1 day' WHERE id = $1`, [first.connectionId])
    await keepNearTimes()
    const [{ left } = { left: 0 }] = await rig.database.sql<{ left: number }>(
      'SELECT extract(epoch FROM lease_until - clock_timestamp())::float8 AS left FROM connections WHERE id = $1', [first.connectionId],
    )
    expect(left).toBeGreaterThan(20)
    // The column keeps milliseconds, and may have rounded up.
    expect(left).toBeLessThanOrEqual(30.001)
    await lapseLeases(rig)
    await refreshAllDue()
    expect((await readStoredTokens(first.connectionId)).row.accessTokenVersion).toBe(2)
  })
})

describe('times at which nothing is due', () => {
  const setNext = (id: string, nextRefreshAt: Date | null) => db().connection.update({ where: { id }, data: { nextRefreshAt } })
  const nextOf = async (id: string) => (await readStoredTokens(id)).row.nextRefreshAt

  test('that an earlier version left empty are filled in, because nothing else would ever refresh these', async () => {
    const { first } = await makeFamily(1)
    const before = await nextOf(first.connectionId)
    await setNext(first.connectionId, null)
    await keepDueTimes()
    expect(await nextOf(first.connectionId)).toEqual(before)
    expect(await keepDueTimes()).toBe(0)
  })

  test('are not doubted when another host, whose clock is minutes ahead, refreshed, because each would refresh after the other', async () => {
    const { first } = await makeFamily(1)
    clock.advance(-10 * MINUTE_MS)
    expect(await keepDueTimes()).toBe(0)
    clock.advance(-5 * HOUR_MS)
    expect(await keepDueTimes()).toBe(1)
    expect(await nextOf(first.connectionId)).toEqual(clock.date)
    clock.advance(5 * HOUR_MS + 10 * MINUTE_MS)
  })

  test('of an import that was taken on trust stay empty until its first use', async () => {
    const { first } = await makeFamily(1)
    await rig.database.sql(`UPDATE connections SET origin = 'import', verified_at = NULL, access_token_sealed = NULL, next_refresh_at = NULL WHERE id = $1`, [first.connectionId])
    expect(await keepDueTimes()).toBe(0)
  })

  test('that lie farther ahead than any token’s, or behind a clock that went back, are mended; one refresh follows', async () => {
    const { first } = await makeFamily(1)
    await setNext(first.connectionId, new Date(clock.at + 90 * DAY_MS))
    await keepDueTimes()
    expect((await nextOf(first.connectionId))?.getTime()).toBeLessThan(clock.at + DAY_MS)
    clock.advance(-DAY_MS)
    const calls = watchCalls(rig)
    await refreshAllDue()
    await refreshAllDue()
    expect(calls.all()).toEqual(['identity/refresh'])
    clock.advance(DAY_MS)
  })
})

describe('an outage', () => {
  test('is noticed after five silences; then one refresh at a time asks, and all go on when Octorate answers', async () => {
    const family = await makeFamily(8)
    const { first } = family
    clock.advance(DAY_MS)
    await spoil(first, { kind: 'status', status: 503 })
    await refreshAllDue()
    expect(await statusesOf(family)).toEqual(['refresh_failing'])
    const calls = watchCalls(rig)
    await refreshAllDue()
    expect(calls.all()).toEqual([])
    // Everybody who asks hears at once when to come back, and nothing is sent for them.
    expect(await requestRefresh(first.subject, handOut)).toMatchObject({ outcome: 'temporarily_unavailable', cause: 'upstream_unreachable' })
    expect(calls.all()).toEqual([])
    for (let probes = 1; probes <= 6; probes += 1) {
      clock.advance(30_000)
      await refreshAllDue()
      expect(calls.count('identity/refresh')).toBe(probes)
    }
    sandbox.control.faults.clear()
    clock.advance(30_000)
    await refreshAllDue()
    expect(calls.count('identity/refresh')).toBe(7)
    await refreshAllDue()
    expect(await statusesOf(family)).toEqual(['healthy'])
    expect(calls.count('identity/refresh')).toBe(14)
  })

  test('that ended for another process is over for this one too, because what is due next asks', async () => {
    const { first, ids } = await makeFamily(6)
    clock.advance(DAY_MS)
    await spoil(first, { kind: 'status', status: 503 })
    await refreshAllDue()
    sandbox.control.faults.clear()
    clock.advance(6 * MINUTE_MS)
    await rig.asAnotherProcess(refreshAllDue)
    expect(await statusesOf({ first, ids })).toEqual(['healthy'])
    clock.advance(DAY_MS)
    const calls = watchCalls(rig)
    await refreshAllDue()
    expect(calls.count('identity/refresh')).toBe(1)
    await refreshAllDue()
    expect(calls.count('identity/refresh')).toBe(6)
  })

  test('in which Octorate says when to come back is left alone until then', async () => {
    const family = await makeFamily(6)
    clock.advance(DAY_MS)
    await spoil(family.first, { kind: 'status', status: 503, headers: { 'retry-after': '600' } })
    await refreshAllDue()
    const calls = watchCalls(rig)
    for (let minute = 0; minute < 9; minute += 1) {
      clock.advance(MINUTE_MS)
      await refreshAllDue()
    }
    expect(calls.all()).toEqual([])
    sandbox.control.faults.clear()
    clock.advance(7 * MINUTE_MS)
    await refreshAllDue()
    await refreshAllDue()
    expect(await statusesOf(family)).toEqual(['healthy'])
  })
})

describe('a used-up quota', () => {
  const laneOf = async ({ apiClient }: Connected) => (await db().refreshLane.findUniqueOrThrow({ where: { apiClientId: apiClient.id } })).gapMs

  test('slows the API client down, backs each connection off, and asks no hotelier for anything', async () => {
    const family = await makeFamily(4)
    const { first } = family
    clock.advance(DAY_MS)
    await spoil(first, { kind: 'quota' })
    await refreshAllDue()
    expect(await laneOf(first)).toBe(100)
    for (const id of family.ids) {
      const { row } = await readStoredTokens(id)
      expect(row).toMatchObject({ state: 'refresh_failing', cause: 'quota', refreshFailures: 1 })
      expect((row.nextRefreshAt?.getTime() ?? 0) - clock.at).toBeGreaterThanOrEqual(30_000)
    }
    sandbox.control.faults.clear()
    clock.advance(5 * MINUTE_MS)
    await until(async () => {
      await refreshAllDue()
      expect(await statusesOf(family)).toEqual(['healthy'])
    })
    expect(await laneOf(first)).toBeLessThan(100)
  })
})

describe('an answer that says that no call is left', () => {
  test('slows the API client down before the quota refuses anything', async () => {
    const { first } = await makeFamily(1)
    clock.advance(DAY_MS)
    await spoil(first, { kind: 'override', headers: { 'x-ratelimit-remaining': '0' } })
    await refreshAllDue()
    expect(await db().refreshLane.findUniqueOrThrow({ where: { apiClientId: first.apiClient.id } })).toMatchObject({ gapMs: 100 })
    expect((await readStoredTokens(first.connectionId)).row).toMatchObject({ state: 'connected', accessTokenVersion: 2 })
  })
})

describe('an API client that Octorate refuses', () => {
  test('raises one alarm, costs one log-in and then one refresh a minute, and is well again with a new secret', async () => {
    const family = await makeFamily(8)
    const { first, ids } = family
    const { actor, apiClient } = first
    clock.advance(DAY_MS)
    await sandbox.control.changeClientSecret(apiClient.clientId, 'sbx_another_secret')
    const calls = watchCalls(rig)
    await refreshAllDue()
    expect(calls.count('identity/apilogin')).toBe(1)
    expect(await statusesOf(family)).toEqual(['refresh_failing'])
    expect((await getApiClient(actor.viewer, apiClient.id)).refusedAt).toBe(clock.date.toISOString())
    const sent = calls.all().length
    clock.advance(10 * MINUTE_MS)
    await refreshAllDue()
    expect(calls.all()).toHaveLength(sent)
    await rig.database.sql('UPDATE refresh_lanes SET next_slot_at = clock_timestamp() WHERE api_client_id = $1', [apiClient.id])
    await refreshAllDue()
    await refreshAllDue()
    expect(calls.count('identity/refresh')).toBe(9)
    expect(await requestRefresh({ ...first.subject, id: ids[3] ?? '' }, handOut)).toMatchObject({ outcome: 'temporarily_unavailable', cause: 'api_client_refused' })

    await rotateClientSecret(actor, apiClient.id, { clientSecret: 'sbx_another_secret', unverified: true })
    expect((await getApiClient(actor.viewer, apiClient.id)).refusedAt).toBeNull()
    await refreshAllDue()
    expect(await statusesOf(family)).toEqual(['healthy'])
  })

  test('is noticed as well again by the one refresh that still asks', async () => {
    const family = await makeFamily(3)
    const { first } = family
    clock.advance(DAY_MS)
    await sandbox.control.changeClientSecret(first.apiClient.clientId, 'sbx_another_secret')
    await refreshAllDue()
    await sandbox.control.changeClientSecret(first.apiClient.clientId, first.apiClient.clientSecret)
    clock.advance(10 * MINUTE_MS)
    await rig.database.sql('UPDATE refresh_lanes SET next_slot_at = clock_timestamp() WHERE api_client_id = $1', [first.apiClient.id])
    await refreshAllDue()
    await refreshAllDue()
    expect(await statusesOf(family)).toEqual(['healthy'])
    expect((await getApiClient(first.actor.viewer, first.apiClient.id)).refusedAt).toBeNull()
  })
})

describe('a breach after which Octorate cancels every grant', () => {
  test('is believed for each of them after the confirming try, with one log-in for each round', async () => {
    const family = await makeFamily(8)
    clock.advance(DAY_MS)
    await sandbox.control.revoke({ clientId: family.first.apiClient.clientId })
    const calls = watchCalls(rig)
    await refreshAllDue()
    expect(await statusesOf(family)).toEqual(['refresh_failing'])
    clock.advance(30_000)
    await refreshAllDue()
    expect(await statusesOf(family)).toEqual(['reconnect_required'])
    expect([calls.count('identity/refresh'), calls.count('identity/apilogin')]).toEqual([16, 2])
    const proofs = await db().auditEvent.count({ where: { targetId: { in: [...family.ids] }, action: 'connection.reconnect_required' } })
    expect(proofs).toBe(8)
  })
})

test('the second try of a doubted grant comes before all that is due for longer, because somebody waits for the verdict', async () => {
  const { first, ids } = await makeFamily(6)
  const grants = sandbox.control.state().grants.filter(({ clientId }) => clientId === first.apiClient.clientId)
  clock.advance(DAY_MS / 4)
  await sandbox.control.revoke({ grant: grants[0]?.grant ?? 0 })
  expect(await requestRefresh(first.subject, handOut)).toMatchObject({ cause: 'confirming' })
  clock.advance(30_000)
  await db().connection.updateMany({ where: { id: { in: ids.slice(1) } }, data: { nextRefreshAt: new Date(clock.at - HOUR_MS) } })
  await Promise.all(await refreshDue(1))
  expect((await show(first, first.connectionId)).status).toBe('reconnect_required')
})

describe('one who asks for a token', () => {
  test('while the connection backs off hears after how many seconds, and shortens nothing; a person may try', async () => {
    const { first } = await makeFamily(1)
    clock.advance(DAY_MS)
    await spoil(first, { kind: 'quota', count: 1 })
    expect(await requestRefresh(first.subject, handOut)).toMatchObject({ outcome: 'temporarily_unavailable', cause: 'quota' })
    const calls = watchCalls(rig)
    const again = await requestRefresh(first.subject, handOut)
    expect(again).toMatchObject({ outcome: 'temporarily_unavailable', cause: 'quota' })
    const left = ((await readStoredTokens(first.connectionId)).row.nextRefreshAt?.getTime() ?? 0) - clock.at
    expect(again).toMatchObject({ retryAfterSeconds: Math.ceil(left / 1000) })
    expect(calls.all()).toEqual([])
    expect(await requestRefresh(first.subject, { ...handOut, reason: 'manual' })).toEqual({ outcome: 'refreshed' })
  })

  test('gets what is there already when it is newer than what was found wanting', async () => {
    const { first } = await makeFamily(1)
    await refreshNow(first.subject, { reason: 'manual' })
    const calls = watchCalls(rig)
    expect(await requestRefresh(first.subject, { ...handOut, seenVersion: 1 })).toEqual({ outcome: 'refreshed' })
    expect(calls.all()).toEqual([])
    expect(await requestRefresh(first.subject, { ...handOut, seenVersion: 2 })).toEqual({ outcome: 'refreshed' })
    expect(calls.all()).toEqual(['identity/refresh'])
  })

  test('gets no second token within the minute when the first was over on arrival, because that is an odd date and no short life', async () => {
    const { first } = await makeFamily(1)
    clock.advance(DAY_MS)
    await spoil(first, { kind: 'override', merge: { expireDate: '2020-03-17T13:49:01Z[UTC]' } })
    const calls = watchCalls(rig)
    expect(await requestRefresh(first.subject, handOut)).toEqual({ outcome: 'refreshed' })
    expect(await requestRefresh(first.subject, handOut)).toMatchObject({ outcome: 'temporarily_unavailable', cause: 'unexpected_answer' })
    expect(calls.all()).toEqual(['identity/refresh'])
    clock.advance(2 * MINUTE_MS)
    expect(await requestRefresh(first.subject, handOut)).toEqual({ outcome: 'refreshed' })
  })

  test('hears of a dead grant and of a disconnect without anything being sent', async () => {
    const { first } = await makeFamily(1)
    await db().connection.update({ where: { id: first.connectionId }, data: { state: 'reconnect_required' } })
    const calls = watchCalls(rig)
    expect(await requestRefresh(first.subject, handOut)).toEqual({ outcome: 'reconnect_required' })
    await disconnectConnection(first.actor, first.connectionId)
    expect(await requestRefresh(first.subject, handOut)).toEqual({ outcome: 'disconnected' })
    await expect(requestRefresh({ ...first.subject, organizationId: (await makeActor()).viewer.organizationId }, handOut)).rejects.toMatchObject({ code: 'not_found' })
    expect(calls.all()).toEqual([])
  })

  test('and gives up cancels nothing: the refresh ends and is stored', async () => {
    const { first } = await makeFamily(1, 'gated')
    const answer = rig.gate.hold('identity/refresh')
    expect(await requestRefresh(first.subject, { reason: 'hand_out', waitMs: 1 })).toMatchObject({ outcome: 'temporarily_unavailable', cause: 'busy' })
    await answer.reached
    const joined = requestRefresh(first.subject, handOut)
    answer.release()
    expect(await joined).toEqual({ outcome: 'refreshed' })
    expect((await readStoredTokens(first.connectionId)).row.accessTokenVersion).toBe(2)
  })

  test.each<[string, Fault | null, object]>([
    ['a new token', null, { outcome: 'refreshed' }],
    ['its failure', { kind: 'quota', count: 1 }, { outcome: 'temporarily_unavailable', cause: 'quota' }],
  ])('while another process is at it gets %s, and sends nothing', async (_name, fault, outcome) => {
    const { first } = await makeFamily(1, 'gated')
    clock.advance(HOUR_MS)
    if (fault) await spoil(first, fault)
    const calls = watchCalls(rig)
    const answer = rig.gate.hold('identity/refresh')
    const holder = requestRefresh(first.subject, handOut)
    await answer.reached
    const { pool, count } = watchPool(rig.runtime.pool)
    const waiting = await rig.asAnotherProcess(async () => {
      const asked = requestRefresh(first.subject, handOut)
      // What it found wanting, and then that somebody is at it.
      await until(() => expect(count('"isHeld"')).toBeGreaterThanOrEqual(2))
      return { asked }
    }, { pool })
    answer.release()
    expect(await holder).toMatchObject(outcome)
    expect(await waiting.asked).toMatchObject(outcome)
    expect(calls.count('identity/refresh')).toBe(1)
  })

  test('is refused a token that cannot be opened as something for who runs Keyrack, who sees it on the connection', async () => {
    const { first } = await makeFamily(1)
    clock.advance(DAY_MS)
    await rig.database.sql(`UPDATE connections SET refresh_token_sealed = overlay(refresh_token_sealed placing 'AAAA' from 60) WHERE id = $1`, [first.connectionId])
    expect(await requestRefresh(first.subject, handOut)).toMatchObject({ outcome: 'temporarily_unavailable', cause: 'not_sent' })
    expect(await show(first, first.connectionId)).toMatchObject({ status: 'refresh_failing', cause: 'not_sent' })
  })
})

describe('the column of the refresh token', () => {
  test.each([
    ['empty', `UPDATE connections SET refresh_token_sealed = NULL WHERE id = $1`],
    ['an empty text', `UPDATE connections SET refresh_token_sealed = '' WHERE id = $1`],
    ['an older version', `UPDATE connections SET refresh_token_version = 0 WHERE id = $1`],
  ])('takes no %s while the connection lives, whoever writes it', async (_name, statement) => {
    const { first } = await makeFamily(1)
    await expect(rig.database.sql(statement, [first.connectionId])).rejects.toMatchObject({ code: '23514' })
  })
})
