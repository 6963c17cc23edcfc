import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { obtainAdminToken } from '../admin-tokens/hold-admin-token'
import { requireApiClient } from '../api-clients/find-api-client'
import { db } from '../db'
import { startRefreshEngine } from '../refresh/engine'
import { openLanes } from '../refresh/lanes'
import { setStopping } from '../stopping'
import { connect, EIGHT_CONSENTS, makeConnected, type Connected } from '../../tests/consent-flow'
import { makeActor } from '../../tests/factories'
import { refreshAllDue } from '../../tests/refresh-all-due'
import { openRig } from '../../tests/runtime'
import { inspectStored } from '../../tests/stored-tokens'
import { until } from '../../tests/until'
import { watchCalls } from '../../tests/upstream-calls'
import { cancelTopUp } from './cancel-top-up'
import { listTopUps } from './list-top-ups'
import { planTopUp } from './plan-top-up'
import { pruneTopUps } from './prune-top-ups'
import { startTopUp } from './start-top-up'

const rig = await openRig()
const { clock, sandbox } = rig
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Between two refreshes, as the lane of the API client has it. */
const GAP_MS = 55
let first: Connected
let ids: string[]

beforeEach(async () => {
  first = await makeConnected(rig, await makeActor())
  ids = [first.connectionId]
  for (const hotelier of EIGHT_CONSENTS.slice(1)) ids.push(await connect(rig, first, hotelier))
  await openLanes()
  await db().refreshLane.updateMany({ where: { apiClientId: first.apiClient.id }, data: { gapMs: GAP_MS } })
  // What the consents read of quotas is another test's.
  await db().quotaReading.deleteMany()
  clock.advance(HOUR_MS)
})
afterEach(async () => {
  setStopping(false)
  sandbox.control.faults.clear()
  await sandbox.control.settings.set({ quotaLimit: 100 })
  await rig.database.sql(`UPDATE connections SET state = 'disconnected', access_token_sealed = NULL, refresh_token_sealed = NULL, next_refresh_at = NULL`)
  rig.runtime.singletons.delete('refresh circuits')
  clock.advance(DAY_MS)
})

const plan = (apiClientId: string | null = null) => planTopUp(first.actor.viewer, apiClientId)
const start = (apiClientId: string | null = null) => startTopUp(first.actor, apiClientId)
const latest = async () => (await listTopUps(first.actor.viewer)).items[0]
const dues = async () => (await db().connection.findMany({ where: { id: { in: ids } }, orderBy: { accessExpiresAt: 'asc' }, select: { nextRefreshAt: true } })).map(({ nextRefreshAt }) => nextRefreshAt?.getTime() ?? null)

