import { describe, expect, test } from 'vitest'
import { hashPassword } from '../auth/password'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { settleRound } from '../journal/settler'
import { makeDeviceCookie } from './known-device'
import { countAttempt } from './throttle'
import { verifyPassword } from './verify-password'
import { makeActor } from '../../tests/factories'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'

const rig = await openRig()
const { clock } = rig
const QUARTER_MS = 15 * 60_000
const PASSWORD = 'four unrelated words together'
const passwordHash = await hashPassword(PASSWORD)

async function makePerson() {
  clock.advance(2 * QUARTER_MS)
  const { viewer, context } = await makeActor()
  await db().user.update({ where: { id: viewer.userId }, data: { passwordHash } })
  return { email: viewer.email, userId: viewer.userId, context }
}

interface Try {
  readonly email: string
  readonly password?: string
  readonly address?: string
  readonly deviceCookie?: string
}

/** One try to sign in: `in`, `wrong`, or the refusal. */
async function attempt({ email, password = PASSWORD, address = '198.51.100.1', deviceCookie }: Try): Promise<string> {
  const context = { requestId: 'r', address, userAgent: 'integration test' }
  const signIn = async () => {
    if (!(await verifyPassword({ email, password, deviceCookie, context }))) throw new AppError('not_signed_in')
  }
  const refusal = await refusalOf(signIn())
  return refusal === 'none' ? 'in' : refusal === 'not_signed_in' ? 'wrong' : refusal
}

/** Each real comparison of a wrong password leaves exactly one row. */
const comparisonsOf = (userId: string) => db().auditEvent.count({ where: { action: 'session.refused', targetId: userId } })

describe('a password', () => {
  test('lets its person in, however they spell the e-mail or compose the letters', async () => {
    const { email, userId } = await makePerson()
    expect(await attempt({ email: ` ${email.toUpperCase()} ` })).toBe('in')
    const composed = 'grüne Äpfel und Öl für alle'
    await db().user.update({ where: { id: userId }, data: { passwordHash: await hashPassword(composed.normalize('NFD')) } })
    expect(await attempt({ email, password: composed.normalize('NFC') })).toBe('in')
  })

  test('that is wrong, or anybody’s who is unknown, disabled or without one, is answered alike', async () => {
    const { email, userId } = await makePerson()
    expect(await attempt({ email, password: `${PASSWORD}x` })).toBe('wrong')
    expect(await attempt({ email: 'unknown@example.com' })).toBe('wrong')
    expect(await attempt({ email: 'not an address' })).toBe('wrong')
    expect(await attempt({ email: '' })).toBe('wrong')
    await db().user.update({ where: { id: userId }, data: { disabledAt: clock.date } })
    expect(await attempt({ email })).toBe('wrong')
    await db().user.update({ where: { id: userId }, data: { disabledAt: null, passwordHash: null } })
    clock.advance(QUARTER_MS)
    expect(await attempt({ email })).toBe('wrong')
  })
})

