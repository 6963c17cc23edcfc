import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { db } from '../db'
import { settleRound } from '../journal/settler'
import { disconnectConnection } from './disconnect-connection'
import { getConnection } from './get-connection'
import { listConnections } from './list-connections'
import { refreshConnection } from './refresh-connection'
import { makeConnected, type Connected } from '../../tests/consent-flow'
import { makeActor } from '../../tests/factories'
import { refusalOf } from '../../tests/rejections'
import { refreshOnce } from '../../tests/refresh-once'
import { openRig } from '../../tests/runtime'
import { until } from '../../tests/until'
import { watchCalls } from '../../tests/upstream-calls'

const rig = await openRig()
const { sandbox, clock } = rig

const rowOf = ({ connectionId }: Connected) => db().connection.findUniqueOrThrow({ where: { id: connectionId } })

describe('disconnecting', () => {
  test('wipes both tokens, and every journalled answer that may hold one', async () => {
    const connected = await makeConnected(rig, await makeActor())
    for (const raw of ['{"access_token":"sbx_first","access_token":"sbx_second"}', '{}']) {
      await sandbox.control.faults.add({ endpoint: 'identity/refresh', clientId: connected.apiClient.clientId, kind: 'override', raw })
      await refreshOnce(connected.subject)
    }
    const answers = () => db().grantJournal.findMany({ where: { connectionId: connected.connectionId }, select: { state: true, answerSealed: true } })
    expect((await answers()).filter(({ answerSealed }) => answerSealed !== null)).toHaveLength(2)

    const shown = await disconnectConnection(connected.actor, connected.connectionId)
    expect(shown).toMatchObject({ status: 'disconnected', cause: null, accessIssuedAt: null, accessExpiresAt: null, hasRefreshToken: false })
    expect(await rowOf(connected)).toMatchObject({
      state: 'disconnected', accessTokenSealed: null, refreshTokenSealed: null, nextRefreshAt: null, disconnectedAt: clock.date,
    })
    expect(await answers()).toEqual([{ state: 'refused', answerSealed: null }, { state: 'refused', answerSealed: null }])
  })

  test('keeps what the connection was: name, properties and lineage', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const before = await getConnection(connected.actor.viewer, connected.connectionId)
    await disconnectConnection(connected.actor, connected.connectionId)
    const after = await getConnection(connected.actor.viewer, connected.connectionId)
    expect(after).toMatchObject({ name: before.name, properties: before.properties, lineage: before.lineage })
    const page = await listConnections(connected.actor.viewer, { sort: 'name', direction: 'asc', limit: 10, status: 'disconnected' })
    expect(page.items.map(({ id }) => id)).toEqual([connected.connectionId])
  })

  test('is audited once, by name', async () => {
    const connected = await makeConnected(rig, await makeActor())
    await disconnectConnection(connected.actor, connected.connectionId)
    const events = await db().auditEvent.findMany({ where: { targetId: connected.connectionId, action: 'connection.disconnected' } })
    expect(events).toMatchObject([{ outcome: 'success', actorId: connected.actor.viewer.userId, detail: { properties: 1 } }])
  })

  test('twice is refused, and of ten at once one succeeds', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const refusals = await Promise.all(Array.from({ length: 10 }, () => refusalOf(disconnectConnection(connected.actor, connected.connectionId))))
    expect(refusals.toSorted()).toEqual([...Array.from({ length: 9 }, () => 'already_disconnected'), 'none'])
    expect(await refusalOf(disconnectConnection(connected.actor, connected.connectionId))).toBe('already_disconnected')
    expect(await db().auditEvent.count({ where: { targetId: connected.connectionId, action: 'connection.disconnected' } })).toBe(1)
  })

  test('ends refreshing: nothing is sent for a disconnected connection', async () => {
    const connected = await makeConnected(rig, await makeActor())
    await disconnectConnection(connected.actor, connected.connectionId)
    const calls = watchCalls(rig)
    expect(await refusalOf(refreshConnection(connected.actor, connected.connectionId))).toBe('already_disconnected')
    expect(await refreshOnce(connected.subject)).toMatchObject({ outcome: 'failed', error: { code: 'already_disconnected' } })
    clock.advance(3_600_000)
    await settleRound()
    expect(calls.all()).toEqual([])
  })

  test('ends the confirming try of a refusal too', async () => {
    const connected = await makeConnected(rig, await makeActor())
    await sandbox.control.revoke({ clientId: connected.apiClient.clientId })
    await refreshOnce(connected.subject)
    await disconnectConnection(connected.actor, connected.connectionId)
    clock.advance(30_000)
    const calls = watchCalls(rig)
    await settleRound()
    expect(calls.all()).toEqual([])
    expect((await rowOf(connected)).state).toBe('disconnected')
  })

  test.each(['off', 'rotate'] as const)('while a refresh is under way wins: the answer that comes later is not kept (rotation %s)', async (refreshRotation) => {
    await sandbox.control.settings.set({ refreshRotation })
    const connected = await makeConnected(rig, await makeActor(), 'gated')
    const answer = rig.gate.hold('identity/refresh')
    const refreshing = refreshOnce(connected.subject)
    await answer.reached
    await disconnectConnection(connected.actor, connected.connectionId)
    answer.release()
    expect(await refreshing).toMatchObject({ outcome: 'failed', error: { code: 'already_disconnected' } })
    expect(await rowOf(connected)).toMatchObject({ state: 'disconnected', accessTokenSealed: null, refreshTokenSealed: null })
    expect(await db().grantJournal.count({ where: { connectionId: connected.connectionId, answerSealed: { not: null } } })).toBe(0)
  })

  test('at the very moment in which a refresh is saved wins as well, because the row is locked before it is judged', async () => {
    const connected = await makeConnected(rig, await makeActor(), 'gated')
    const answer = rig.gate.hold('identity/refresh')
    const refreshing = refreshOnce(connected.subject)
    await answer.reached
    const other = new pg.Client({ connectionString: rig.database.ownerUrl })
    await other.connect()
    await other.query('BEGIN')
    await other.query(
      `UPDATE connections SET state = 'disconnected', access_token_sealed = NULL, refresh_token_sealed = NULL WHERE id = $1`, [connected.connectionId],
    )
    answer.release()
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    await until(async () => expect(await rig.database.sql(waiting)).toHaveLength(1))
    await other.query('COMMIT')
    await other.end()
    await refreshing
    expect(await rowOf(connected)).toMatchObject({ state: 'disconnected', accessTokenSealed: null, refreshTokenSealed: null })
  })

  test('while a refused refresh is under way wins too', async () => {
    const connected = await makeConnected(rig, await makeActor(), 'gated')
    await sandbox.control.revoke({ clientId: connected.apiClient.clientId })
    const answer = rig.gate.hold('identity/refresh')
    const refreshing = refreshOnce(connected.subject)
    await answer.reached
    await disconnectConnection(connected.actor, connected.connectionId)
    answer.release()
    expect(await refreshing).toMatchObject({ outcome: 'failed', error: { code: 'already_disconnected' } })
    expect(await rowOf(connected)).toMatchObject({ state: 'disconnected', cause: null })
    expect(await db().grantJournal.count({ where: { connectionId: connected.connectionId, answerSealed: { not: null } } })).toBe(0)
  })
})
