import { encode } from 'next-auth/jwt'
import { beforeEach, describe, expect, test } from 'vitest'
import { findViewer } from '../auth/find-viewer'
import { authSecret } from '../auth/auth-secret'
import { hashPassword } from '../auth/password'
import { db } from '../db'
import type { Actor } from '../http/define-handler'
import { changeOrganization } from '../organizations/change-organization'
import { issueRecovery } from '../owner-recovery/issue-recovery'
import { recoverOwner } from '../owner-recovery/recover-owner'
import { resetTwoFactor } from '../people/reset-two-factor'
import { verifyPassword } from '../sign-in/verify-password'
import { beginTwoFactor } from './begin-two-factor'
import { confirmTwoFactor } from './confirm-two-factor'
import { disableTwoFactor } from './disable-two-factor'
import { getTwoFactor } from './get-two-factor'
import { renewRecoveryCodes } from './renew-recovery-codes'
import { requireSecondFactor } from './require-second-factor'
import { dumpDatabase, findSecrets } from '../../tests/database-dump'
import { makeActor, makeColleague } from '../../tests/factories'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'
import { signedIn } from '../../tests/signed-in'
import { codeOfSecret } from '../../tests/totp-code'

const rig = await openRig()
const { clock } = rig
const STEP_MS = 30_000
const PASSWORD = 'four unrelated words together'
const context = { requestId: 'r', address: '192.0.2.9', userAgent: 'integration test' }
const hash = await hashPassword(PASSWORD)

beforeEach(async () => {
  clock.advance(60 * 60_000)
  await rig.database.sql('DELETE FROM sign_in_throttles')
})

const codeOf = (secret: string, atMs = clock.at) => codeOfSecret(secret, atMs)
const viewerOf = async (token: string) => findViewer(await encode({ token: { sessionToken: token }, secret: authSecret() }))
const second = (actor: Actor, code: string) => refusalOf(requireSecondFactor(actor.viewer.userId, code, context))

/** Somebody with a password who is signed in. */
async function person(organization?: Actor) {
  const actor = organization ? await makeColleague(organization) : await makeActor()
  await db().user.update({ where: { id: actor.viewer.userId }, data: { passwordHash: hash } })
  return signedIn(actor)
}

/** The same with two-factor sign-in on; the code of this very step is used up by that. */
async function enrolled(organization?: Actor) {
  const actor = await person(organization)
  const { secret } = await beginTwoFactor(actor, PASSWORD)
  const { recoveryCodes } = await confirmTwoFactor(actor, codeOf(secret))
  clock.advance(STEP_MS)
  return { actor, secret, recoveryCodes }
}

describe('setting it up', () => {
  test('wants the password, asks for nothing before a code has confirmed it, and ends the other sessions', async () => {
    const actor = await person()
    const other = await signedIn(actor)
    expect(await refusalOf(beginTwoFactor(actor, 'not the password'))).toBe('password_wrong')
    const { secret, uri } = await beginTwoFactor(actor, PASSWORD)
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(uri).toBe(`otpauth://totp/Keyrack:${encodeURIComponent(actor.viewer.email)}?issuer=Keyrack&secret=${secret}&algorithm=SHA1&digits=6&period=30`)
    expect(await second(actor, '')).toBe('none')
    expect(await refusalOf(confirmTwoFactor(actor, '000000'))).toBe('two_factor_wrong')
    const { recoveryCodes, state } = await confirmTwoFactor(actor, codeOf(secret))
    expect(state).toMatchObject({ isOn: true, recoveryCodesLeft: 10 })
    expect(new Set(recoveryCodes).size).toBe(10)
    expect([await viewerOf(actor.token), await viewerOf(other.token)]).toEqual([expect.anything(), null])
    expect(await second(actor, '')).toBe('two_factor_needed')
    expect(await refusalOf(beginTwoFactor(actor, PASSWORD))).toBe('two_factor_is_on')
  })

  test('stores the secret sealed and the codes as digests, and logs neither', async () => {
    const { secret, recoveryCodes } = await enrolled()
    const dump = await dumpDatabase(rig.database)
    expect(findSecrets(dump, [secret, ...recoveryCodes])).toEqual([])
    expect(findSecrets(rig.logs(), [secret, ...recoveryCodes])).toEqual([])
    expect(dump).toMatch(/v1\.k1\.A256GCM/)
  })
})