describe('a top up', () => {
  test('says beforehand how long it takes and until when all tokens hold, and keeps that', async () => {
    const before = await plan()
    expect(before).toMatchObject({ connections: 8, failing: 0, seconds: 1, refusal: null })
    // Octorate writes dates with any number of digits behind the second.
    expect(clock.at + DAY_MS - Date.parse(before.holdsUntil ?? '')).toBeGreaterThanOrEqual(0)
    expect(clock.at + DAY_MS - Date.parse(before.holdsUntil ?? '')).toBeLessThan(1_000)
    const started = await start()
    expect(started).toMatchObject({ state: 'running', counts: { total: 8, renewed: 0, failed: 0, waiting: 8, putBack: 0 }, holdsUntil: null })
    clock.advance(1_000)
    await refreshAllDue()
    const after = await latest()
    expect(after).toMatchObject({ id: started.id, state: 'finished', counts: { total: 8, renewed: 8, waiting: 0 } })
    expect(Date.parse(after?.holdsUntil ?? '')).toBeGreaterThanOrEqual(Date.parse(before.holdsUntil ?? ''))
    for (const id of ids) expect(await inspectStored(rig, id)).toMatchObject({ access: 'live', refresh: 'live' })
  })

  test('makes connections due at the pace of the API client, the first to end first, and none later than it was', async () => {
    await db().connection.update({ where: { id: ids[7] ?? '' }, data: { nextRefreshAt: new Date(clock.at + 10) } })
    await start()
    expect(await dues()).toEqual([...Array.from({ length: 7 }, (_, index) => clock.at + index * GAP_MS), clock.at + 10])
  })

  test('takes those of one API client, when one is named', async () => {
    const other = await makeConnected(rig, first.actor)
    expect((await plan(other.apiClient.id)).connections).toBe(1)
    expect((await start(other.apiClient.id)).counts.total).toBe(1)
    await expect(plan(crypto.randomUUID())).rejects.toMatchObject({ code: 'not_found' })
    const stranger = await makeActor()
    await expect(startTopUp(stranger, first.apiClient.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('leaves those alone whose refreshes fail, because they are tried more often than this', async () => {
    const nextRefreshAt = new Date(clock.at + 200_000)
    await db().connection.update({ where: { id: ids[0] ?? '' }, data: { state: 'refresh_failing', cause: 'permission_missing', lastRefreshOutcome: 'permission_missing', nextRefreshAt } })
    expect(await plan()).toMatchObject({ connections: 7, failing: 1 })
    expect((await start()).counts.total).toBe(7)
    expect((await db().connection.findUniqueOrThrow({ where: { id: ids[0] ?? '' } })).nextRefreshAt).toEqual(nextRefreshAt)
  })

  test('is proven by who started it, with how many', async () => {
    const { id } = await start()
    const event = await db().auditEvent.findFirstOrThrow({ where: { action: 'top_up.started', targetId: id } })
    expect(event).toMatchObject({ actorId: first.actor.viewer.userId, detail: { apiClient: null, connections: 8 } })
  })

  test('goes on in another process after the one that started it is gone, each connection once', async () => {
    const calls = watchCalls(rig)
    await start()
    clock.advance(3 * GAP_MS)
    await refreshAllDue()
    expect((await latest())?.counts).toMatchObject({ renewed: 4, waiting: 4 })
    clock.advance(1_000)
    await rig.asAnotherProcess(async () => {
      const engine = startRefreshEngine()
      await until(async () => expect((await latest())?.state).toBe('finished'))
      await engine.stop()
    })
    expect(calls.count('identity/refresh')).toBe(8)
  })

  test('waits while Octorate is silent, and goes on when it answers', async () => {
    await start()
    sandbox.control.faults.add({ endpoint: 'identity/refresh', clientId: first.apiClient.clientId, count: 0, kind: 'status', status: 503 })
    clock.advance(1_000)
    await refreshAllDue()
    expect((await latest())?.counts.renewed).toBe(0)
    sandbox.control.faults.clear()
    for (let round = 0; round < 4; round += 1) {
      clock.advance(360_000)
      await refreshAllDue()
    }
    expect(await latest()).toMatchObject({ state: 'finished', counts: { renewed: 8, failed: 0, waiting: 0 } })
  })
})

describe('a cancel', () => {
  test('puts back what was not refreshed yet, to when it was due before, and leaves the rest renewed', async () => {
    const before = await dues()
    const { id } = await start()
    clock.advance(3 * GAP_MS)
    await refreshAllDue()
    expect(await cancelTopUp(first.actor, id)).toMatchObject({ state: 'cancelled', counts: { total: 8, renewed: 4, waiting: 0, putBack: 4 } })
    const rows = await db().connection.findMany({ where: { id: { in: ids }, accessTokenVersion: 1 } })
    expect(rows.map(({ nextRefreshAt }) => nextRefreshAt?.getTime()).toSorted()).toEqual(before.slice(4).toSorted())
    await refreshAllDue()
    expect((await latest())?.counts).toMatchObject({ total: 8, renewed: 4, putBack: 4 })
    expect(await db().auditEvent.count({ where: { action: 'top_up.cancelled', targetId: id } })).toBe(1)
  })

  test('is refused when it is over, was cancelled, or is somebody else\'s', async () => {
    const { id } = await start()
    await expect(cancelTopUp(await makeActor(), id)).rejects.toMatchObject({ code: 'not_found' })
    await cancelTopUp(first.actor, id)
    await expect(cancelTopUp(first.actor, id)).rejects.toMatchObject({ code: 'top_up_over' })
    const again = await start()
    clock.advance(1_000)
    await refreshAllDue()
    await expect(cancelTopUp(first.actor, again.id)).rejects.toMatchObject({ code: 'top_up_over' })
  })
})

describe('a top up is refused', () => {
  const refusalOf = async () => {
    const [{ refusal }, thrown] = [await plan(), await start().then(() => null, (error: { code: string }) => error.code)]
    return { planned: refusal, thrown }
  }

  test('while another runs, also when both are started at once', async () => {
    const outcomes = await Promise.allSettled([start(), start()])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await refusalOf()).toEqual({ planned: 'top_up_running', thrown: 'top_up_running' })
    expect(await db().topUp.count({ where: { organizationId: first.subject.organizationId } })).toBe(1)
  })

  test('when nothing could be refreshed', async () => {
    await db().connection.updateMany({ where: { id: { in: ids } }, data: { state: 'reconnect_required' } })
    expect(await refusalOf()).toEqual({ planned: 'top_up_nothing', thrown: 'top_up_nothing' })
  })

  test('while Octorate refuses every API client, and leaves out one of several', async () => {
    await db().apiClient.update({ where: { id: first.apiClient.id }, data: { refusedAt: clock.date } })
    expect(await refusalOf()).toEqual({ planned: 'top_up_while_refused', thrown: 'top_up_while_refused' })
    await makeConnected(rig, first.actor)
    expect((await start()).counts.total).toBe(1)
  })

  test('when the quota that was read last would not suffice and leave a tenth, to the call', async () => {
    const { organizationId } = first.subject
    const read = (remaining: number) => {
      const data = { remaining, most: 20, mostAt: clock.date, readAt: clock.date }
      return db().quotaReading.upsert({ where: { apiClientId: first.apiClient.id }, create: { apiClientId: first.apiClient.id, organizationId, ...data }, update: data })
    }
    await read(9)
    expect(await refusalOf()).toEqual({ planned: 'top_up_quota', thrown: 'top_up_quota' })
    await read(10)
    expect(await refusalOf()).toEqual({ planned: null, thrown: null })
  })

  test('when Octorate says on being asked that the quota would not suffice, whatever was read before', async () => {
    const row = await requireApiClient(first.actor.viewer, first.apiClient.id)
    await obtainAdminToken(row, { actor: { kind: 'system' } })
    await sandbox.control.settings.set({ quotaLimit: 8 })
    expect((await plan()).refusal).toBeNull()
    await expect(start()).rejects.toMatchObject({ code: 'top_up_quota' })
    expect(await dues()).not.toContain(clock.at)
    await sandbox.control.settings.set({ quotaLimit: 100 })
    expect((await start()).counts.total).toBe(8)
  })
})

test('is forgotten after thirty days, its connections staying as they are', async () => {
  await start()
  await pruneTopUps(new Date(clock.at + 30 * DAY_MS))
  expect(await latest()).toBeDefined()
  await pruneTopUps(new Date(clock.at + 30 * DAY_MS + 1))
  expect(await latest()).toBeUndefined()
  expect(await db().connection.count({ where: { id: { in: ids }, state: 'connected' } })).toBe(8)
})
