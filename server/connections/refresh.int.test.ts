import { afterEach, describe, expect, test } from 'vitest'
import type { RefreshFailingCause } from '@/lib/connection-status'
import type { ErrorCode } from '@/contracts/errors'
import { db } from '../db'
import { requestRefresh } from '../refresh/request-refresh'
import { getConnection } from './get-connection'
import { refreshConnection } from './refresh-connection'
import { makeConnected, connect, type Connected } from '../../tests/consent-flow'
import { makeActor } from '../../tests/factories'
import { refusalOf } from '../../tests/rejections'
import { refreshAllDue } from '../../tests/refresh-all-due'
import { refreshOnce } from '../../tests/refresh-once'
import { openRig } from '../../tests/runtime'
import { inspectStored, readStoredTokens } from '../../tests/stored-tokens'
import { watchCalls, type Fault } from '../../tests/upstream-calls'

const rig = await openRig()
const { sandbox, clock } = rig
const HOUR_MS = 3_600_000
const HALF_A_MINUTE_MS = 30_000

afterEach(async () => {
  // What falls due later is the next test's own.
  await rig.database.sql(`UPDATE connections SET state = 'disconnected', access_token_sealed = NULL, refresh_token_sealed = NULL, next_refresh_at = NULL`)
  sandbox.control.faults.clear()
  await sandbox.control.settings.set({ refreshRotation: 'off', errorStyle: 'octorate' })
})

/** A connection an hour old. */
async function makeAged(upstreamId: 'sandbox' | 'gated' = 'sandbox'): Promise<Connected> {
  const connected = await makeConnected(rig, await makeActor(), upstreamId)
  clock.advance(HOUR_MS)
  return connected
}

const spoil = ({ apiClient }: Connected, fault: Fault, endpoint = 'identity/refresh') =>
  sandbox.control.faults.add({ endpoint, clientId: apiClient.clientId, ...fault })

const show = ({ actor, connectionId }: Connected) => getConnection(actor.viewer, connectionId)

async function codeOf({ subject }: Connected): Promise<ErrorCode | 'refreshed'> {
  const result = await refreshOnce(subject)
  return result.outcome === 'failed' ? result.error.code : result.outcome
}

/** Another process takes the lease, whoever had it. */
const holdLease = ({ connectionId }: Connected, span: string) =>
  rig.database.sql(
    `UPDATE connections SET lease_owner = 'another process', lease_until = clock_timestamp() + $2::interval, fence = fence + 1 WHERE id = $1`,
    [connectionId, span],
  )

const revoke = ({ apiClient }: Connected) => sandbox.control.revoke({ clientId: apiClient.clientId })

