import { randomUUID } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import { beforeEach, describe, expect, test } from 'vitest'
import { createMachineKeyInput } from '@/contracts/machine-keys'
import { authSecret } from '../auth/auth-secret'
import { findViewer } from '../auth/find-viewer'
import { db } from '../db'
import type { Actor } from '../http/define-handler'
import { acceptInvitation } from '../invitations/accept-invitation'
import { createInvitation } from '../invitations/create-invitation'
import { openInvitation } from '../invitations/open-invitation'
import { revokeInvitation } from '../invitations/revoke-invitation'
import { authenticateMachineKey } from '../machine-keys/authenticate'
import { createMachineKey } from '../machine-keys/create-machine-key'
import { getMachineKey } from '../machine-keys/get-machine-key'
import { rotateMachineKey } from '../machine-keys/rotate-machine-key'
import { chooseOrganization } from '../organizations/choose-organization'
import { createOrganization } from '../organizations/create-organization'
import { listChoices } from '../organizations/list-choices'
import { issueRecovery } from '../owner-recovery/issue-recovery'
import { recoverOwner } from '../owner-recovery/recover-owner'
import { verifyPassword } from '../sign-in/verify-password'
import { startSession } from '../sessions/start-session'
import { changeRole } from './change-role'
import { endPersonSessions } from './end-person-sessions'
import { getPerson } from './get-person'
import { listPeople } from './list-people'
import { removePerson } from './remove-person'
import { dumpDatabase, findSecrets } from '../../tests/database-dump'
import { makeActor, makeApiClient, makeColleague } from '../../tests/factories'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'
import { signedIn } from '../../tests/signed-in'

const rig = await openRig()
const { clock } = rig
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const PASSWORD = 'four unrelated words together'
const context = { requestId: 'r', address: '192.0.2.9', userAgent: 'integration test' }

beforeEach(async () => {
  clock.advance(60 * MINUTE_MS)
  await rig.database.sql('DELETE FROM sign_in_throttles')
})

const tokenOf = (link: string) => link.split('#')[1] ?? ''
const newEmail = () => `${randomUUID().slice(0, 8)}@example.com`
const viewerOf = async (token: string) => findViewer(await encode({ token: { sessionToken: token }, secret: authSecret() }))
const eventsOf = (targetId: string) => db().auditEvent.findMany({ where: { targetId }, orderBy: { id: 'asc' } })
const keyOf = (actor: Actor, isPersonal: boolean) =>
  createMachineKey(actor, createMachineKeyInput.parse({ name: isPersonal ? 'Mine' : 'Ours', environment: 'SANDBOX', scopes: ['tokens:read'], isPersonal }))
const isLetIn = async (key: string) =>
  (await refusalOf(authenticateMachineKey(`Bearer ${key}`, { address: '8.8.8.8', userAgent: 'x', route: 'GET /' }))) === 'none'

