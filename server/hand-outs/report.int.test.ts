import { afterEach, describe, expect, test } from 'vitest'
import { db } from '../db'
import { openMachineFront } from '../../tests/machine-front'
import { askToken, isLive, makeMachineSetting, type MachineSetting } from '../../tests/machine-setting'
import { makeMachineKey } from '../../tests/make-machine-key'
import { openRig } from '../../tests/runtime'
import { watchCalls } from '../../tests/upstream-calls'

const rig = await openRig()
const { sandbox, clock } = rig
const front = await openMachineFront()
const HOUR_MS = 3_600_000

afterEach(() => sandbox.control.faults.clear())

async function report({ connectionId, key }: Pick<MachineSetting, 'connectionId' | 'key'>, body: unknown) {
  const answer = await front.call('POST', `/api/v1/connections/${connectionId}/access-token/rejected`, { as: key.header, body })
  return { status: answer.status, ...(answer.json() as { outcome?: string; code?: string }) }
}

async function makeUsed() {
  const setting = await makeMachineSetting(rig)
  clock.advance(HOUR_MS)
  return { setting, token: await askToken(front, setting) }
}

describe('a report that Octorate refused a token', () => {
  test.each([
    ['a 401', { status: 401 }],
    ['a 401 with a type', { status: 401, type: 'ApiKeyInvalid' }],
    ['a 403 ApiLoginExpired', { status: 403, type: 'ApiLoginExpired' }],
  ])('leads to one refresh when it is the current token and the answer was %s', async (_what, refusal) => {
    const { setting, token } = await makeUsed()
    const calls = watchCalls(rig)
    const reports = await Promise.all(Array.from({ length: 10 }, () => report(setting, { fingerprint: token.fingerprint, ...refusal })))
    // Who comes when it is over hears that a newer one is there.
    expect(reports.filter(({ outcome }) => outcome !== 'not_current').map(({ outcome }) => outcome)).toContain('refreshed')
    expect(reports.every(({ outcome }) => outcome === 'refreshed' || outcome === 'not_current')).toBe(true)
    expect(calls.count('identity/refresh')).toBe(1)
    const next = await askToken(front, setting)
    expect([next.accessToken !== token.accessToken, isLive(rig, next)]).toEqual([true, true])
    expect(await report(setting, { fingerprint: token.fingerprint, ...refusal })).toEqual({ status: 200, outcome: 'not_current' })
    expect(calls.count('identity/refresh')).toBe(1)
  })

  test.each([
    ['a quota', { status: 403, type: 'ApiQuotaException' }],
    ['the wrong environment', { status: 403, type: 'WrongEnviroment' }],
    ['a missing permission', { status: 403 }],
    ['the wrong kind of token', { status: 403, type: 'ApiSecurityException' }],
    ['an error of Octorate', { status: 500, type: 'InternalServerError' }],
    ['something that is not there', { status: 404, type: 'ApiLoginExpired' }],
  ])('causes nothing for %s, because a new token would not mend it', async (_what, refusal) => {
    const { setting, token } = await makeUsed()
    const calls = watchCalls(rig)
    expect(await report(setting, { fingerprint: token.fingerprint, ...refusal })).toEqual({ status: 200, outcome: 'not_about_the_token' })
    expect(calls.all()).toEqual([])
  })

  test('causes nothing for a token that is not the current one', async () => {
    const { setting } = await makeUsed()
    const calls = watchCalls(rig)
    expect(await report(setting, { fingerprint: '0123456789abcdef', status: 401 })).toEqual({ status: 200, outcome: 'not_current' })
    expect(calls.all()).toEqual([])
  })

  test('tells that the grant may be dead as soon as Octorate refuses the refresh', async () => {
    const { setting, token } = await makeUsed()
    await sandbox.control.revoke({ clientId: setting.apiClient.clientId })
    expect(await report(setting, { fingerprint: token.fingerprint, status: 401 })).toEqual({ status: 200, outcome: 'refresh_refused' })
  })

  test('does not refresh for ever when every new token is refused too', async () => {
    const { setting } = await makeUsed()
    const calls = watchCalls(rig)
    const outcomes = []
    for (let round = 0; round < 5; round += 1) {
      clock.advance(1_000)
      const { fingerprint } = await askToken(front, setting)
      outcomes.push((await report(setting, { fingerprint, status: 401 })).outcome)
    }
    expect(outcomes).toEqual(['refreshed', 'refreshed', 'refreshed', 'temporarily_unavailable', 'temporarily_unavailable'])
    expect(calls.count('identity/refresh')).toBe(3)
    clock.advance(60_000)
    const { fingerprint } = await askToken(front, setting)
    expect((await report(setting, { fingerprint, status: 401 })).outcome).toBe('refreshed')
  })

  test('is audited once for each token and verdict, because a quota day brings thousands', async () => {
    const { setting, token } = await makeUsed()
    for (let round = 0; round < 5; round += 1) await report(setting, { fingerprint: token.fingerprint, status: 403, type: 'ApiQuotaException' })
    await report(setting, { fingerprint: token.fingerprint, status: 401 })
    const events = await db().auditEvent.findMany({ where: { actorId: setting.key.id, action: 'access_token.rejection_reported' }, orderBy: { id: 'asc' } })
    expect(events.map(({ detail }) => detail)).toEqual([
      { status: 403, type: 'ApiQuotaException', fingerprint: token.fingerprint, verdict: 'not_about_the_token' },
      { status: 401, type: null, fingerprint: token.fingerprint, verdict: 'refreshing' },
    ])
  })

  test('is not taken from another organization, nor from a key that may not use the token', async () => {
    const { setting, token } = await makeUsed()
    const stranger = await makeMachineSetting(rig)
    const calls = watchCalls(rig)
    const body = { fingerprint: token.fingerprint, status: 401 }
    expect(await report({ ...setting, key: stranger.key }, body)).toMatchObject({ status: 404, code: 'not_found' })
    expect(await report({ ...setting, key: await makeMachineKey(setting.actor, { properties: ['1'] }) }, body)).toMatchObject({ status: 404 })
    expect(await report({ ...setting, key: await makeMachineKey(setting.actor, { scopes: ['connections:read'] }) }, body)).toMatchObject({ status: 403 })
    expect(calls.all()).toEqual([])
  })
})
