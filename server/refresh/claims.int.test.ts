import { beforeEach, describe, expect, test, vi } from 'vitest'
import { gapOf } from '@/lib/refresh/pace'
import { db } from '../db'
import { readEnv } from '../env'
import { claimDue } from './claim-due'
import { claimOne } from './claim-one'
import { openLanes } from './lanes'
import { noteOutage } from '../database/outage'
import { makeJournalEntry } from '../journal/journal-entry'
import { spool } from '../journal/spool'
import { answerOf } from '../octorate/answer-for-tests'
import { releaseLease, type Lease } from './lease'
import { kindOf, refreshesAtOnce, takePermit } from './permits'
import { readState } from './read-state'
import type { RefreshSubject } from './refresh-subject'
import { connect, EIGHT_CONSENTS, makeConnected, type Connected } from '../../tests/consent-flow'
import { makeDeadPool } from '../../tests/dead-pool'
import { makeActor, makeApiClient } from '../../tests/factories'
import { refreshOnce } from '../../tests/refresh-once'
import { openRig } from '../../tests/runtime'
import { until } from '../../tests/until'

const rig = await openRig()
const { clock } = rig
const deadPool = makeDeadPool()
/** As a full disk does. */
const REFUSE_ANSWERS = `
  CREATE OR REPLACE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$;
  CREATE TRIGGER no_room BEFORE INSERT ON grant_journal FOR EACH ROW EXECUTE FUNCTION no_room()`
const UPSTREAMS = ['sandbox']
const atTwenty = { env: readEnv({ KEYRACK_REFRESH_RATE: '20' }) }

beforeEach(async () => {
  await rig.database.sql(`UPDATE connections SET state = 'disconnected', access_token_sealed = NULL, refresh_token_sealed = NULL, next_refresh_at = NULL`)
})

/** Connections of one API client, all due now. */
async function makeDue(count: number): Promise<{ first: Connected; subjects: RefreshSubject[] }> {
  const actor = await makeActor()
  const apiClient = await makeApiClient(rig, actor)
  const { organizationId } = actor.viewer
  const ids: string[] = []
  for (const hotelier of EIGHT_CONSENTS.slice(0, count)) ids.push(await connect(rig, { actor, apiClient }, hotelier))
  await makeAllDue(apiClient.id)
  await openLanes()
  const subjects = ids.map((id) => ({ id, organizationId }))
  return { first: { actor, apiClient, connectionId: ids[0] ?? '', subject: { id: ids[0] ?? '', organizationId } }, subjects }
}

const makeAllDue = (apiClientId: string) =>
  db().connection.updateMany({ where: { apiClientId }, data: { nextRefreshAt: clock.date, leaseOwner: null, leaseUntil: null } })

const claim = (limit: number, busyApiClients: readonly string[] = []) => claimDue({ limit, upstreams: UPSTREAMS, busyApiClients })
const ask = (subject: RefreshSubject) => claimOne(subject, { reason: 'hand_out', seenVersion: null, blockedUpstreams: [] })

/** Of its lease; null when nobody holds it. */
async function secondsLeft({ connectionId }: Connected): Promise<number | null | undefined> {
  const [row] = await rig.database.sql<{ left: number | null }>(
    'SELECT extract(epoch FROM lease_until - clock_timestamp())::float8 AS left FROM connections WHERE id = $1', [connectionId],
  )
  return row?.left
}

/** Milliseconds from the first turn to each, in their order. */
function turnsOf(leases: readonly Lease[]): number[] {
  const turns = leases.map(({ sendAt }) => sendAt).sort((one, other) => one - other)
  return turns.map((turn) => turn - (turns[0] ?? 0))
}