describe('a code', () => {
  test('is taken one step early or late, and not two', async () => {
    const { actor, secret } = await enrolled()
    clock.advance(10 * STEP_MS)
    const at = clock.at
    expect(await second(actor, codeOf(secret, at - 2 * STEP_MS))).toBe('two_factor_wrong')
    expect(await second(actor, codeOf(secret, at + 2 * STEP_MS))).toBe('two_factor_wrong')
    expect(await second(actor, codeOf(secret, at - STEP_MS))).toBe('none')
    expect(await second(actor, ` ${codeOf(secret, at).slice(0, 3)} ${codeOf(secret, at).slice(3)} `)).toBe('none')
    expect(await second(actor, codeOf(secret, at + STEP_MS))).toBe('none')
  })

  test('is taken once of ten at the same moment in two processes, fifty times over', async () => {
    const { actor, secret } = await enrolled()
    for (let round = 0; round < 50; round += 1) {
      const code = codeOf(secret)
      const here = Array.from({ length: 5 }, () => second(actor, code))
      const there = await rig.asAnotherProcess(() => Promise.all(Array.from({ length: 5 }, () => second(actor, code))))
      const results = [...(await Promise.all(here)), ...there]
      expect(results.filter((result) => result === 'none')).toHaveLength(1)
      expect(results.filter((result) => result === 'two_factor_wrong')).toHaveLength(9)
      clock.advance(STEP_MS)
    }
  })

  test('that was taken opens nothing later, though its step is still near', async () => {
    const { actor, secret } = await enrolled()
    const code = codeOf(secret)
    expect(await second(actor, code)).toBe('none')
    clock.advance(STEP_MS)
    expect(await second(actor, code)).toBe('two_factor_wrong')
  })

  test('is guessed no more often than a password: its tries count with those of the account', async () => {
    const { actor } = await enrolled()
    const tries: string[] = []
    for (let round = 0; round < 12; round += 1) {
      await rig.database.sql('UPDATE sign_in_throttles SET blocked_until = window_start_at')
      const secondProof = ({ id }: { id: string }) => requireSecondFactor(id, String(100_000 + round), context)
      tries.push(await refusalOf(verifyPassword({ email: actor.viewer.email, password: PASSWORD, deviceCookie: undefined, context, secondProof })))
    }
    expect(tries).toEqual([...Array.from({ length: 10 }, () => 'two_factor_wrong'), 'too_many_attempts', 'too_many_attempts'])
  })

  test('that is wrong leaves a proof that names neither it nor the e-mail', async () => {
    const { actor } = await enrolled()
    await second(actor, '123456')
    const event = await db().auditEvent.findFirst({ where: { targetId: actor.viewer.userId, action: 'session.refused' } })
    expect(event).toMatchObject({ outcome: 'failure', organizationId: actor.viewer.organizationId, detail: { step: 'second factor' } })
    expect(JSON.stringify(event?.detail)).not.toContain('123456')
  })
})

describe('a recovery code', () => {
  test('stands in for the app, once, however it is typed', async () => {
    const { actor, recoveryCodes } = await enrolled()
    const [code = '', other = ''] = recoveryCodes
    const results = await Promise.all([second(actor, ` ${code.toLowerCase()} `), second(actor, code), second(actor, code)])
    expect(results.filter((result) => result === 'none')).toHaveLength(1)
    expect(await getTwoFactor(actor.viewer)).toMatchObject({ recoveryCodesLeft: 9 })
    const stranger = await enrolled()
    expect(await second(stranger.actor, other)).toBe('two_factor_wrong')
    expect(await db().auditEvent.count({ where: { action: 'two_factor.recovery_code_used', actorId: actor.viewer.userId } })).toBe(1)
  })

  test('ends when new ones are made', async () => {
    const { actor, recoveryCodes } = await enrolled()
    const { recoveryCodes: renewed } = await renewRecoveryCodes(actor, PASSWORD)
    expect(await second(actor, recoveryCodes[0] ?? '')).toBe('two_factor_wrong')
    expect(await second(actor, renewed[0] ?? '')).toBe('none')
  })
})

describe('turning it off', () => {
  test('wants the password, and ends codes with it', async () => {
    const { actor, recoveryCodes } = await enrolled()
    expect(await refusalOf(disableTwoFactor(actor, 'not the password'))).toBe('password_wrong')
    expect(await disableTwoFactor(actor, PASSWORD)).toMatchObject({ isOn: false, recoveryCodesLeft: 0 })
    expect(await second(actor, '')).toBe('none')
    expect(await db().recoveryCode.count({ where: { userId: actor.viewer.userId } })).toBe(0)
    expect(recoveryCodes).toHaveLength(10)
    expect(await refusalOf(disableTwoFactor(actor, PASSWORD))).toBe('two_factor_is_off')
  })

  test('is refused where the organization asks for it, and done by an owner for who lost theirs', async () => {
    const { actor: owner } = await enrolled()
    const { actor: lost } = await enrolled(owner)
    await changeOrganization(owner, { requiresTwoFactor: true, password: PASSWORD })
    expect(await refusalOf(disableTwoFactor(lost, PASSWORD))).toBe('two_factor_required')
    await resetTwoFactor(owner, lost.viewer.userId, PASSWORD)
    expect(await viewerOf(lost.token)).toBeNull()
    expect(await second(lost, '')).toBe('none')
    const again = await signedIn(lost)
    expect(await viewerOf(again.token)).toMatchObject({ mustEnrol: true })
  })

  test('is refused to an owner where the person belongs to an organization of somebody else', async () => {
    const { actor: owner } = await enrolled()
    const { actor: lost } = await enrolled(owner)
    const elsewhere = await makeActor()
    await db().membership.create({ data: { organizationId: elsewhere.viewer.organizationId, userId: lost.viewer.userId, role: 'viewer' } })
    expect(await refusalOf(resetTwoFactor(owner, lost.viewer.userId, PASSWORD))).toBe('person_elsewhere')
    expect(await second(lost, '')).toBe('two_factor_needed')
  })

  test('comes with the recovery of an owner only where whoever runs the server says so', async () => {
    const { actor } = await enrolled()
    for (const resetsTwoFactor of [false, true]) {
      const { link } = await issueRecovery({ email: actor.viewer.email, resetsTwoFactor })
      await recoverOwner({ token: link.split('#')[1] ?? '', password: PASSWORD }, context)
      expect(await second(actor, '')).toBe(resetsTwoFactor ? 'none' : 'two_factor_needed')
    }
  })
})

describe('an organization that asks for it', () => {
  test('asks who signs in with a password, and nobody who comes by single sign-on', async () => {
    const { actor: owner } = await enrolled()
    await changeOrganization(owner, { requiresTwoFactor: true, password: PASSWORD })
    const colleague = await person(owner)
    expect(await viewerOf(colleague.token)).toMatchObject({ mustEnrol: true })
    expect(await viewerOf(owner.token)).toMatchObject({ mustEnrol: false })
    await db().session.update({ where: { id: colleague.viewer.sessionId }, data: { method: 'oidc' } })
    expect(await viewerOf(colleague.token)).toMatchObject({ mustEnrol: false })
  })
})