describe('an invitation', () => {
  test('makes an account and a membership by a link that is stored as a digest and works once', async () => {
    const owner = await signedIn(await makeActor())
    const email = newEmail()
    const { link, isMailed } = await createInvitation(owner, { email, asRole: 'support', password: '' })
    expect(link).toMatch(/^http:\/\/localhost:3000\/join#[A-Za-z0-9_-]{43}$/)
    expect(isMailed).toBe(false)
    expect(findSecrets(await dumpDatabase(rig.database), [tokenOf(link)])).toEqual([])
    expect(await openInvitation(tokenOf(link), context)).toEqual({
      organizationName: owner.viewer.organizationName, email, role: 'support', hasAccount: false, asksPassword: true,
    })
    const take = () => acceptInvitation({ token: tokenOf(link), account: { name: 'Sofia', password: PASSWORD } }, context)
    expect(await take()).toEqual({ email })
    expect(await verifyPassword({ email, password: PASSWORD, deviceCookie: undefined, context })).toMatchObject({ name: 'Sofia' })
    expect((await listPeople(owner.viewer)).people.find((person) => person.email === email)).toMatchObject({ role: 'support', name: 'Sofia' })
    expect(await refusalOf(take())).toBe('invitation_invalid')
    expect(await refusalOf(openInvitation(tokenOf(link), context))).toBe('invitation_invalid')
  })

  test('is taken once of ten posts at the same moment', async () => {
    const owner = await signedIn(await makeActor())
    const { link } = await createInvitation(owner, { email: newEmail(), asRole: 'viewer', password: '' })
    const takes = Array.from({ length: 10 }, (_, n) =>
      refusalOf(acceptInvitation({ token: tokenOf(link), account: { name: 'x', password: PASSWORD } }, { ...context, address: `192.0.2.${n}` })),
    )
    expect((await Promise.all(takes)).filter((code) => code === 'none')).toHaveLength(1)
  })

  test('adds to an account that is there already, whose name and password stay as they are', async () => {
    const first = await signedIn(await makeActor())
    const second = await signedIn(await makeActor())
    const { link } = await createInvitation(second, { email: first.viewer.email, asRole: 'developer', password: '' })
    expect(await openInvitation(tokenOf(link), context)).toMatchObject({ hasAccount: true })
    const before = await db().user.findUnique({ where: { id: first.viewer.userId } })
    const wrong = acceptInvitation({ token: tokenOf(link), account: { name: 'Taken over', password: PASSWORD } }, context)
    expect(await refusalOf(wrong)).toBe('conflict')
    await acceptInvitation({ token: tokenOf(link), account: null }, context)
    expect(await db().user.findUnique({ where: { id: first.viewer.userId } })).toEqual(before)
    const again = await signedIn(first)
    expect(again.viewer.organizationId).toBe(second.viewer.organizationId)
    expect(await listChoices(again.viewer)).toHaveLength(2)
  })

  test.each([
    ['is three days old', async () => void clock.advance(3 * DAY_MS + 1)],
    ['is withdrawn', async (owner: Actor, id: string) => void (await revokeInvitation(owner, id))],
    ['is followed by another for the same person', async (owner: Actor, _id: string, email: string) => void (await createInvitation(owner, { email, asRole: 'viewer', password: '' }))],
    ['was made by somebody who is removed', async (owner: Actor) => {
      const other = await signedIn(await makeColleague(owner))
      await removePerson(other, owner.viewer.userId, '')
    }],
  ])('ends when it %s, and answers like one that never was', async (_, end) => {
    const owner = await signedIn(await makeActor())
    const email = newEmail()
    const { link, invitation } = await createInvitation(owner, { email, asRole: 'viewer', password: '' })
    await end(owner, invitation.id, email)
    expect(await refusalOf(openInvitation(tokenOf(link), context))).toBe('invitation_invalid')
    expect(await refusalOf(acceptInvitation({ token: tokenOf(link), account: { name: 'x', password: PASSWORD } }, context))).toBe('invitation_invalid')
    expect(await refusalOf(openInvitation('A'.repeat(43), context))).toBe('invitation_invalid')
  })

  test('of an owner asks for a fresh proof, and nobody is invited twice', async () => {
    const owner = await signedIn(await makeActor())
    expect(await refusalOf(createInvitation(owner, { email: owner.viewer.email, asRole: 'viewer', password: '' }))).toBe('already_member')
    clock.advance(6 * MINUTE_MS)
    expect(await refusalOf(createInvitation(owner, { email: newEmail(), asRole: 'owner', password: '' }))).toBe('fresh_sign_in_needed')
    expect(await refusalOf(createInvitation(owner, { email: newEmail(), asRole: 'developer', password: '' }))).toBe('none')
  })

  test('takes no password that is easily guessed', async () => {
    const owner = await signedIn(await makeActor())
    const { link } = await createInvitation(owner, { email: newEmail(), asRole: 'viewer', password: '' })
    expect(await refusalOf(acceptInvitation({ token: tokenOf(link), account: { name: 'x', password: 'passwordpassword' } }, context))).toBe('password_too_weak')
    expect(await refusalOf(openInvitation(tokenOf(link), context))).toBe('none')
  })
})

describe('a role', () => {
  test('counts from the next request on, and tells the log what it was before', async () => {
    const owner = await signedIn(await makeActor())
    const colleague = await signedIn(await makeColleague(owner, 'developer'))
    await changeRole(owner, colleague.viewer.userId, { newRole: 'viewer', password: '' })
    expect(await viewerOf(colleague.token)).toMatchObject({ role: 'viewer' })
    expect(await eventsOf(colleague.viewer.userId)).toMatchObject([
      { action: 'person.role_changed', detail: { before: { role: 'developer' }, after: { role: 'viewer' }, endedKeys: [] } },
    ])
  })

  test('takes personal keys along when it may have none, and leaves those of the organization', async () => {
    const owner = await signedIn(await makeActor())
    const developer = await signedIn(await makeColleague(owner, 'developer'))
    const [mine, ours] = [await keyOf(developer, true), await keyOf(developer, false)]
    await changeRole(owner, developer.viewer.userId, { newRole: 'support', password: '' })
    clock.advance(1_000)
    expect([await isLetIn(mine.key), await isLetIn(ours.key)]).toEqual([false, true])
  })

  test('is not changed without a fresh proof', async () => {
    const owner = await signedIn(await makeActor())
    const colleague = await makeColleague(owner, 'viewer')
    clock.advance(6 * MINUTE_MS)
    expect(await refusalOf(changeRole(owner, colleague.viewer.userId, { newRole: 'owner', password: '' }))).toBe('fresh_sign_in_needed')
    expect(await refusalOf(removePerson(owner, colleague.viewer.userId, ''))).toBe('fresh_sign_in_needed')
  })

  test('is given by owners of this very moment: who was one when they asked is refused', async () => {
    const owner = await signedIn(await makeActor())
    const other = await signedIn(await makeColleague(owner))
    await changeRole(owner, other.viewer.userId, { newRole: 'developer', password: '' })
    expect(await refusalOf(changeRole(other, other.viewer.userId, { newRole: 'owner', password: '' }))).toBe('not_allowed')
  })
})

describe('the last owner', () => {
  test('is neither removed nor made something else', async () => {
    const owner = await signedIn(await makeActor())
    await makeColleague(owner, 'developer')
    expect(await refusalOf(changeRole(owner, owner.viewer.userId, { newRole: 'developer', password: '' }))).toBe('last_owner')
    expect(await refusalOf(removePerson(owner, owner.viewer.userId, ''))).toBe('last_owner')
    expect(await getPerson(owner.viewer, owner.viewer.userId)).toMatchObject({ isLastOwner: true })
  })

  test('is left by owners who all go, or remove each other, at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const first = await signedIn(await makeActor())
      const owners = [first, await signedIn(await makeColleague(first)), await signedIn(await makeColleague(first))]
      const next = (index: number) => owners[(index + 1) % 3]?.viewer.userId ?? ''
      const acts = owners.map((owner, index) =>
        round % 2 === 0
          ? refusalOf(removePerson(owner, next(index), ''))
          : refusalOf(changeRole(owner, owner.viewer.userId, { newRole: 'viewer', password: '' })),
      )
      await Promise.all(acts)
      const left = await db().membership.count({ where: { organizationId: first.viewer.organizationId, role: 'owner' } })
      expect(left).toBeGreaterThanOrEqual(1)
    }
  })
})