describe('a claim of what is due', () => {
  test('is given to one process only, with a higher fence each time', async () => {
    const { subjects } = await makeDue(6)
    const claims = await Promise.all([claim(4), rig.asAnotherProcess(() => claim(4)), claim(4)])
    await claim(100).then((rest) => claims.push(rest))
    const ids = claims.flat().map(({ id }) => id)
    expect(ids.sort()).toEqual(subjects.map(({ id }) => id).sort())
    expect(claims.flat().map(({ fence }) => fence)).toEqual(subjects.map(() => 1))
    expect(await claim(100)).toEqual([])
    await rig.database.sql('UPDATE connections SET lease_until = clock_timestamp() WHERE lease_until IS NOT NULL')
    expect((await claim(100)).map(({ fence }) => fence)).toEqual(subjects.map(() => 2))
  })

  test('lasts 30 s from its turn by the database’s clock, longer than the 20 s of a refresh', async () => {
    const { first } = await makeDue(1)
    await claim(1)
    const left = await secondsLeft(first)
    expect(left).toBeGreaterThan(25)
    expect(left).toBeLessThanOrEqual(30)
  })

  test('leaves a lapsed lease to its holder just after an outage, because the answer to its token may be on the holder’s disk', async () => {
    const { first } = await makeDue(1)
    await claim(1)
    await rig.database.sql('UPDATE connections SET lease_until = clock_timestamp() WHERE lease_until IS NOT NULL')
    await rig.asAnotherProcess(async () => {
      noteOutage()
      expect(await claim(1)).toEqual([])
      expect(await ask(first.subject)).toBeNull()
      expect(await readState(first.subject)).toMatchObject({ isHeld: true })
    })
    await rig.asAnotherProcess(async () => {
      noteOutage()
      expect(await ask(first.subject)).toMatchObject({ fence: 2 })
    }, { processId: rig.runtime.processId })
    await rig.database.sql('UPDATE connections SET lease_until = clock_timestamp() WHERE lease_until IS NOT NULL')
    // It may have begun in the middle of one, or have nothing but its callers to meet it.
    await rig.asAnotherProcess(async () => expect(await claim(1)).toEqual([]), { startedAt: performance.now() })
    const singletons = new Map()
    const met = await rig.asAnotherProcess(() => refreshOnce(first.subject), { pool: deadPool, singletons })
    expect(met).toMatchObject({ outcome: 'failed', error: { code: 'database_unavailable' } })
    await rig.asAnotherProcess(async () => expect(await ask(first.subject)).toBeNull(), { singletons })
    // One that met no outage takes it over as that of a dead process.
    expect((await rig.asAnotherProcess(() => claim(1))).map(({ fence }) => fence)).toEqual([3])
  })

  test('is kept while its answer waits for a database that takes changes but no answers, because its token must not be sent again', async () => {
    const { first } = await makeDue(1)
    const [lease] = await claim(1)
    if (!lease) throw new TypeError('it was due')
    const left = () => secondsLeft(first)
    const subject = { organizationId: first.subject.organizationId, apiClientId: lease.apiClientId, authorizationId: null, connectionId: lease.id }
    await spool(makeJournalEntry({ ...subject, origin: 'refresh', sentVersion: 1 }, answerOf({ access_token: 'any' })))
    await rig.database.sql(REFUSE_ANSWERS)
    await rig.database.sql("UPDATE connections SET lease_until = clock_timestamp() + interval '1 second' WHERE id = $1", [first.connectionId])
    // Octorate took eighteen seconds of it.
    await releaseLease({ ...lease, sendAt: performance.now() - 18_000 }, { isSent: true })
    expect(await left()).toBeGreaterThan(25)
    await rig.database.sql('DROP TRIGGER no_room ON grant_journal')
    await until(async () => expect(await left()).toBeNull())
    expect(await db().grantJournal.count({ where: { connectionId: lease.id, state: 'received' } })).toBe(1)
  })

  test('is kept while its answer has no room but in memory, because nothing else remembers it', async () => {
    const { first } = await makeDue(1)
    const now = performance.now.bind(performance)
    await rig.database.sql(REFUSE_ANSWERS)
    await rig.asAnotherProcess(async () => {
      const refreshing = refreshOnce(first.subject)
      await until(() => expect(rig.logs()).toContain('it is in memory alone until there is room'))
      await rig.database.sql("UPDATE connections SET lease_until = clock_timestamp() + interval '1 second' WHERE id = $1", [first.connectionId])
      const clockOfLeases = vi.spyOn(performance, 'now').mockImplementation(() => now() + 16_000)
      await until(async () => expect(await secondsLeft(first)).toBeGreaterThan(25)).finally(() => clockOfLeases.mockRestore())
      await rig.database.sql('DROP TRIGGER no_room ON grant_journal')
      expect(await refreshing).toEqual({ outcome: 'refreshed' })
    }, { spoolFolder: '/dev/null/spool' })
  })

  test('takes the longest due first', async () => {
    const { subjects } = await makeDue(3)
    await db().connection.update({ where: { id: subjects[1]?.id ?? '' }, data: { nextRefreshAt: new Date(clock.at - 60_000) } })
    expect((await claim(1)).map(({ id }) => id)).toEqual([subjects[1]?.id])
  })

  test('passes over what is not due, disconnected, dead, or has no refresh token', async () => {
    const { subjects } = await makeDue(5)
    const [, later, dead, gone, bare] = subjects.map(({ id }) => id)
    await db().connection.update({ where: { id: later ?? '' }, data: { nextRefreshAt: new Date(clock.at + 1) } })
    await db().connection.update({ where: { id: dead ?? '' }, data: { state: 'reconnect_required' } })
    await db().connection.update({ where: { id: gone ?? '' }, data: { state: 'disconnected' } })
    await rig.database.sql(`UPDATE connections SET state = 'disconnected', refresh_token_sealed = NULL WHERE id = $1`, [bare])
    await rig.database.sql(`UPDATE connections SET state = 'connected' WHERE id = $1`, [bare])
    expect((await claim(100)).map(({ id }) => id)).toEqual([subjects[0]?.id])
  })

  test('lets every API client have its turn, because a large one must not delay a small one', async () => {
    const large = await makeDue(8)
    await db().connection.updateMany({ where: { apiClientId: large.first.apiClient.id }, data: { nextRefreshAt: new Date(clock.at - 3_600_000) } })
    const small = await makeDue(1)
    const ids = (await claim(2)).map(({ id }) => id)
    expect(ids).toContain(small.first.connectionId)
    expect(ids).toHaveLength(2)
  })

  test('leaves alone upstreams that this process does not know or does not call at the moment', async () => {
    await makeDue(2)
    expect(await claimDue({ limit: 10, upstreams: ['another'], busyApiClients: [] })).toEqual([])
  })
})

