import 'server-only'
import type { ErrorCode } from '@/contracts/errors'
import { transaction } from '../database/transaction'
import { db } from '../db'
import type { ApiClient } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import { isUpstreamError } from '../http/from-upstream'
import { toAppError } from '../http/to-app-error'
import { maySayGrantIsDead } from '../octorate/refresh'
import type { UpstreamRefusal } from '../octorate/errors/upstream-refusal'
import { gatewayOf } from '../refresh/gateways'
import { loginVerdict } from '../refresh/login-verdict'
import { getRuntime } from '../runtime'
import { closeLine } from './close-line'

const FIRST_RETRY_MS = 5_000
const LONGEST_RETRY_MS = 10 * 60_000
/** A refused token is tried once more after this long before it is given up. */
const CONFIRM_AFTER_MS = 30_000
const CLIENT_REFUSED_RETRY_MS = 5 * 60_000
/** Tries of an answer that nobody understands. */
const MOST_TRIES = 5
const CONFIRMING = 'refresh_refused_once'
/** What one line met, the next would meet too. */
const OF_ALL: readonly ErrorCode[] = ['upstream_quota', 'upstream_unreachable', 'upstream_timeout']

export interface JudgedLine {
  readonly organizationId: string
  readonly importId: string
  readonly number: number
  readonly tries: number
  readonly reason: string | null
  readonly import: { readonly actorKind: string; readonly actorId: string; readonly apiClient: ApiClient }
}

/**
 * Writes down what a failed try of a line means. Only a refusal of the token itself, twice, half a minute apart, with an
 * API client that Octorate still takes, ends it; quota, outage and our own secret put it off (contract, "Errors").
 */
export async function judgeLine(line: JudgedLine, error: unknown): Promise<void> {
  const { code, extras } = toAppError(error)
  if (code === 'database_unavailable') return
  // The token was honoured and its answer waits in the journal: only what it covers could not be read.
  if (extras.mayPass) return putOff(line, code, waitOf(line, error, extras.retryAfterSeconds))
  if (code === 'no_properties') return close(line, { state: 'failed', reason: code })
  if (code === 'upstream_wrong_environment' || code === 'upstream_permission') return close(line, { state: 'failed', reason: code })
  if (isRefusal(error) && maySayGrantIsDead(error)) return judgeRefused(line)
  const isReadable = !['upstream_refused', 'upstream_unreadable', 'upstream_redirected'].includes(code)
  if (!isReadable && line.tries >= MOST_TRIES) return close(line, { state: 'failed', reason: code })
  const waitMs = waitOf(line, error, extras.retryAfterSeconds)
  if (OF_ALL.includes(code)) await holdOthers(line, waitMs)
  await putOff(line, code, waitMs)
}

async function judgeRefused(line: JudgedLine): Promise<void> {
  const login = await loginVerdict(gatewayOf(line.import.apiClient))
  if (login.verdict !== 'accepted') {
    const { code } = toAppError(login.error)
    if (login.verdict === 'refused') await holdOthers(line, CLIENT_REFUSED_RETRY_MS)
    return putOff(line, code, login.verdict === 'refused' ? CLIENT_REFUSED_RETRY_MS : CONFIRM_AFTER_MS)
  }
  if (line.reason === CONFIRMING) return close(line, { state: 'refused', reason: 'reconnect_required' })
  await putOff(line, CONFIRMING, CONFIRM_AFTER_MS)
}

async function close(line: JudgedLine, { state, reason }: { state: 'refused' | 'failed'; reason: ErrorCode }): Promise<void> {
  const now = getRuntime().clock()
  await transaction((tx) => closeLine(tx, line, { state, reason, keepToken: state === 'failed', now }))
}

async function putOff({ importId, number }: JudgedLine, reason: ErrorCode, waitMs: number): Promise<void> {
  const now = getRuntime().clock()
  await db().importLine.updateMany({
    where: { importId, number, state: 'pending' },
    data: { reason, claimedBy: null, nextTryAt: new Date(now.getTime() + waitMs), updatedAt: now },
  })
}

/** The import's other lines wait as long: an outage or a used-up quota is asked about by one line at a time. */
async function holdOthers({ importId }: JudgedLine, waitMs: number): Promise<void> {
  const until = new Date(getRuntime().clock().getTime() + waitMs)
  await db().importLine.updateMany({
    where: { importId, state: 'pending', claimedBy: null, nextTryAt: { lt: until } },
    data: { nextTryAt: until },
  })
}

function waitOf({ tries }: JudgedLine, error: unknown, retryAfterSeconds: number | undefined): number {
  const cause = error instanceof AppError ? error.cause : error
  const asked = isUpstreamError(cause) && 'retryAfterMs' in cause ? cause.retryAfterMs : null
  const doubled = FIRST_RETRY_MS * 2 ** Math.max(0, Math.min(tries - 1, 10))
  return Math.min(Math.max(doubled, asked ?? 0, (retryAfterSeconds ?? 0) * 1_000), LONGEST_RETRY_MS)
}

function isRefusal(error: unknown): error is UpstreamRefusal {
  return isUpstreamError(error) && error.name === 'UpstreamRefusal'
}
