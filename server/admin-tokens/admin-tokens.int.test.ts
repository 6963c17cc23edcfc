import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { adminTokensSchema } from '@/contracts/admin-tokens'
import { ROLES } from '@/contracts/permissions'
import { obtainAdminToken } from '../api-clients/obtain-admin-token'
import { hashPassword } from '../auth/password'
import { getLastCalls } from '../calls/get-last-calls'
import { db } from '../db'
import type { Actor } from '../http/define-handler'
import { draftLetter } from '../letters/draft-letter'
import { connect } from '../../tests/consent-flow'
import { dumpDatabase } from '../../tests/database-dump'
import { makeActor, makeApiClient, makeColleague } from '../../tests/factories'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'
import { watchCalls } from '../../tests/upstream-calls'
import { findAdminToken } from './hold-admin-token'
import { listAdminTokens } from './list-admin-tokens'
import { revealAdminToken } from './reveal-admin-token'
import { testAdminToken } from './test-admin-token'

const rig = await openRig()
const { sandbox, clock, database } = rig
const PASSWORD = 'four unrelated plain words'
const DAY_MS = 86_400_000

afterEach(async () => {
  sandbox.control.faults.clear()
  await sandbox.control.settings.set({ newLoginEndsAdminToken: false })
})

async function makeHeld() {
  const actor = await makeActor()
  await givePassword(actor)
  const apiClient = await makeApiClient(rig, actor)
  await obtainAdminToken(actor, apiClient.id)
  const list = () => listAdminTokens(actor.viewer, apiClient.id)
  const [current] = (await list()).items
  return { actor, apiClient, id: apiClient.id, tokenId: current?.id ?? '', list }
}

async function givePassword({ viewer }: Actor) {
  await db().user.update({ where: { id: viewer.userId }, data: { passwordHash: await hashPassword(PASSWORD) } })
}

describe('the history', () => {
  test('tells which token is in use, which was replaced, and which has ended', async () => {
    const { actor, id, list } = await makeHeld()
    clock.advance(1_000)
    await obtainAdminToken(actor, id)
    expect(adminTokensSchema.strict().parse(await list()).items.map(({ state }) => state)).toEqual(['current', 'retired'])
    clock.advance(365 * DAY_MS)
    expect((await list()).items.map(({ state }) => state)).toEqual(['expired', 'expired'])
  })

  test.each([[300, null], [306, 60], [336, 30], [358.5, 7], [364.5, 1], [366, 0]])('after %d days reminds at %s', async (days, reminder) => {
    const { list } = await makeHeld()
    clock.advance(days * DAY_MS)
    expect((await list()).reminderDays).toBe(reminder)
  })

  test('shows nothing of a token but its end', async () => {
    const { actor, apiClient, id, list } = await makeHeld()
    const token = await findAdminToken({ id, organizationId: actor.viewer.organizationId })
    for (const shown of [await list(), await getLastCalls(actor.viewer, id, 'admin_token')]) {
      expect(JSON.stringify(shown)).not.toContain(token?.reveal() ?? 'none is held')
      expect(JSON.stringify(shown)).not.toContain(apiClient.clientSecret)
    }
  })
})

describe('a test', () => {
  test('reads with that very token, logs nobody in, and changes nothing at Octorate', async () => {
    const { actor, apiClient, id, tokenId } = await makeHeld()
    const before = sandbox.control.configuration(apiClient.clientId)
    const calls = watchCalls(rig)
    const { items } = await testAdminToken(actor, { id, tokenId })
    expect(items[0]?.test).toEqual({ at: clock.date.toISOString(), accepted: true })
    expect(calls.all()).toEqual(['api/configuration'])
    expect(sandbox.control.configuration(apiClient.clientId)).toEqual(before)
  })

  test.each([[false, true], [true, false]])('of a replaced token shows what Octorate alone knows: ended by the new log-in %s, accepted %s', async (ends, accepted) => {
    const { actor, id, tokenId } = await makeHeld()
    await sandbox.control.settings.set({ newLoginEndsAdminToken: ends })
    clock.advance(1_000)
    await obtainAdminToken(actor, id)
    const { items } = await testAdminToken(actor, { id, tokenId })
    expect(items.find((each) => each.id === tokenId)?.test).toMatchObject({ accepted })
  })

  test.each([
    ['quota', { kind: 'quota' }, 'upstream_quota'],
    ['an outage', { kind: 'status', status: 503 }, 'upstream_unreachable'],
    ['a page', { kind: 'override', raw: '<html>', contentType: 'text/html' }, 'upstream_unreadable'],
    ['a missing permission', { kind: 'role-missing' }, 'upstream_permission'],
    ['the wrong environment', { kind: 'wrong-environment' }, 'upstream_wrong_environment'],
  ] as const)('says nothing about the token when %s was the reason', async (_name, fault, code) => {
    const { actor, apiClient, id, tokenId, list } = await makeHeld()
    await sandbox.control.faults.add({ endpoint: 'api/configuration', clientId: apiClient.clientId, ...fault })
    expect(await refusalOf(testAdminToken(actor, { id, tokenId }))).toBe(code)
    expect((await list()).items[0]?.test).toBeNull()
  })

  test('notes that Octorate took it no longer', async () => {
    const { actor, apiClient, id, tokenId } = await makeHeld()
    await sandbox.control.expireAdminTokens(apiClient.clientId)
    const calls = watchCalls(rig)
    expect((await testAdminToken(actor, { id, tokenId })).items[0]?.test).toMatchObject({ accepted: false })
    expect(calls.count('identity/apilogin')).toBe(0)
  })
})

