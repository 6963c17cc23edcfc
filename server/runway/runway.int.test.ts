import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { db } from '../db'
import { requestRefresh } from '../refresh/request-refresh'
import { setStopping } from '../stopping'
import { connect, EIGHT_CONSENTS, makeConnected, type Connected } from '../../tests/consent-flow'
import { makeActor } from '../../tests/factories'
import { refreshAllDue } from '../../tests/refresh-all-due'
import { openRig } from '../../tests/runtime'
import { getForecast } from './get-forecast'
import { getMachineRunway, getRunway } from './get-runway'
import { getTokenEnds } from './get-token-ends'

const rig = await openRig()
const { clock, sandbox } = rig
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
let first: Connected
let ids: string[]

beforeEach(async () => {
  first = await makeConnected(rig, await makeActor())
  ids = [first.connectionId]
  for (const hotelier of EIGHT_CONSENTS.slice(1, 4)) ids.push(await connect(rig, first, hotelier))
  clock.advance(1_000)
})
afterEach(async () => {
  setStopping(false)
  sandbox.control.faults.clear()
  await rig.database.sql(`UPDATE connections SET state = 'disconnected', cause = NULL, access_token_sealed = NULL, refresh_token_sealed = NULL, next_refresh_at = NULL, refresh_failures = 0`)
  // Of a test before: the silence that it met is over.
  clock.advance(DAY_MS)
  rig.runtime.singletons.delete('refresh circuits')
})

const runway = ({ actor }: Connected = first) => getRunway(actor.viewer)
const iso = (ms: number) => new Date(ms).toISOString()
const change = (id: string, data: Parameters<ReturnType<typeof db>['connection']['update']>[0]['data']) => db().connection.update({ where: { id }, data })
const endsAt = (at: readonly number[]) => Promise.all(at.map((ms, index) => change(ids[index] ?? '', { accessExpiresAt: new Date(ms) })))
const fail = (fault: { kind: 'status'; status: number } | { kind: 'quota' }, clientId = first.apiClient.clientId) =>
  sandbox.control.faults.add({ endpoint: 'identity/refresh', clientId, count: 0, ...fault })
/** Everything is tried again and again, as the engine does it within so many minutes. */
const passTries = async (rounds: number) => {
  for (let round = 0; round < rounds; round += 1) {
    clock.advance(6 * MINUTE_MS)
    await refreshAllDue()
  }
}

describe('when properties lose access', () => {
  test('is told to the millisecond: a token is over at the instant at which it ends, and an end on the hour closes that hour', async () => {
    const hour = Math.ceil(clock.at / HOUR_MS) * HOUR_MS
    await endsAt([clock.at, clock.at + 1, hour, hour + 1])
    const { all, apiClients, refused } = await runway()
    expect(refused).toBeNull()
    expect(all).toMatchObject({ total: 4, over: 1, firstAt: iso(clock.at + 1), lastAt: iso(hour + 1), later: 0 })
    expect(all.hours.slice(0, 3)).toEqual([
      { until: iso(hour), ends: 2, without: 3 },
      { until: iso(hour + HOUR_MS), ends: 1, without: 4 },
      { until: iso(hour + 2 * HOUR_MS), ends: 0, without: 4 },
    ])
    expect(apiClients).toEqual([{ ...all, id: first.apiClient.id, name: 'Channel manager', refusal: null }])
  })

  test('is over for all when all have ended, and of no property when there is none', async () => {
    await endsAt(ids.map(() => clock.at))
    expect((await runway()).all).toMatchObject({ total: 4, over: 4, firstAt: null, lastAt: null, later: 0 })
    const nobody = await makeActor()
    expect(await getRunway(nobody.viewer)).toMatchObject({ all: { total: 0, over: 0, firstAt: null }, refused: null, apiClients: [] })
  })

  test('leaves out what only a hotelier can mend, because no answer of Octorate would renew it', async () => {
    await change(ids[0] ?? '', { state: 'reconnect_required' })
    await change(ids[1] ?? '', { state: 'disconnected', accessTokenSealed: null, refreshTokenSealed: null })
    expect((await runway()).all.total).toBe(2)
  })

  test('is the last end of the connections that cover it, in sum, and each its own by API client', async () => {
    const other = await makeConnected(rig, first.actor)
    await change(other.connectionId, { accessExpiresAt: new Date(clock.at + 30 * HOUR_MS) })
    await endsAt([clock.at + HOUR_MS, clock.at + 2 * HOUR_MS, clock.at + 3 * HOUR_MS, clock.at + 4 * HOUR_MS])
    const { all, apiClients } = await runway()
    expect(all).toMatchObject({ total: 4, firstAt: iso(clock.at + 2 * HOUR_MS), lastAt: iso(clock.at + 30 * HOUR_MS), later: 1 })
    expect(apiClients.map(({ id, total, firstAt }) => ({ id, total, firstAt }))).toEqual(expect.arrayContaining([
      { id: first.apiClient.id, total: 4, firstAt: iso(clock.at + HOUR_MS) },
      { id: other.apiClient.id, total: 1, firstAt: iso(clock.at + 30 * HOUR_MS) },
    ]))
  })
})