describe('the lane of an API client', () => {
  test('spaces sends by the rate and a tenth, over all processes and all who ask', async () => {
    const { subjects, first } = await makeDue(8)
    const leases = await rig.asAnotherProcess(async () => {
      const background = await claim(3)
      const rest = subjects.filter(({ id }) => !background.some((lease) => lease.id === id))
      const asked = await Promise.all(rest.map(ask))
      return [...background, ...asked.filter((lease) => lease !== null)]
    }, atTwenty)
    expect(leases).toHaveLength(8)
    expect(new Set(leases.map(({ apiClientId }) => apiClientId))).toEqual(new Set([first.apiClient.id]))
    // Turns are told in milliseconds until then, so the way of each answer counts too.
    turnsOf(leases).forEach((turn, index) => expect(turn).toBeGreaterThan(index * gapOf(20) - 100))
    expect(turnsOf(leases).at(-1)).toBeGreaterThan(7 * gapOf(20) - 100)
  })

  test.each(['0', '0.7', '3', '20', '30', '1000'])('takes whoever asks at a rate of %s, whatever fraction of a millisecond its gap has', async (rate) => {
    const { first } = await makeDue(1)
    const env = { env: readEnv({ KEYRACK_REFRESH_RATE: rate }) }
    expect(await rig.asAnotherProcess(() => ask(first.subject), env)).toMatchObject({ gapMs: gapOf(Number(rate)) })
  })

  test('is entered by the background half a second ahead at most, and not at all behind a longer queue', async () => {
    const { subjects } = await makeDue(8)
    await rig.asAnotherProcess(async () => {
      const queue = (span: string) => rig.database.sql('UPDATE refresh_lanes SET next_slot_at = clock_timestamp() + $1::interval', [span])
      await queue('350 milliseconds')
      expect((await claim(100)).length).toBeLessThanOrEqual(4)
      await queue('5 seconds')
      expect(await claim(100)).toEqual([])
      const free = await db().connection.findFirstOrThrow({ where: { id: { in: subjects.map(({ id }) => id) }, leaseOwner: null } })
      expect(await ask({ id: free.id, organizationId: free.organizationId })).not.toBeNull()
    }, atTwenty)
  })

  test('is left to those who wait, while there are any in this process', async () => {
    const { first } = await makeDue(2)
    expect(await claim(10, [first.apiClient.id])).toEqual([])
    expect(await claim(10)).toHaveLength(2)
  })

  test('is only looked at where nothing paces it, because everybody would wait for its row; and entered once Octorate asks for less', async () => {
    const { subjects: [one, two, three] } = await makeDue(3)
    if (!one || !two || !three) throw new Error('three were made due')
    const rowOf = () => rig.database.sql('SELECT xmin::text, * FROM refresh_lanes ORDER BY api_client_id')
    const before = await rowOf()
    expect(await ask(one)).toMatchObject({ gapMs: 0 })
    expect(await rowOf()).toEqual(before)
    await rig.database.sql('UPDATE refresh_lanes SET gap_ms = 2000')
    const [first, second] = [await ask(two), await ask(three)]
    expect([first?.gapMs, second?.gapMs]).toEqual([2_000, 2_000])
    expect((second?.sendAt ?? 0) - (first?.sendAt ?? 0)).toBeGreaterThan(1_900)
  })

  test('takes of those who ask at the same moment as many as have their turn within 20 s, and gives each a turn of its own', async () => {
    const { subjects, first } = await makeDue(6)
    // As wide as a quota made it, and nothing was sent since.
    await rig.database.sql("UPDATE refresh_lanes SET gap_ms = 6000, next_slot_at = clock_timestamp() - interval '10 minutes' WHERE api_client_id = $1", [first.apiClient.id])
    const leases = (await Promise.all(subjects.map(ask))).filter((lease) => lease !== null)
    expect(leases.map(({ id }) => id)).toEqual(subjects.slice(0, 4).map(({ id }) => id))
    turnsOf(leases).forEach((turn, index) => expect(Math.abs(turn - index * 6_000)).toBeLessThan(500))
    expect(await Promise.all(subjects.slice(4).map(ask))).toEqual([null, null])
  })

  test('takes nobody in when the queue is longer than 20 s, but a person', async () => {
    const { first } = await makeDue(1)
    await rig.database.sql(`UPDATE refresh_lanes SET next_slot_at = clock_timestamp() + interval '21 seconds'`)
    expect(await ask(first.subject)).toBeNull()
    const lease = await claimOne(first.subject, { reason: 'manual', seenVersion: null, blockedUpstreams: [] })
    expect((lease?.sendAt ?? Infinity) - performance.now()).toBeLessThan(1_000)
  })
})

