import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { RefreshFailingCause } from '@/lib/connection-status'
import { db } from '../db'
import { reportSilence } from './circuits'
import { requestRefresh } from './request-refresh'
import { makeConnected, type Connected } from '../../tests/consent-flow'
import { makeActor } from '../../tests/factories'
import { refreshAllDue } from '../../tests/refresh-all-due'
import { refreshOnce } from '../../tests/refresh-once'
import { openRig } from '../../tests/runtime'
import { inspectStored, readStoredTokens } from '../../tests/stored-tokens'
import { watchCalls, type Fault } from '../../tests/upstream-calls'

/**
 * Everything that may be wrong with the answer to a refresh, at every point at which one is sent. A cell stands for one
 * fault that strikes one refresh; all cells of a fault are one test.
 */
const rig = await openRig()
const { sandbox, clock } = rig
const MINUTE_MS = 60_000
const UPSTREAM = 'sandbox'
const CIRCUIT_OPENS_AFTER = 5
const PAGE = '<!doctype html><title>Maintenance</title>'
const json = (status: number, body: object): Fault => ({ kind: 'status', status, contentType: 'application/json', body: JSON.stringify(body) })
const raw = (text: string): Fault => ({ kind: 'override', raw: text })

type Verdict = RefreshFailingCause | 'granted' | 'in_doubt'

const FAULTS: readonly (readonly [string, Fault, Verdict])[] = [
  ['a reset before the request has effect', { kind: 'reset' }, 'upstream_unreachable'],
  ['a reset after the request had effect', { kind: 'reset', when: 'after' }, 'upstream_unreachable'],
  ['silence before the request has effect', { kind: 'no-answer', holdMs: 20 }, 'upstream_unreachable'],
  ['silence after the request had effect', { kind: 'no-answer', when: 'after', holdMs: 20 }, 'upstream_unreachable'],
  ['an answer that breaks off', { kind: 'truncate' }, 'upstream_unreachable'],
  ['408', { kind: 'status', status: 408 }, 'upstream_unreachable'],
  ['500', { kind: 'status', status: 500 }, 'upstream_unreachable'],
  ['502 with a page', { kind: 'status', status: 502, body: PAGE }, 'upstream_unreachable'],
  ['502 around a refusal', json(502, { type: 'invalid_grant' }), 'upstream_unreachable'],
  ['503 after the request had effect', { kind: 'status', status: 503, when: 'after' }, 'upstream_unreachable'],
  ['550 of a partner', json(550, { type: 'ApiPartnerServerError' }), 'upstream_unreachable'],
  ['the quota’s 403', { kind: 'quota' }, 'quota'],
  ['429', { kind: 'status', status: 429 }, 'quota'],
  ['the wrong environment', { kind: 'wrong-environment' }, 'wrong_environment'],
  ['a missing role', { kind: 'role-missing' }, 'permission_missing'],
  ['a redirect that keeps the method', { kind: 'redirect', location: 'http://127.0.0.1:9/', status: 307 }, 'unexpected_answer'],
  ['a page with 200', { kind: 'override', raw: PAGE, contentType: 'text/html' }, 'unexpected_answer'],
  ['a page with 403', { kind: 'status', status: 403, body: PAGE }, 'unexpected_answer'],
  ['404', { kind: 'status', status: 404 }, 'unexpected_answer'],
  ['405', json(405, {}), 'unexpected_answer'],
  ['422', json(422, { type: 'ApiValidationFailed' }), 'unexpected_answer'],
  ['an empty 200', raw(''), 'unexpected_answer'],
  ['a 200 without a token', raw('{}'), 'unexpected_answer'],
  ['a 200 that is a list', raw('[{"access_token":"sbx_a"}]'), 'unexpected_answer'],
  ['a token twice', raw('{"access_token":"sbx_a","access_token":"sbx_b"}'), 'unexpected_answer'],
  ['a token that is a number', raw('{"access_token":7}'), 'unexpected_answer'],
  ['a very long body', { kind: 'huge', bytes: 200_000 }, 'unexpected_answer'],
  ['a date of another style', { kind: 'odd-date' }, 'granted'],
  ['a token without an end', { kind: 'override', remove: ['expireDate', 'expires_in'] }, 'granted'],
  ['400 invalid_grant', json(400, { error: 'invalid_grant' }), 'in_doubt'],
  ['401 ApiKeyInvalid', json(401, { type: 'ApiKeyInvalid' }), 'in_doubt'],
  ['403 ApiSecurityException', json(403, { type: 'ApiSecurityException', message: 'The refresh token is not valid' }), 'in_doubt'],
]

