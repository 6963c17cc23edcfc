import { encode } from 'next-auth/jwt'
import { describe, expect, test } from 'vitest'
import { authSecret } from '../auth/auth-secret'
import { findViewer } from '../auth/find-viewer'
import { digest, randomToken } from '../crypto/digest'
import { db } from '../db'
import type { Actor } from '../http/define-handler'
import { endSession } from './end-session'
import { listSessions } from './list-sessions'
import { revokeSessions } from './revoke-sessions'
import { startSession } from './start-session'
import { dumpDatabase, findSecrets } from '../../tests/database-dump'
import { makeActor, makeColleague } from '../../tests/factories'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'

const rig = await openRig()
const { clock } = rig
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const cookieOf = (sessionToken: string, secret = authSecret()) => encode({ token: { sessionToken }, secret })

/** Signs in as a new person, or as the one given. */
async function signIn(actor?: Actor, previousToken: string | null = null) {
  const person = actor ?? (await makeActor())
  const token = await startSession({ userId: person.viewer.userId, previousToken, method: 'password', context: person.context })
  const row = await db().session.findUniqueOrThrow({ where: { tokenDigest: digest(token) } })
  const cookie = await cookieOf(token)
  return { actor: { ...person, viewer: { ...person.viewer, sessionId: row.id } }, token, cookie, id: row.id }
}

describe('a session', () => {
  test('shows who holds it, from the rows of this very moment', async () => {
    const { actor, cookie, id } = await signIn()
    expect(await findViewer(cookie)).toEqual({ ...actor.viewer, sessionId: id })
    await db().membership.updateMany({ where: { userId: actor.viewer.userId }, data: { role: 'viewer' } })
    expect(await findViewer(cookie)).toMatchObject({ role: 'viewer' })
  })

  test('is known by a digest only: its token is in no table and no log', async () => {
    const { token, cookie } = await signIn()
    await findViewer(cookie)
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(findSecrets(await dumpDatabase(rig.database), [token, cookie])).toEqual([])
    expect(findSecrets(rig.logs(), [token, cookie])).toEqual([])
  })

  test('is nobody’s without a cookie, or with one that we did not make', async () => {
    const { token } = await signIn()
    const foreign = [
      undefined,
      '',
      'x',
      token,
      'eyJhbGciOiJub25lIn0..',
      await cookieOf(token, 'another secret'),
      await cookieOf(randomToken()),
      await cookieOf(digest(token)),
      await encode({ token: { sub: 'x' }, secret: authSecret() }),
      await encode({ token: { sessionToken: 7 } as never, secret: authSecret() }),
    ]
    for (const cookie of foreign) expect(await findViewer(cookie)).toBeNull()
  })

  test('ends at once when it is revoked, in every process', async () => {
    const { actor, cookie, id } = await signIn()
    const other = await signIn(actor)
    await revokeSessions(other.actor, { id })
    expect(await findViewer(cookie)).toBeNull()
    expect(await rig.asAnotherProcess(() => findViewer(cookie))).toBeNull()
    expect(await findViewer(other.cookie)).not.toBeNull()
  })

  test('ends when its person is disabled, or is no member of its organization any more', async () => {
    const [disabled, removed] = [await signIn(), await signIn()]
    await db().user.update({ where: { id: disabled.actor.viewer.userId }, data: { disabledAt: clock.date } })
    await db().membership.deleteMany({ where: { userId: removed.actor.viewer.userId } })
    await db().membership.create({ data: { userId: removed.actor.viewer.userId, organizationId: disabled.actor.viewer.organizationId, role: 'owner' } })
    expect(await findViewer(disabled.cookie)).toBeNull()
    expect(await findViewer(removed.cookie)).toBeNull()
  })

  test('ends after an hour without a request, and each request starts the hour anew', async () => {
    const { cookie } = await signIn()
    for (let request = 0; request < 3; request += 1) {
      clock.advance(HOUR_MS - 1)
      expect(await findViewer(cookie)).not.toBeNull()
    }
    clock.advance(HOUR_MS)
    expect(await findViewer(cookie)).toBeNull()
  })

  test('ends an hour after the last act, although the page went on asking by itself', async () => {
    const { cookie } = await signIn()
    for (let minute = 0; minute < 59; minute += 1) {
      clock.advance(MINUTE_MS)
      expect(await findViewer(cookie, { isUnattended: true })).not.toBeNull()
    }
    clock.advance(MINUTE_MS)
    expect(await findViewer(cookie, { isUnattended: true })).toBeNull()
  })

  test('ends twelve hours after the sign-in, however busy it was', async () => {
    const { cookie } = await signIn()
    for (let half = 0; half < 23; half += 1) {
      clock.advance(HOUR_MS / 2)
      expect(await findViewer(cookie)).not.toBeNull()
    }
    clock.advance(HOUR_MS / 2 - 1)
    expect(await findViewer(cookie)).not.toBeNull()
    clock.advance(1)
    expect(await findViewer(cookie)).toBeNull()
  })

  test('is written to at most once a minute by being used', async () => {
    const { cookie, id } = await signIn()
    const seen = async () => (await db().session.findUniqueOrThrow({ where: { id } })).lastSeenAt
    const first = await seen()
    clock.advance(MINUTE_MS - 1)
    await findViewer(cookie)
    expect(await seen()).toEqual(first)
    clock.advance(1)
    await findViewer(cookie)
    expect(await seen()).toEqual(clock.date)
  })
})

