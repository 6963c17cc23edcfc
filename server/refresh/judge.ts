import 'server-only'
import type { ErrorCode } from '@/contracts/errors'
import { LADDER, type RungName } from '@/lib/refresh/ladder'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { isUpstreamError } from '../http/from-upstream'
import { toAppError } from '../http/to-app-error'
import { wipeAnswers } from '../journal/entry-state'
import { log } from '../log'
import { getRuntime } from '../runtime'
import { reportAnswer, reportSilence } from './circuits'
import { gatewayOf } from './gateways'
import { haltLane, widenLane } from './lanes'
import type { Lease } from './lease'
import { loginVerdict } from './login-verdict'
import { readState } from './read-state'
import type { RefreshResult } from './refresh-result'
import { releaseUpstream } from './release-waiting'
import { innocentRungOf, retryAfterOf, rungOf } from './rung-of'
import { writeFailure } from './write-failure'

interface Verdict {
  readonly rung: RungName
  /** What a person, or a back end, is told. */
  readonly error: AppError
  readonly retryAfterMs: number | null
}

/**
 * Decides what a failed refresh means and writes it down. Only a refusal of the refresh token itself, with an API client
 * that can still log in, and confirmed by a second refusal half a minute later, asks for a reconnect; quota, outage,
 * environment and our own secret never do (contract, "Errors"). Nothing of Octorate's that is written is ever a guess:
 * when the database is away, nothing is, and the lease lapses.
 */
export async function judge(lease: Lease, error: unknown): Promise<RefreshResult> {
  // A process without a key says nothing of the connection: another one may hold it.
  if (isDatabaseUnavailable(error) || toAppError(error).code === 'sealed') return failed(toAppError(error))
  try {
    await reportToCircuit(lease, error)
    const verdict = await decide(lease, error)
    await tellOthers(lease, verdict.rung)
    const { isWritten, nextAt } = await writeFailure(lease, verdict)
    return isWritten ? failed(withRetryAfter(verdict.error, nextAt)) : await overtaken(lease, verdict.error)
  } catch (err) {
    log().error({ err, connection: lease.id }, 'the outcome of a refresh could not be written down')
    return failed(toAppError(error))
  }
}

/** The row has changed while the refresh was under way: somebody disconnected, or a newer token is there. */
async function overtaken(lease: Lease, error: AppError): Promise<RefreshResult> {
  const row = await readState(lease)
  if (row?.state === 'disconnected') {
    await wipeAnswers(db(), lease)
    return failed(new AppError('already_disconnected'))
  }
  return row && row.accessTokenVersion > lease.accessTokenVersion ? { outcome: 'refreshed' } : failed(error)
}

function failed(error: AppError): RefreshResult {
  return { outcome: 'failed', error }
}

async function reportToCircuit({ apiClient }: Lease, error: unknown): Promise<void> {
  if (!isUpstreamError(error)) return
  if (rungOf(error) === 'no_answer') reportSilence(apiClient.upstreamId, retryAfterOf(error))
  else if (reportAnswer(apiClient.upstreamId)) await releaseUpstream(apiClient.upstreamId)
}

async function decide(lease: Lease, error: unknown): Promise<Verdict> {
  const rung = rungOf(error)
  if (rung !== 'in_doubt') return { rung, error: toAppError(error), retryAfterMs: retryAfterOf(error) }
  const login = await loginVerdict(gatewayOf(lease.apiClient))
  switch (login.verdict) {
    case 'refused':
      return { rung: 'client_refused', error: login.error, retryAfterMs: null }
    case 'unknown':
      return { rung: innocentRungOf(login.error), error: toAppError(login.error), retryAfterMs: retryAfterOf(login.error) }
    case 'accepted':
      return doubtOf(lease, error)
  }
}

/** The second refusal counts when it comes half a minute after the first, not when somebody is impatient. */
function doubtOf(lease: Lease, error: unknown): Verdict {
  const { nextRefreshAt, lastRefreshOutcome, state } = lease
  const hasWaited = lastRefreshOutcome === LADDER.doubted.outcome && nextRefreshAt !== null && nextRefreshAt <= getRuntime().clock()
  const rung = hasWaited || state === 'reconnect_required' ? 'dead' : 'doubted'
  const code: ErrorCode = rung === 'dead' ? 'reconnect_required' : 'refresh_refused_once'
  const upstreamRequestId = isUpstreamError(error) ? error.requestId : null
  return { rung, error: new AppError(code, { cause: error, upstreamRequestId }), retryAfterMs: null }
}

async function tellOthers(lease: Lease, rung: RungName): Promise<void> {
  if (rung === 'quota') await widenLane(lease)
  if (rung !== 'client_refused') return
  await haltLane(lease)
  await db().apiClient.updateMany({ where: { id: lease.apiClientId, refusedAt: null }, data: { refusedAt: getRuntime().clock() } })
}

function withRetryAfter(error: AppError, nextAt: Date | null): AppError {
  if (!nextAt) return error
  const seconds = Math.ceil((nextAt.getTime() - getRuntime().clock().getTime()) / 1000)
  return new AppError(error.code, { ...error.extras, cause: error.cause, retryAfterSeconds: Math.max(1, seconds) })
}