const dueNow = ({ connectionId }: Connected) => db().connection.update({ where: { id: connectionId }, data: { nextRefreshAt: clock.date } })

/** Who sends the refresh that goes wrong. Each is played in a process that remembers nothing. */
const POINTS: Readonly<Record<'due' | 'asked' | 'reported' | 'pressed' | 'confirming' | 'probing', (connected: Connected) => Promise<unknown>>> = {
  due: async (connected) => {
    await dueNow(connected)
    await refreshAllDue()
  },
  asked: ({ subject }) => requestRefresh(subject, { reason: 'hand_out', waitMs: 20_000 }),
  reported: async ({ connectionId, subject }) => {
    const { accessTokenVersion: seenVersion } = (await readStoredTokens(connectionId)).row
    await requestRefresh(subject, { reason: 'report', waitMs: 20_000, seenVersion })
  },
  pressed: ({ subject }) => refreshOnce(subject),
  confirming: async ({ connectionId }) => {
    const doubted = { state: 'refresh_failing', cause: 'unknown', lastRefreshOutcome: 'confirming', refreshFailures: 1, nextRefreshAt: clock.date } as const
    await db().connection.update({ where: { id: connectionId }, data: doubted })
    await refreshAllDue()
  },
  probing: async (connected) => {
    for (let silence = 0; silence < CIRCUIT_OPENS_AFTER; silence += 1) reportSilence(UPSTREAM, null)
    clock.advance(MINUTE_MS)
    await dueNow(connected)
    await refreshAllDue()
  },
}
const POINT_NAMES = Object.keys(POINTS) as (keyof typeof POINTS)[]

const EXPECTED = {
  granted: { state: 'connected', cause: null, lastRefreshOutcome: 'ok' },
  doubted: { state: 'refresh_failing', cause: 'unknown', lastRefreshOutcome: 'confirming' },
  dead: { state: 'reconnect_required', cause: null, lastRefreshOutcome: 'reconnect_required' },
} as const

function expectedOf(verdict: Verdict, point: keyof typeof POINTS) {
  if (verdict === 'granted') return EXPECTED.granted
  if (verdict === 'in_doubt') return point === 'confirming' ? EXPECTED.dead : EXPECTED.doubted
  return { state: 'refresh_failing', cause: verdict, lastRefreshOutcome: verdict }
}

let connected: Connected
beforeAll(async () => {
  connected = await makeConnected(rig, await makeActor(), UPSTREAM)
})
afterEach(() => sandbox.control.faults.clear())

describe('a refresh that meets', () => {
  test.each(FAULTS)('%s writes the same on the connection, whoever sent it; only a confirming try asks for a reconnect', async (_name, fault, verdict) => {
    for (const point of POINT_NAMES) {
      clock.advance(10 * MINUTE_MS)
      // A quota leaves a slow lane, which is timed by the database's clock.
      await rig.database.sql('UPDATE refresh_lanes SET gap_ms = 0, next_slot_at = clock_timestamp()')
      const before = await readStoredTokens(connected.connectionId)
      await sandbox.control.faults.add({ endpoint: 'identity/refresh', clientId: connected.apiClient.clientId, count: 0, ...fault })
      const calls = watchCalls(rig)
      await rig.asAnotherProcess(() => POINTS[point](connected))
      const after = await readStoredTokens(connected.connectionId)
      expect({ point, row: after.row }).toMatchObject({ point, row: expectedOf(verdict, point) })
      expect([point, calls.count('identity/refresh')]).toEqual([point, 1])
      expect([point, after.refresh]).toEqual([point, before.refresh])
      expect([point, after.access === before.access]).toEqual([point, verdict !== 'granted'])
      sandbox.control.faults.clear()
      // Nothing of it stands in the way of the next refresh.
      clock.advance(10 * MINUTE_MS)
      expect(await rig.asAnotherProcess(() => refreshOnce(connected.subject))).toEqual({ outcome: 'refreshed' })
      expect(await inspectStored(rig, connected.connectionId)).toMatchObject({ access: 'live', refresh: 'live' })
    }
  })
})