describe('somebody who is removed', () => {
  test('is out at once with sessions and personal keys, while keys of the organization go on, flagged', async () => {
    const owner = await signedIn(await makeActor())
    const developer = await signedIn(await makeColleague(owner, 'developer'))
    const [mine, ours] = [await keyOf(developer, true), await keyOf(developer, false)]
    const { id: apiClientId } = await makeApiClient(rig, owner)
    const link = await db().link.create({
      data: {
        organizationId: owner.viewer.organizationId, apiClientId, kind: 'connect', tokenDigest: randomUUID(), language: 'en',
        createdByUserId: developer.viewer.userId, createdAt: clock.date, expiresAt: new Date(clock.at + DAY_MS),
      },
    })
    expect(await getPerson(owner.viewer, developer.viewer.userId)).toMatchObject({
      sessions: [{ id: developer.viewer.sessionId }],
      dependents: { personalKeys: [{ name: 'Mine' }], serviceKeys: [{ name: 'Ours' }], invitations: 0, links: 1 },
    })
    await removePerson(owner, developer.viewer.userId, '')
    expect(await viewerOf(developer.token)).toBeNull()
    expect(await db().link.findUnique({ where: { id: link.id } })).toMatchObject({ state: 'revoked', endedAt: clock.date })
    clock.advance(1_000)
    expect([await isLetIn(mine.key), await isLetIn(ours.key)]).toEqual([false, true])
    expect(await getMachineKey(owner.viewer, ours.machineKey.id)).toMatchObject({
      createdBy: null, belongsTo: 'organization', rotateBy: new Date(clock.at - 1_000 + 30 * DAY_MS).toISOString(),
    })
    expect(await refusalOf(keyOf(developer, true))).toBe('not_allowed')
    expect(await refusalOf(startSession({ userId: developer.viewer.userId, previousToken: null, method: 'password', context }))).toBe('not_allowed')
  })

  test('keeps no key that was made at the same moment', async () => {
    for (let round = 0; round < 8; round += 1) {
      const owner = await signedIn(await makeActor())
      const developer = await signedIn(await makeColleague(owner, 'developer'))
      await Promise.all([refusalOf(keyOf(developer, true)), refusalOf(keyOf(developer, true)), removePerson(owner, developer.viewer.userId, '')])
      expect(await db().machineKey.count({ where: { createdByUserId: developer.viewer.userId, revokedAt: null } })).toBe(0)
    }
  })

  test('comes back by an invitation without the sessions from before', async () => {
    const owner = await signedIn(await makeActor())
    const developer = await signedIn(await makeColleague(owner, 'developer'))
    await removePerson(owner, developer.viewer.userId, '')
    const { link } = await createInvitation(owner, { email: developer.viewer.email, asRole: 'developer', password: '' })
    await acceptInvitation({ token: tokenOf(link), account: null }, context)
    expect(await viewerOf(developer.token)).toBeNull()
  })

  test('stays in other organizations', async () => {
    const owner = await signedIn(await makeActor())
    const other = await signedIn(await makeActor())
    await db().membership.create({ data: { organizationId: owner.viewer.organizationId, userId: other.viewer.userId, role: 'developer' } })
    await removePerson(owner, other.viewer.userId, '')
    expect(await viewerOf(other.token)).toMatchObject({ organizationId: other.viewer.organizationId })
  })
})