describe('a refresh', () => {
  test.each(['off', 'rotate', 'rotate-with-grace', 'rotate-with-reuse-detection'] as const)(
    'stores the pair that Octorate holds live, five times in a row, with rotation %s',
    async (refreshRotation) => {
      await sandbox.control.settings.set({ refreshRotation })
      const connected = await makeAged()
      const seen = new Set<string | null>()
      for (let round = 1; round <= 5; round += 1) {
        clock.advance(HOUR_MS)
        expect(await codeOf(connected)).toBe('refreshed')
        expect(await inspectStored(rig, connected.connectionId)).toMatchObject({ access: 'live', refresh: 'live' })
        const { access, row } = await readStoredTokens(connected.connectionId)
        expect(row).toMatchObject({ accessTokenVersion: round + 1, refreshTokenVersion: refreshRotation === 'off' ? 1 : round + 1 })
        seen.add(access)
      }
      expect(seen.size).toBe(5)
      expect(await show(connected)).toMatchObject({
        status: 'healthy', lastRefreshOutcome: 'ok', lastRefreshAt: new Date(clock.at).toISOString(),
        accessExpiresAt: new Date(clock.at + 24 * HOUR_MS).toISOString(),
      })
    },
  )

  test('by a person is audited and answers the connection as it is now', async () => {
    const connected = await makeAged()
    const shown = await refreshConnection(connected.actor, connected.connectionId)
    expect(shown).toMatchObject({ id: connected.connectionId, lastRefreshAt: new Date(clock.at).toISOString() })
    const where = { targetId: connected.connectionId, action: { in: ['connection.refreshed', 'connection.refresh_refused'] } }
    await spoil(connected, { kind: 'quota' })
    expect(await refusalOf(refreshConnection(connected.actor, connected.connectionId))).toBe('upstream_quota')
    expect(await db().auditEvent.findMany({ where, orderBy: { id: 'asc' }, select: { action: true, detail: true } })).toEqual([
      { action: 'connection.refreshed', detail: {} },
      { action: 'connection.refresh_refused', detail: { reason: 'upstream_quota' } },
    ])
  })

  test('of twenty callers at once is one request to Octorate, and all get its outcome', async () => {
    const connected = await makeAged()
    const calls = watchCalls(rig)
    expect(new Set(await Promise.all(Array.from({ length: 20 }, () => codeOf(connected))))).toEqual(new Set(['refreshed']))
    expect(calls.count('identity/refresh')).toBe(1)
    expect((await readStoredTokens(connected.connectionId)).row.accessTokenVersion).toBe(2)
  })

  test('is left to the process that holds the lease, until that lapses by the database’s clock; then it is taken over', async () => {
    const connected = await makeAged()
    await holdLease(connected, '30 seconds')
    const calls = watchCalls(rig)
    const wish = { reason: 'hand_out', waitMs: 60 } as const
    expect(await requestRefresh(connected.subject, wish)).toMatchObject({ outcome: 'temporarily_unavailable', cause: 'busy' })
    clock.advance(HOUR_MS)
    expect(await requestRefresh(connected.subject, wish)).toMatchObject({ outcome: 'temporarily_unavailable', cause: 'busy' })
    expect(calls.all()).toEqual([])
    expect(await show(connected)).toMatchObject({ status: 'healthy', lastRefreshOutcome: 'ok' })
    await holdLease(connected, '-1 second')
    expect(await codeOf(connected)).toBe('refreshed')
    expect((await readStoredTokens(connected.connectionId)).row).toMatchObject({ leaseOwner: null, leaseUntil: null, fence: 3 })
    expect(calls.all()).toEqual(['identity/refresh'])
  })

  test('gives a lease back only when it is its own still', async () => {
    const connected = await makeAged('gated')
    const answer = rig.gate.hold('identity/refresh')
    const refreshing = codeOf(connected)
    await answer.reached
    expect((await readStoredTokens(connected.connectionId)).row.leaseOwner).toBe(rig.runtime.processId)
    await holdLease(connected, '30 seconds')
    answer.release()
    await refreshing
    expect((await readStoredTokens(connected.connectionId)).row).toMatchObject({ leaseOwner: 'another process', fence: 2 })
  })
})

describe('a late answer', () => {
  test('is adopted when nothing newer is stored, though its lease is gone', async () => {
    await sandbox.control.settings.set({ refreshRotation: 'rotate' })
    const connected = await makeAged('gated')
    const answer = rig.gate.hold('identity/refresh')
    const late = refreshOnce(connected.subject)
    await answer.reached
    clock.advance(HALF_A_MINUTE_MS)
    await db().connection.update({ where: { id: connected.connectionId }, data: { leaseOwner: 'another process', fence: { increment: 1 } } })
    answer.release()
    expect(await late).toEqual({ outcome: 'refreshed' })
    expect(await inspectStored(rig, connected.connectionId)).toMatchObject({ access: 'live', refresh: 'live' })
  })

  test('to a refresh that was sent before a new consent leaves the new consent’s tokens', async () => {
    const connected = await makeAged('gated')
    const answer = rig.gate.hold('identity/refresh')
    const late = refreshOnce(connected.subject)
    await answer.reached
    await connect(rig, connected)
    const stored = await readStoredTokens(connected.connectionId)
    answer.release()
    await late
    const after = await readStoredTokens(connected.connectionId)
    expect([after.access, after.refresh]).toEqual([stored.access, stored.refresh])
  })
})