describe('that Octorate is silent', () => {
  test('is told since the first refresh without an answer, for every API client there, until one is answered', async () => {
    const stranger = await makeConnected(rig, await makeActor())
    await fail({ kind: 'status', status: 503 })
    clock.advance(DAY_MS)
    const since = clock.at
    await refreshAllDue()
    await db().connection.updateMany({ where: { id: stranger.connectionId }, data: { nextRefreshAt: new Date(clock.at + DAY_MS), accessIssuedAt: new Date(since - HOUR_MS), lastRefreshAt: new Date(since - HOUR_MS) } })
    await passTries(6)
    const { refused, apiClients } = await runway()
    expect(refused).toMatchObject({ kinds: ['outage'], since: iso(since), total: 4 })
    expect(apiClients.map(({ refusal }) => refusal)).toEqual([{ kind: 'outage', since: iso(since) }])
    expect((await runway(stranger)).refused).toMatchObject({ kinds: ['outage'], since: iso(since), total: 1 })
    sandbox.control.faults.clear()
    await passTries(2)
    expect((await runway()).refused).toBeNull()
    expect((await runway(stranger)).refused).toBeNull()
  })

  const silentSince = (at: number, refreshFailures = 5) =>
    change(ids[0] ?? '', { state: 'refresh_failing', cause: 'upstream_unreachable', stateSince: new Date(at), refreshFailures, lastRefreshAt: new Date(at), lastRefreshOutcome: 'upstream_unreachable' })

  test('needs a failure after the last answer: one at the same instant says nothing', async () => {
    await change(ids[1] ?? '', { accessIssuedAt: clock.date, lastRefreshAt: clock.date })
    await silentSince(clock.at)
    expect((await runway()).refused).toBeNull()
    await silentSince(clock.at + 1)
    expect((await runway()).refused).toMatchObject({ kinds: ['outage'], since: iso(clock.at + 1) })
  })

  test('needs five refreshes without an answer, because fewer are a blip', async () => {
    await silentSince(clock.at, 4)
    expect((await runway()).refused).toBeNull()
    await silentSince(clock.at, 5)
    expect((await runway()).refused).toMatchObject({ kinds: ['outage'] })
  })

  test('is told of an API client that alone meets nothing, because answers to others renew none of its tokens', async () => {
    const other = await makeConnected(rig, first.actor)
    await silentSince(clock.at - 30 * MINUTE_MS)
    await db().connection.updateMany({ where: { id: { in: ids } }, data: { accessIssuedAt: new Date(clock.at - HOUR_MS) } })
    await db().connection.updateMany({ where: { id: { in: ids.slice(1) } }, data: { lastRefreshAt: new Date(clock.at - HOUR_MS) } })
    const { apiClients } = await runway()
    expect(apiClients.find(({ id }) => id === first.apiClient.id)?.refusal).toEqual({ kind: 'outage', since: iso(clock.at - 30 * MINUTE_MS) })
    expect(apiClients.find(({ id }) => id === other.apiClient.id)?.refusal).toBeNull()
  })

  test('is not so while Octorate answers with a clear no, however many others meet nothing', async () => {
    await silentSince(clock.at, 50)
    await change(ids[1] ?? '', { state: 'refresh_failing', cause: 'permission_missing', lastRefreshOutcome: 'permission_missing', lastRefreshAt: new Date(clock.at + 1) })
    expect((await runway()).refused).toBeNull()
  })
})

describe('that Octorate refuses', () => {
  test('for the quota is told of that API client alone, since its first refusal, until a refresh succeeds', async () => {
    const other = await makeConnected(rig, first.actor)
    await fail({ kind: 'quota' })
    clock.advance(DAY_MS)
    const since = clock.at
    await refreshAllDue()
    const { refused, all, apiClients } = await runway()
    expect(refused).toMatchObject({ kinds: ['quota'], since: iso(since), total: 4, over: 4 })
    expect(all.total).toBe(4)
    expect(apiClients.find(({ id }) => id === other.apiClient.id)?.refusal).toBeNull()
    sandbox.control.faults.clear()
    clock.advance(MINUTE_MS)
    await requestRefresh(first.subject, { reason: 'manual', waitMs: 20_000 })
    expect((await runway()).refused).toBeNull()
  })

  test('the API client itself is told since then, and the sum names both causes and the earlier instant', async () => {
    const other = await makeConnected(rig, first.actor)
    await db().apiClient.update({ where: { id: first.apiClient.id }, data: { refusedAt: new Date(clock.at - HOUR_MS) } })
    expect((await runway()).refused).toMatchObject({ kinds: ['credentials'], since: iso(clock.at - HOUR_MS), total: 4 })
    clock.advance(1_000)
    await change(other.connectionId, { state: 'refresh_failing', cause: 'quota', stateSince: clock.date })
    const { refused } = await runway()
    expect(refused).toMatchObject({ since: iso(clock.at - HOUR_MS - 1_000), total: 4 })
    expect(new Set(refused?.kinds)).toEqual(new Set(['credentials', 'quota']))
  })
})