describe('a personal key', () => {
  test('is replaced by its person alone', async () => {
    const owner = await signedIn(await makeActor())
    const developer = await signedIn(await makeColleague(owner, 'developer'))
    const { machineKey } = await keyOf(developer, true)
    const atOnce = { oldKey: { endsInHours: 0 } }
    expect(await getMachineKey(owner.viewer, machineKey.id)).toMatchObject({ belongsTo: 'person' })
    expect(await refusalOf(rotateMachineKey(owner, machineKey.id, atOnce))).toBe('personal_key')
    expect((await rotateMachineKey(developer, machineKey.id, atOnce)).machineKey).toMatchObject({ belongsTo: 'you' })
  })
})

describe('sessions of a person', () => {
  test('are ended by an owner, in this organization alone', async () => {
    const owner = await signedIn(await makeActor())
    const developer = await signedIn(await makeColleague(owner, 'developer'))
    const elsewhere = await signedIn(await makeActor())
    await db().membership.create({ data: { organizationId: owner.viewer.organizationId, userId: elsewhere.viewer.userId, role: 'viewer' } })
    await endPersonSessions(owner, developer.viewer.userId, { sessionId: developer.viewer.sessionId })
    expect(await viewerOf(developer.token)).toBeNull()
    await endPersonSessions(owner, elsewhere.viewer.userId, 'all')
    expect(await viewerOf(elsewhere.token)).not.toBeNull()
    const theirs = { sessionId: elsewhere.viewer.sessionId }
    expect(await refusalOf(endPersonSessions(owner, elsewhere.viewer.userId, theirs))).toBe('not_found')
    expect(await refusalOf(endPersonSessions(owner, randomUUID(), 'all'))).toBe('not_found')
  })
})