describe('a refresh that fails', () => {
  const page = '<!doctype html><title>Maintenance</title>'
  const innocent: [string, Fault, [RefreshFailingCause, ErrorCode]][] = [
    ['the quota’s 403', { kind: 'quota' }, ['quota', 'upstream_quota']],
    ['429', { kind: 'status', status: 429, headers: { 'retry-after': '9' } }, ['quota', 'upstream_quota']],
    ['500', { kind: 'status', status: 500 }, ['upstream_unreachable', 'upstream_unreachable']],
    ['502 with a page', { kind: 'status', status: 502, body: page }, ['upstream_unreachable', 'upstream_unreachable']],
    ['502 around a stale refusal', { kind: 'status', status: 502, contentType: 'application/json', body: '{"type":"invalid_grant"}' }, ['upstream_unreachable', 'upstream_unreachable']],
    ['550 of a partner', { kind: 'status', status: 550, contentType: 'application/json', body: '{"type":"ApiPartnerServerError"}' }, ['upstream_unreachable', 'upstream_unreachable']],
    ['a reset', { kind: 'reset' }, ['upstream_unreachable', 'upstream_unreachable']],
    ['no answer', { kind: 'no-answer', holdMs: 20 }, ['upstream_unreachable', 'upstream_unreachable']],
    ['an answer that breaks off', { kind: 'truncate' }, ['upstream_unreachable', 'upstream_unreachable']],
    ['the wrong environment', { kind: 'wrong-environment' }, ['wrong_environment', 'upstream_wrong_environment']],
    ['a missing role', { kind: 'role-missing' }, ['permission_missing', 'upstream_permission']],
    ['a page with 200', { kind: 'override', raw: page, contentType: 'text/html' }, ['unexpected_answer', 'upstream_unreadable']],
    ['a page with 400', { kind: 'status', status: 400, body: page }, ['unexpected_answer', 'upstream_refused']],
    ['a page with 403', { kind: 'status', status: 403, body: page }, ['unexpected_answer', 'upstream_refused']],
    ['404 without JSON', { kind: 'status', status: 404 }, ['unexpected_answer', 'upstream_refused']],
    ['a redirect', { kind: 'redirect', location: 'http://127.0.0.1:9/' }, ['unexpected_answer', 'upstream_redirected']],
    ['an empty 200', { kind: 'override', raw: '' }, ['unexpected_answer', 'upstream_unreadable']],
    ['a token twice', { kind: 'override', raw: '{"access_token":"sbx_a","access_token":"sbx_b"}' }, ['unexpected_answer', 'upstream_unreadable']],
    ['a very long body', { kind: 'huge', bytes: 200_000 }, ['unexpected_answer', 'upstream_unreadable']],
  ]

  test.each(innocent)('with %s is failing for that cause, keeps every token and asks no hotelier, however often it happens', async (_name, fault, [cause, code]) => {
    const connected = await makeAged()
    const before = await readStoredTokens(connected.connectionId)
    await spoil(connected, { ...fault, count: 0 })
    for (let round = 0; round < 3; round += 1) {
      const calls = watchCalls(rig)
      expect(await codeOf(connected)).toBe(code)
      expect(calls.all()).toEqual(['identity/refresh'])
      clock.advance(HOUR_MS)
      await refreshAllDue()
    }
    sandbox.control.faults.clear()
    expect(await show(connected)).toMatchObject({ status: 'refresh_failing', cause, lastRefreshOutcome: cause })
    const after = await readStoredTokens(connected.connectionId)
    expect([after.access, after.refresh]).toEqual([before.access, before.refresh])
    expect(await codeOf(connected)).toBe('refreshed')
    expect(await show(connected)).toMatchObject({ status: 'healthy', cause: null, lastRefreshOutcome: 'ok' })
  })

  test('leaves nothing to be tried again in the journal, because an answer stays what it is', async () => {
    const connected = await makeAged()
    for (const fault of [{ kind: 'status', status: 503 }, { kind: 'quota' }, { kind: 'override', raw: '{}' }] satisfies Fault[]) {
      await spoil(connected, fault)
      await codeOf(connected)
    }
    const rows = await db().grantJournal.findMany({ where: { connectionId: connected.connectionId } })
    expect(rows.map(({ state, tries }) => [state, tries])).toEqual([['refused', 0], ['refused', 0], ['refused', 0]])
  })

  test('because the client secret is wrong names the API client, and never the grant, on all of its connections', async () => {
    const connected = await makeAged()
    const other = await connect(rig, connected, { username: 'marco.bianchi', properties: ['324417'] })
    await sandbox.control.changeClientSecret(connected.apiClient.clientId, 'sbx_another_secret')
    for (const id of [connected.connectionId, other]) {
      for (let round = 0; round < 3; round += 1) {
        expect(await codeOf({ ...connected, subject: { ...connected.subject, id } })).toBe('api_client_refused')
        clock.advance(HALF_A_MINUTE_MS)
        await refreshAllDue()
      }
      expect(await getConnection(connected.actor.viewer, id)).toMatchObject({ status: 'refresh_failing', cause: 'api_client_refused', hasRefreshToken: true })
    }
    await sandbox.control.changeClientSecret(connected.apiClient.clientId, connected.apiClient.clientSecret)
    expect(await codeOf(connected)).toBe('refreshed')
  })

  test('because a stored token does not open says so, and sends nothing', async () => {
    const connected = await makeAged()
    await rig.database.sql(`UPDATE connections SET refresh_token_sealed = overlay(refresh_token_sealed placing 'AAAA' from 60) WHERE id = $1`, [connected.connectionId])
    const calls = watchCalls(rig)
    expect(await codeOf(connected)).toBe('secret_unreadable')
    expect(calls.all()).toEqual([])
    expect((await readStoredTokens(connected.connectionId).catch((error: Error) => error.name))).toBe('SealError')
  })
})

