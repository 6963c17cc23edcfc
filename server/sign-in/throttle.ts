import 'server-only'
import { digest } from '../crypto/digest'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { getRuntime } from '../runtime'

const WINDOW_MS = 15 * 60 * 1000
const KEPT_MS = 24 * 60 * 60 * 1000
const FREE_TRIES = 3
const LONGEST_DELAY_MS = 60 * 1000

/** Most tries in 15 minutes. A known device counts by itself alone, so that no crowd can lock its owner out. */
const LIMITS = { account: 10, device: 10, pair: 10, address: 60, code: 10, all: 600 } as const

interface Attempt {
  readonly email: string
  readonly address: string
  /** Id of the device cookie when it was issued for this very e-mail. */
  readonly knownDevice: string | null
}

type Bucket = { readonly key: string; readonly limit: number; readonly delays: boolean }

/**
 * Counts one try to sign in, before any password is hashed.
 *
 * @throws AppError `too_many_attempts` with the seconds to wait.
 */
export async function countAttempt(attempt: Attempt): Promise<void> {
  await countAll(bucketsOf(attempt))
}

/** Counts one try by address alone, for secrets that nobody can guess. @throws AppError `too_many_attempts` */
export async function countAddress(address: string): Promise<void> {
  await countAll([addressBucket(address)])
}

/** Counts one try of a phone code, by address and in all. @throws AppError `too_many_attempts` */
export async function countCodeTry(address: string): Promise<void> {
  await countAll([
    { key: digest(`code ${address}`), limit: LIMITS.code, delays: false },
    { key: digest('code all'), limit: LIMITS.all, delays: false },
  ])
}

/** Stops at the first bucket that refuses, so that one address can't fill the buckets of everybody. */
async function countAll(buckets: readonly Bucket[]): Promise<void> {
  const now = getRuntime().clock()
  for (const bucket of buckets) {
    const wait = await countIn(bucket, now)
    if (wait > 0) throw new AppError('too_many_attempts', { retryAfterSeconds: Math.ceil(wait / 1000) })
  }
}

/** Forgets the buckets that nobody filled for a day. */
export async function pruneAttempts(now: Date): Promise<void> {
  await db().signInThrottle.deleteMany({ where: { windowStartAt: { lt: new Date(now.getTime() - KEPT_MS) } } })
}

/** A right password: the account, its device and the pair start anew. */
export async function forgetAttempts(attempt: Attempt): Promise<void> {
  const keys = bucketsOf(attempt).filter((bucket) => bucket.delays).map((bucket) => bucket.key)
  await db().signInThrottle.deleteMany({ where: { key: { in: keys } } })
}

function bucketsOf({ email, address, knownDevice }: Attempt): Bucket[] {
  if (knownDevice) return [{ key: digest(`device ${knownDevice}`), limit: LIMITS.device, delays: true }]
  return [
    addressBucket(address),
    { key: digest(`pair ${email} ${address}`), limit: LIMITS.pair, delays: true },
    { key: digest(`account ${email}`), limit: LIMITS.account, delays: true },
    { key: digest('all'), limit: LIMITS.all, delays: false },
  ]
}

function addressBucket(address: string): Bucket {
  return { key: digest(`address ${address}`), limit: LIMITS.address, delays: false }
}

/** Adds one to a bucket in a single statement; answers the milliseconds to wait, 0 when the try may go on. */
async function countIn(bucket: Bucket, now: Date): Promise<number> {
  const windowStart = new Date(now.getTime() - WINDOW_MS)
  const [row] = await db().$queryRaw<{ tries: number; window_start_at: Date; was_blocked_until: Date | null }[]>`
    WITH before AS (SELECT blocked_until FROM sign_in_throttles WHERE key = ${bucket.key})
    INSERT INTO sign_in_throttles AS t (key, tries, window_start_at, blocked_until)
    VALUES (${bucket.key}, 1, ${now}, ${now})
    ON CONFLICT (key) DO UPDATE SET
      tries = CASE WHEN t.window_start_at <= ${windowStart} THEN 1 ELSE t.tries + 1 END,
      window_start_at = CASE WHEN t.window_start_at <= ${windowStart} THEN ${now} ELSE t.window_start_at END
    RETURNING tries, window_start_at, (SELECT blocked_until FROM before) AS was_blocked_until`
  if (!row) return 0
  const untilWindowEnds = row.window_start_at.getTime() + WINDOW_MS - now.getTime()
  if (row.tries > bucket.limit) return untilWindowEnds
  const blockedFor = bucket.delays ? (row.was_blocked_until?.getTime() ?? 0) - now.getTime() : 0
  if (blockedFor > 0) return blockedFor
  if (bucket.delays && row.tries > FREE_TRIES) await delayNext(bucket.key, row.tries, now)
  return 0
}

/** From the fourth try on each one waits twice as long as the one before: 1 s, 2 s, 4 s … at most a minute. */
async function delayNext(key: string, tries: number, now: Date): Promise<void> {
  const delayMs = Math.min(1000 * 2 ** (tries - FREE_TRIES - 1), LONGEST_DELAY_MS)
  await db().signInThrottle.update({ where: { key }, data: { blockedUntil: new Date(now.getTime() + delayMs) } })
}