describe('a back end', () => {
  const caller = (properties: readonly string[] | null, environment: 'SANDBOX' | 'PRODUCTION' = 'SANDBOX') => ({
    keyId: crypto.randomUUID(), organizationId: first.actor.viewer.organizationId, environment, scopes: new Set<never>(), address: '192.0.2.7',
    properties: properties && new Set(properties), isTiedToAddresses: false, userAgent: 'integration test',
  })

  test('is told of what its key may see: its environment, and its properties', async () => {
    await endsAt([clock.at + HOUR_MS, clock.at + 2 * HOUR_MS, clock.at + 3 * HOUR_MS, clock.at + 4 * HOUR_MS])
    expect((await getMachineRunway(caller(null))).all).toMatchObject({ total: 4, firstAt: iso(clock.at + HOUR_MS) })
    expect((await getMachineRunway(caller(['324417']))).all).toMatchObject({ total: 1, firstAt: iso(clock.at + 2 * HOUR_MS) })
    expect(await getMachineRunway(caller(['999999']))).toMatchObject({ all: { total: 0 }, apiClients: [] })
    expect(await getMachineRunway(caller(null, 'PRODUCTION'))).toMatchObject({ all: { total: 0 }, apiClients: [] })
  })
})

test('the forecast has each refresh in the hour in which it is due, and what is due already in the first', async () => {
  const hour = Math.floor(clock.at / HOUR_MS) * HOUR_MS
  const far = new Date(clock.at + 40 * HOUR_MS)
  await Promise.all(ids.map((id) => change(id, { nextRefreshAt: far })))
  await change(ids[0] ?? '', { nextRefreshAt: clock.date })
  await change(ids[1] ?? '', { nextRefreshAt: new Date(hour + 22 * HOUR_MS - 1) })
  await change(ids[2] ?? '', { nextRefreshAt: new Date(hour + 22 * HOUR_MS) })
  const { hours, overdue, storms } = await getForecast(first.actor.viewer)
  expect([overdue, storms]).toEqual([1, []])
  expect([hours[0], hours[21], hours[22]].map((hour) => hour?.due)).toEqual([1, 1, 1])
  expect(hours[0]?.from).toBe(iso(hour))
  await db().quotaReading.create({ data: { apiClientId: first.apiClient.id, organizationId: first.subject.organizationId, most: 1, mostAt: clock.date, readAt: clock.date } })
  await change(ids[3] ?? '', { nextRefreshAt: clock.date })
  expect((await getForecast(first.actor.viewer)).storms[0]).toMatchObject({ apiClient: { id: first.apiClient.id }, from: iso(hour), due: 2, reason: 'quota' })
})

test('what ends when tells four kinds of tokens apart', async () => {
  await endsAt([clock.at, clock.at + HOUR_MS])
  await change(ids[3] ?? '', { state: 'reconnect_required' })
  const { organizationId } = first.subject
  const year = new Date(clock.at + 365 * DAY_MS)
  await db().adminToken.create({ data: { organizationId, apiClientId: first.apiClient.id, tokenSealed: 'x', tokenLast4: 'abcd', issuedAt: clock.date, expiresAt: year } })
  const link = { organizationId, apiClientId: first.apiClient.id, kind: 'connect' as const, language: 'it', createdAt: clock.date }
  await db().link.create({ data: { ...link, tokenDigest: crypto.randomUUID(), expiresAt: new Date(clock.at + 30 * MINUTE_MS) } })
  await db().link.create({ data: { ...link, tokenDigest: crypto.randomUUID(), expiresAt: clock.date } })
  expect(await getTokenEnds(first.actor.viewer)).toEqual({
    accessTokens: { count: 4, over: 1, firstAt: iso(clock.at + HOUR_MS) },
    adminTokens: { count: 1, over: 0, firstAt: year.toISOString() },
    refreshTokens: { count: 4, dead: 1 },
    links: { count: 1, firstAt: iso(clock.at + 30 * MINUTE_MS) },
  })
})