describe('a further organization', () => {
  test('belongs to who made it, whose session goes over to it and comes back', async () => {
    const owner = await signedIn(await makeActor())
    const made = await createOrganization(owner, 'Second Systems')
    expect(await viewerOf(owner.token)).toMatchObject({ organizationId: owner.viewer.organizationId })
    await chooseOrganization(owner, made.id)
    expect(await viewerOf(owner.token)).toMatchObject({ organizationId: made.id, role: 'owner', organizationName: 'Second Systems' })
    await chooseOrganization({ ...owner, viewer: { ...owner.viewer, organizationId: made.id } }, owner.viewer.organizationId)
    expect(await viewerOf(owner.token)).toMatchObject({ organizationId: owner.viewer.organizationId })
  })

  test('is chosen by members alone', async () => {
    const [owner, stranger] = [await signedIn(await makeActor()), await signedIn(await makeActor())]
    expect(await refusalOf(chooseOrganization(owner, stranger.viewer.organizationId))).toBe('not_found')
    expect(await viewerOf(owner.token)).toMatchObject({ organizationId: owner.viewer.organizationId })
  })
})

describe('the recovery of an owner', () => {
  test('gives a member a new password and the role, once, and ends every session', async () => {
    const owner = await signedIn(await makeActor())
    const member = await signedIn(await makeColleague(owner, 'viewer'))
    const { link } = await issueRecovery({ email: member.viewer.email.toUpperCase(), resetsTwoFactor: false })
    expect(link).toMatch(/^http:\/\/localhost:3000\/recover#/)
    expect(findSecrets(await dumpDatabase(rig.database), [tokenOf(link)])).toEqual([])
    const recover = () => recoverOwner({ token: tokenOf(link), password: PASSWORD }, context)
    const results = await Promise.all([refusalOf(recover()), refusalOf(recover()), refusalOf(recover())])
    expect(results.filter((code) => code === 'none')).toHaveLength(1)
    expect(await viewerOf(member.token)).toBeNull()
    expect(await signedIn(member)).toMatchObject({ viewer: { organizationId: owner.viewer.organizationId } })
    expect((await listPeople(owner.viewer)).people.find(({ id }) => id === member.viewer.userId)).toMatchObject({ role: 'owner' })
    expect(await verifyPassword({ email: member.viewer.email, password: PASSWORD, deviceCookie: undefined, context })).not.toBeNull()
    expect((await eventsOf(member.viewer.userId)).map(({ action }) => action)).toEqual(['owner.recovery_issued', 'owner.recovered'])
  })

  test('works for thirty minutes, for members, and says so', async () => {
    const owner = await signedIn(await makeActor())
    const { link } = await issueRecovery({ email: owner.viewer.email, resetsTwoFactor: false })
    clock.advance(30 * MINUTE_MS)
    expect(await refusalOf(recoverOwner({ token: tokenOf(link), password: PASSWORD }, context))).toBe('invitation_invalid')
    await expect(issueRecovery({ email: 'nobody@example.com', resetsTwoFactor: false })).rejects.toThrow('Nobody has an account')
    const other = await makeActor()
    await db().membership.create({ data: { organizationId: owner.viewer.organizationId, userId: other.viewer.userId, role: 'viewer' } })
    await expect(issueRecovery({ email: other.viewer.email, resetsTwoFactor: false })).rejects.toThrow('--organization')
  })
})