describe('trying passwords', () => {
  test('compares at most ten in a quarter of an hour, from however many addresses', async () => {
    const { email, userId } = await makePerson()
    for (let index = 0; index < 120; index += 1) {
      await attempt({ email, password: 'wrong password', address: `198.51.100.${index % 60}` })
      clock.advance(7_000)
    }
    expect(await comparisonsOf(userId)).toBeLessThanOrEqual(10)
  })

  test('compares at most ten of forty at the same moment', async () => {
    const { email, userId } = await makePerson()
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => attempt({ email, password: 'wrong password' })))
    const compared = outcomes.filter((outcome) => outcome === 'wrong').length
    expect(compared).toBeLessThanOrEqual(10)
    expect(await comparisonsOf(userId)).toBe(compared)
    expect(outcomes.filter((outcome) => outcome === 'too_many_attempts')).toHaveLength(40 - compared)
  })

  test('has to wait longer each time from the fourth on', async () => {
    const { email } = await makePerson()
    const waits: number[] = []
    for (let index = 0; index < 8; index += 1) {
      let waited = 0
      while ((await attempt({ email, password: 'wrong password' })) === 'too_many_attempts') {
        clock.advance(1_000)
        waited += 1
        if (waited > 2) break
      }
      waits.push(waited)
    }
    expect(waits.slice(0, 4)).toEqual([0, 0, 0, 0])
    expect(waits[4]).toBe(1)
  })

  test('says how long to wait', async () => {
    const { email } = await makePerson()
    for (let index = 0; index < 12; index += 1) await attempt({ email, password: 'wrong password' })
    const context = { requestId: 'r', address: '198.51.100.1', userAgent: '' }
    const error = await verifyPassword({ email, password: PASSWORD, deviceCookie: undefined, context }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AppError)
    expect((error as AppError).extras.retryAfterSeconds).toBe(QUARTER_MS / 1000)
  })

  test('is free again after the quarter of an hour', async () => {
    const { email } = await makePerson()
    for (let index = 0; index < 12; index += 1) await attempt({ email, password: 'wrong password' })
    expect(await attempt({ email })).toBe('too_many_attempts')
    clock.advance(QUARTER_MS - 1)
    expect(await attempt({ email })).toBe('too_many_attempts')
    clock.advance(1)
    expect(await attempt({ email })).toBe('in')
  })

  test('starts anew after the right one', async () => {
    const { email } = await makePerson()
    for (let round = 0; round < 4; round += 1) {
      for (let index = 0; index < 3; index += 1) expect(await attempt({ email, password: 'wrong password' })).toBe('wrong')
      expect(await attempt({ email })).toBe('in')
    }
  })

  test('by strangers does not keep the person out of a device on which they signed in before', async () => {
    const { email } = await makePerson()
    for (let index = 0; index < 12; index += 1) await attempt({ email, password: 'wrong password', address: `203.0.113.${index}` })
    expect(await attempt({ email })).toBe('too_many_attempts')
    expect(await attempt({ email, deviceCookie: makeDeviceCookie(email) })).toBe('in')
  })

  test('on every account of the console, by a whole crowd, does not either', async () => {
    const { email } = await makePerson()
    const crowd = Array.from({ length: 620 }, (_, index) => ({ email: `victim-${index}@example.com`, address: `203.0.113.${index % 250}`, knownDevice: null }))
    const refusals: string[] = []
    for (let index = 0; index < crowd.length; index += 20) {
      refusals.push(...(await Promise.all(crowd.slice(index, index + 20).map((each) => refusalOf(countAttempt(each))))))
    }
    expect(refusals.filter((code) => code === 'none')).toHaveLength(600)
    expect(await attempt({ email })).toBe('too_many_attempts')
    expect(await attempt({ email, deviceCookie: makeDeviceCookie(email) })).toBe('in')
  })

  test('on a known device is limited too, and another person’s device is none', async () => {
    const { email, userId } = await makePerson()
    const deviceCookie = makeDeviceCookie(email)
    for (let index = 0; index < 30; index += 1) {
      await attempt({ email, password: 'wrong password', deviceCookie })
      clock.advance(20_000)
    }
    expect(await comparisonsOf(userId)).toBeLessThanOrEqual(10)
    const other = await makePerson()
    for (let index = 0; index < 12; index += 1) await attempt({ email: other.email, password: 'wrong password' })
    for (const cookie of [deviceCookie, `${deviceCookie}x`, 'x.y', '.', '']) {
      expect(await attempt({ email: other.email, deviceCookie: cookie })).toBe('too_many_attempts')
    }
  })

  test('is forgotten a day later, so that no list of strangers grows', async () => {
    const { email } = await makePerson()
    for (let index = 0; index < 12; index += 1) await attempt({ email, password: 'wrong password' })
    clock.advance(24 * 60 * 60_000)
    await settleRound()
    expect(await db().signInThrottle.count()).toBeGreaterThan(0)
    clock.advance(1)
    await settleRound()
    expect(await db().signInThrottle.count()).toBe(0)
  })

  test('from one address on many accounts is stopped at sixty', async () => {
    await makePerson()
    const refusals: string[] = []
    for (let index = 0; index < 80; index += 1) {
      refusals.push(await refusalOf(countAttempt({ email: `spray-${index}@example.com`, address: '203.0.113.99', knownDevice: null })))
    }
    expect(refusals.filter((code) => code === 'none')).toHaveLength(60)
  })
})