describe('signing in', () => {
  test('ends the session that the browser held before, so that nobody keeps using an older one', async () => {
    const first = await signIn()
    const second = await signIn(first.actor, first.token)
    expect(await findViewer(first.cookie)).toBeNull()
    expect(await findViewer(second.cookie)).not.toBeNull()
    expect(second.token).not.toBe(first.token)
  })

  test('leaves the person’s sessions in other browsers alone', async () => {
    const first = await signIn()
    await signIn(first.actor, null)
    expect(await findViewer(first.cookie)).not.toBeNull()
  })

  test('is refused to somebody who belongs to no organization', async () => {
    const user = await db().user.create({ data: { name: 'Nobody', email: 'nobody@example.com' } })
    const { context } = await makeActor()
    expect(await refusalOf(startSession({ userId: user.id, previousToken: null, method: 'oidc', context }))).toBe('not_allowed')
  })

  test('and out is audited', async () => {
    const { actor, token, id } = await signIn()
    await endSession(token, actor.context)
    await endSession(token, actor.context)
    await endSession(randomToken(), actor.context)
    const events = await db().auditEvent.findMany({ where: { targetId: id }, orderBy: { id: 'asc' } })
    expect(events.map(({ action, address }) => [action, address])).toEqual([
      ['session.started', actor.context.address], ['session.ended', actor.context.address],
    ])
  })
})

describe('one’s own sessions', () => {
  test('are listed while they live, the newest first, the asking one marked', async () => {
    const first = await signIn()
    clock.advance(1_000)
    const second = await signIn(first.actor)
    clock.advance(1_000)
    const revoked = await signIn(first.actor)
    await revokeSessions(second.actor, { id: revoked.id })
    await signIn(await makeColleague(first.actor))
    const { items } = await listSessions(second.actor.viewer)
    expect(items.map(({ id, current }) => [id, current])).toEqual([[second.id, true], [first.id, false]])
    clock.advance(HOUR_MS)
    expect((await listSessions(second.actor.viewer)).items).toEqual([])
  })

  test('end all but the asking one, when a person wishes so', async () => {
    const first = await signIn()
    const [second, third] = [await signIn(first.actor), await signIn(first.actor)]
    const colleague = await signIn(await makeColleague(first.actor))
    await revokeSessions(second.actor, 'others')
    expect(await findViewer(first.cookie)).toBeNull()
    expect(await findViewer(third.cookie)).toBeNull()
    expect(await findViewer(second.cookie)).not.toBeNull()
    expect(await findViewer(colleague.cookie)).not.toBeNull()
  })

  test('are the only ones that a person can end, even an owner', async () => {
    const owner = await signIn()
    const colleague = await signIn(await makeColleague(owner.actor, 'viewer'))
    expect(await refusalOf(revokeSessions(owner.actor, { id: colleague.id }))).toBe('not_found')
    await revokeSessions(owner.actor, { id: owner.id })
    expect(await refusalOf(revokeSessions(owner.actor, { id: owner.id }))).toBe('not_found')
    expect(await findViewer(colleague.cookie)).not.toBeNull()
  })
})