describe('a claim for somebody who asks', () => {
  test('is not given for another organization’s connection', async () => {
    const { first } = await makeDue(1)
    const stranger = await makeConnected(rig, await makeActor())
    expect(await ask({ id: first.connectionId, organizationId: stranger.subject.organizationId })).toBeNull()
  })

  test('is given for its own organization only, though a stranger asks for it at the same moment', async () => {
    const { first } = await makeDue(1)
    const stranger = { id: first.connectionId, organizationId: (await makeActor()).viewer.organizationId }
    const leases = await Promise.all([ask(stranger), ask(first.subject), ask(stranger), ask(first.subject)])
    expect(leases.map((lease) => lease?.organizationId)).toEqual([undefined, first.subject.organizationId, undefined, undefined])
  })

  test('does not wait for a connection that somebody has in hand; none waits behind it, and it is given up after some seconds', async () => {
    const { subjects: [held, free] } = await makeDue(2)
    if (!held || !free) throw new Error('two were made due')
    const client = await rig.runtime.pool.connect()
    try {
      await client.query('BEGIN')
      await client.query('SELECT 1 FROM connections WHERE id = $1 FOR UPDATE', [held.id])
      expect((await Promise.all([ask(held), ask(free)])).map((lease) => lease?.id)).toEqual([undefined, free.id])
      expect(await refreshOnce(held)).toMatchObject({ outcome: 'failed', error: { code: 'refresh_in_progress' } })
    } finally {
      await client.query('ROLLBACK')
      client.release()
    }
    expect(await ask(held)).toMatchObject({ id: held.id })
  })

  test('is not given when a newer token than the one found wanting is there', async () => {
    const { first } = await makeDue(1)
    await db().connection.update({ where: { id: first.connectionId }, data: { accessTokenVersion: 2 } })
    expect(await claimOne(first.subject, { reason: 'hand_out', seenVersion: 1, blockedUpstreams: [] })).toBeNull()
    expect(await claimOne(first.subject, { reason: 'hand_out', seenVersion: 2, blockedUpstreams: [] })).not.toBeNull()
  })

  test('of a hundred at the same moment is given once', async () => {
    const { first } = await makeDue(1)
    const leases = await Promise.all(Array.from({ length: 100 }, () => ask(first.subject)))
    expect(leases.filter((lease) => lease !== null)).toHaveLength(1)
  })
})

test('whoever waits for a token is let in though a migration holds all that it may have under way', async () => {
  const held = await Promise.all(Array.from({ length: refreshesAtOnce().migrated }, () => takePermit(kindOf('import'))))
  let isLetIn = false
  const waitForOne = async () => {
    const release = await takePermit(kindOf('import'))
    isLetIn = true
    release()
  }
  const waiting = waitForOne()
  for (const reason of ['hand_out', 'manual', 'report', 'probe'] as const) (await takePermit(kindOf(reason)))()
  expect(isLetIn).toBe(false)
  for (const release of held) release()
  await waiting
  expect(isLetIn).toBe(true)
})