describe('a grant that the hotelier withdrew', () => {
  test.each(['octorate', 'oauth'] as const)('is asked about once more after 30 s before anybody is told to reconnect (errors in the style of %s)', async (errorStyle) => {
    await sandbox.control.settings.set({ errorStyle })
    const connected = await makeAged()
    await revoke(connected)
    const calls = watchCalls(rig)
    expect(await codeOf(connected)).toBe('refresh_refused_once')
    expect(calls.all()).toEqual(['identity/refresh', 'identity/apilogin'])
    expect(await show(connected)).toMatchObject({ status: 'refresh_failing', cause: 'unknown' })
    clock.advance(HALF_A_MINUTE_MS - 1)
    await refreshAllDue()
    expect(calls.count('identity/refresh')).toBe(1)
    clock.advance(1)
    await rig.asAnotherProcess(() => refreshAllDue())
    expect(calls.count('identity/refresh')).toBe(2)
    expect(await show(connected)).toMatchObject({ status: 'reconnect_required', cause: null, hasRefreshToken: true })
    const proofs = { targetId: connected.connectionId, action: 'connection.reconnect_required' }
    expect(await db().auditEvent.findMany({ where: proofs, select: { outcome: true, actorKind: true } })).toEqual([{ outcome: 'failure', actorKind: 'system' }])
    clock.advance(HOUR_MS)
    await refreshAllDue()
    expect(calls.count('identity/refresh')).toBe(2)
  })

  test('does not reach that verdict by impatience: pressing again within the 30 s decides nothing', async () => {
    const connected = await makeAged()
    await revoke(connected)
    for (let press = 0; press < 4; press += 1) {
      expect(await codeOf(connected)).toBe('refresh_refused_once')
      clock.advance(7_000)
    }
    expect(await show(connected)).toMatchObject({ status: 'refresh_failing', cause: 'unknown' })
    clock.advance(2_000)
    expect(await codeOf(connected)).toBe('reconnect_required')
  })

  test('is healthy again after the confirming try succeeds, because the first refusal was a hiccup', async () => {
    const connected = await makeAged()
    await spoil(connected, { kind: 'status', status: 403, contentType: 'application/json', body: '{"type":"ApiSecurityException","message":"The refresh token is not valid"}' })
    expect(await codeOf(connected)).toBe('refresh_refused_once')
    clock.advance(HALF_A_MINUTE_MS)
    await refreshAllDue()
    expect(await show(connected)).toMatchObject({ status: 'healthy', lastRefreshOutcome: 'ok' })
  })

  test('is not declared dead by a quota, an outage or a refused API client at the confirming try', async () => {
    for (const fault of [{ kind: 'quota' }, { kind: 'status', status: 503 }] satisfies Fault[]) {
      const connected = await makeAged()
      await revoke(connected)
      await codeOf(connected)
      clock.advance(HALF_A_MINUTE_MS)
      await spoil(connected, fault)
      await refreshAllDue()
      expect(await show(connected)).toMatchObject({ status: 'refresh_failing', hasRefreshToken: true })
    }
  })

  test('is not declared dead while ApiLogin can’t be asked', async () => {
    const faults: [Fault, RefreshFailingCause][] = [[{ kind: 'status', status: 503, count: 0 }, 'upstream_unreachable'], [{ kind: 'quota', count: 0 }, 'quota']]
    for (const [fault, cause] of faults) {
      const connected = await makeAged()
      await revoke(connected)
      await spoil(connected, fault, 'identity/apilogin')
      for (let round = 0; round < 3; round += 1) {
        await codeOf(connected)
        clock.advance(HALF_A_MINUTE_MS)
        await refreshAllDue()
      }
      expect(await show(connected)).toMatchObject({ status: 'refresh_failing', cause })
    }
  })

  test('is asked about as soon as the process is gone that held the lease at the confirming try', async () => {
    const connected = await makeAged()
    await revoke(connected)
    await codeOf(connected)
    clock.advance(HALF_A_MINUTE_MS)
    await holdLease(connected, '30 seconds')
    const calls = watchCalls(rig)
    await refreshAllDue()
    expect(calls.all()).toEqual([])
    await holdLease(connected, '-1 second')
    await refreshAllDue()
    expect(await show(connected)).toMatchObject({ status: 'reconnect_required' })
  })

  test('is known within a minute of the first refusal, for ten at once after a breach', async () => {
    const all: Connected[] = []
    for (let index = 0; index < 10; index += 1) all.push(await makeAged())
    await Promise.all(all.map(revoke))
    for (const connected of all) await codeOf(connected)
    for (let second = 0; second < 60; second += 5) {
      clock.advance(5_000)
      await refreshAllDue()
    }
    for (const connected of all) expect(await show(connected)).toMatchObject({ status: 'reconnect_required' })
  })

  test('is repaired by a new consent, under the same id', async () => {
    const connected = await makeAged()
    await revoke(connected)
    await codeOf(connected)
    clock.advance(HALF_A_MINUTE_MS)
    await refreshAllDue()
    expect(await connect(rig, connected)).toBe(connected.connectionId)
    expect(await show(connected)).toMatchObject({ status: 'healthy', cause: null })
    expect(await codeOf(connected)).toBe('refreshed')
  })
})

describe('a rotating refresh token whose answer was lost', () => {
  test('ends as reconnect required, told and not hidden, because Octorate has a newer one that nobody got', async () => {
    await sandbox.control.settings.set({ refreshRotation: 'rotate' })
    const connected = await makeAged()
    await spoil(connected, { kind: 'no-answer', when: 'after', holdMs: 20 })
    expect(await codeOf(connected)).toBe('upstream_unreachable')
    expect(await codeOf(connected)).toBe('refresh_refused_once')
    clock.advance(HALF_A_MINUTE_MS)
    await refreshAllDue()
    expect(await show(connected)).toMatchObject({ status: 'reconnect_required' })
  })

  test('is recovered within Octorate’s time of grace', async () => {
    await sandbox.control.settings.set({ refreshRotation: 'rotate-with-grace' })
    const connected = await makeAged()
    await spoil(connected, { kind: 'no-answer', when: 'after', holdMs: 20 })
    expect(await codeOf(connected)).toBe('upstream_unreachable')
    expect(await codeOf(connected)).toBe('refreshed')
    expect(await inspectStored(rig, connected.connectionId)).toMatchObject({ access: 'live', refresh: 'live' })
  })
})