describe('revealing a token', () => {
  test.each(ROLES.map((role) => [role, role === 'owner' ? 'none' : 'not_allowed'] as const))('is for owners alone: %s is answered %s', async (role, refusal) => {
    const { actor, id, tokenId } = await makeHeld()
    const somebody = await makeColleague(actor, role)
    await givePassword(somebody)
    expect(await refusalOf(revealAdminToken(somebody, { id, tokenId, password: PASSWORD, reason: 'ticket 4711' }))).toBe(refusal)
  })

  test('hands out the token that works, and proves who wanted it and why', async () => {
    const { actor, id, tokenId } = await makeHeld()
    const { token } = await revealAdminToken(actor, { id, tokenId, password: PASSWORD, reason: 'ticket 4711' })
    const answer = await fetch(`${sandbox.apiUrl}/rest/v1/api/configuration`, { headers: { authorization: `Bearer ${token}` } })
    expect(answer.status).toBe(200)
    const [event, ...others] = await db().auditEvent.findMany({ where: { targetId: tokenId, action: 'admin_token.revealed' } })
    expect(event).toMatchObject({ outcome: 'success', actorId: actor.viewer.userId, detail: { reason: 'ticket 4711' }, requestId: actor.context.requestId })
    expect(others).toEqual([])
    expect(await dumpDatabase(database)).not.toContain(token)
    expect(rig.logs()).not.toContain(token)
  })

  test('never happens without the password of this very person in 300 tries, and each refusal is on record', async () => {
    const { actor, id, tokenId } = await makeHeld()
    const wrong = ['', ' ', PASSWORD.toUpperCase(), `${PASSWORD} `, PASSWORD.slice(0, -1), 'null', '0']
    const refusals = new Set<string>()
    for (let attempt = 0; attempt < 300; attempt += 1) {
      refusals.add(await refusalOf(revealAdminToken(actor, { id, tokenId, password: wrong[attempt % wrong.length] ?? '', reason: 'because' })))
    }
    expect([...refusals].sort()).toEqual(['password_wrong', 'too_many_attempts'])
    expect(await db().auditEvent.count({ where: { targetId: tokenId, action: 'admin_token.revealed' } })).toBe(0)
    expect(await db().auditEvent.count({ where: { targetId: actor.viewer.userId, action: 'session.refused' } })).toBeGreaterThan(0)
  })

  test('takes a sign-in of the last five minutes from somebody who has no password', async () => {
    const { actor, id, tokenId } = await makeHeld()
    const { userId, sessionId, organizationId } = actor.viewer
    await db().user.update({ where: { id: userId }, data: { passwordHash: null } })
    const reveal = () => refusalOf(revealAdminToken(actor, { id, tokenId, password: '', reason: 'because' }))
    expect(await reveal()).toBe('fresh_sign_in_needed')
    await db().session.create({
      data: {
        id: sessionId, userId, organizationId, tokenDigest: randomUUID(), address: '192.0.2.7', userAgent: 'test', createdAt: clock.date,
        authenticatedAt: clock.date, lastSeenAt: clock.date, expiresAt: new Date(clock.at + DAY_MS),
      },
    })
    expect(await reveal()).toBe('none')
    clock.advance(5 * 60_000 + 1)
    expect(await reveal()).toBe('fresh_sign_in_needed')
  })

  test('finds no token of another API client or organization', async () => {
    const [mine, theirs] = [await makeHeld(), await makeHeld()]
    const wish = { password: PASSWORD, reason: 'because' }
    for (const place of [{ id: mine.id, tokenId: theirs.tokenId }, { id: theirs.id, tokenId: theirs.tokenId }]) {
      expect(await refusalOf(revealAdminToken(mine.actor, { ...place, ...wish }))).toBe('not_found')
      expect(await refusalOf(testAdminToken(mine.actor, place))).toBe('not_found')
    }
  })

  test('is no way to a refresh or access token: there is no such call', async () => {
    const { actor, apiClient } = await makeHeld()
    const connectionId = await connect(rig, { actor, apiClient })
    expect(await refusalOf(revealAdminToken(actor, { id: apiClient.id, tokenId: connectionId, password: PASSWORD, reason: 'because' }))).toBe('not_found')
  })
})

describe('a letter that asks Octorate to end a token', () => {
  test('names the token by its end, and only one of this API client', async () => {
    const { actor, id, tokenId, list } = await makeHeld()
    const { items: [letter] } = await draftLetter(actor, id, { kind: 'admin_token', redirectUris: [], adminTokenId: tokenId })
    expect(letter?.last4).toBe((await list()).items[0]?.last4)
    expect(await refusalOf(draftLetter(actor, id, { kind: 'admin_token', redirectUris: [], adminTokenId: randomUUID() }))).toBe('not_found')
    expect(await refusalOf(draftLetter(actor, id, { kind: 'admin_token', redirectUris: [] }))).toBe('not_found')
  })
})
