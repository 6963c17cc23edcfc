import 'server-only'
import { createHash } from 'node:crypto'
import { requireKeys } from '../crypto/require-keys'
import { open, seal, type SealContext } from '../crypto/seal'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { log } from '../log'
import { getRuntime } from '../runtime'

/** A request as far as it must be the same the next time. */
export interface OnceRequest {
  readonly keyId: string
  readonly organizationId: string
  /** What the caller sent as `Idempotency-Key`. */
  readonly name: string
  readonly method: string
  /** Path and query. */
  readonly address: string
  readonly body: string
}

export interface OnceAnswer {
  readonly status: number
  readonly body: string
  /** It says "try again" by its body, though not by its status. */
  readonly isPassing?: boolean
}

export const KEPT_MS = 24 * 60 * 60_000
/** Longer than a request may take: whoever reserved it is gone. */
const ABANDONED_MS = 90_000
const NAME = /^[\x21-\x7e]{1,200}$/
/** Refusals that may be another answer in a moment, or with another key's rights. */
const NOT_KEPT = new Set([401, 403, 408, 425, 429])

/**
 * Does a request once for each `Idempotency-Key` of a machine key, and gives its answer again to whoever repeats it within
 * 24 hours. The place is taken in the database before the work begins, so that two processes never do it twice. Answers
 * that say "try again" are not kept: a repetition tries again.
 *
 * @throws AppError `idempotency_key_malformed`, `idempotency_mismatch` when it was used for another request,
 * `idempotency_in_progress` while the first is under way.
 */
export async function answerOnce<A extends OnceAnswer>(
  request: OnceRequest,
  work: () => Promise<A>,
): Promise<{ readonly isReplay: false; readonly answer: A } | { readonly isReplay: true; readonly answer: OnceAnswer }> {
  if (!NAME.test(request.name)) throw new AppError('idempotency_key_malformed')
  const place = { machineKeyId: request.keyId, key: request.name }
  const requestDigest = digestOf(request)
  const now = getRuntime().clock()
  const reserved = await db().idempotentAnswer.createMany({ data: { ...place, requestDigest, createdAt: now }, skipDuplicates: true })
  if (reserved.count === 0) {
    const stored = await db().idempotentAnswer.findUnique({ where: { machineKeyId_key: place } })
    const age = stored ? now.getTime() - stored.createdAt.getTime() : KEPT_MS
    if (stored && age < KEPT_MS && stored.requestDigest !== requestDigest) throw new AppError('idempotency_mismatch')
    const isOver = age >= KEPT_MS || (stored?.status === null && age >= ABANDONED_MS)
    if (stored && !isOver) return { isReplay: true, answer: replay(request, stored) }
    await takeOver(place, { before: stored?.createdAt ?? null, requestDigest, now })
  }
  return { isReplay: false, answer: await keep(request, now, work) }
}

interface Stored {
  readonly status: number | null
  readonly bodySealed: string | null
}

function replay(request: OnceRequest, { status, bodySealed }: Stored): OnceAnswer {
  if (status === null || bodySealed === null) throw new AppError('idempotency_in_progress', { retryAfterSeconds: 1 })
  return { status, body: open(requireKeys(), contextOf(request), bodySealed) }
}

/** One of those who find an old place gets it. */
async function takeOver(
  place: { machineKeyId: string; key: string },
  { before, requestDigest, now }: { before: Date | null; requestDigest: string; now: Date },
): Promise<void> {
  const fresh = { requestDigest, status: null, bodySealed: null, createdAt: now }
  const taken = before
    ? await db().idempotentAnswer.updateMany({ where: { ...place, createdAt: before }, data: fresh })
    : await db().idempotentAnswer.createMany({ data: { ...place, ...fresh }, skipDuplicates: true })
  if (taken.count === 0) throw new AppError('idempotency_in_progress', { retryAfterSeconds: 1 })
}

async function keep<A extends OnceAnswer>(request: OnceRequest, now: Date, work: () => Promise<A>): Promise<A> {
  const where = { machineKeyId: request.keyId, key: request.name, createdAt: now, status: null }
  const forget = () => db().idempotentAnswer.deleteMany({ where })
  try {
    const answer = await work()
    const isKept = answer.status < 500 && !NOT_KEPT.has(answer.status) && !answer.isPassing
    const bodySealed = isKept ? seal(requireKeys(), contextOf(request), answer.body) : null
    const stored = isKept ? db().idempotentAnswer.updateMany({ where, data: { status: answer.status, bodySealed } }) : forget()
    // The work is done: whoever repeats it is told that it is under way, until the place is taken for abandoned.
    await stored.catch((err: unknown) => log().error({ err }, 'an answer could not be kept for repetitions'))
    return answer
  } catch (error) {
    await forget().catch(() => undefined)
    throw error
  }
}

function digestOf({ method, address, body }: OnceRequest): string {
  return createHash('sha256').update(JSON.stringify([method, address, body])).digest('base64url')
}

function contextOf({ organizationId, keyId, name }: OnceRequest): SealContext {
  return { table: 'idempotent_answers', column: 'body_sealed', organizationId, rowId: `${keyId} ${name}`, version: 1 }
}
