import 'server-only'
import type { ErrorCode } from '@/contracts/errors'
import { OPERATOR_ASKED, type RefreshFailingCause } from '@/lib/connection-status'
import { LADDER } from '@/lib/refresh/ladder'
import { AppError } from '../http/app-error'
import { getRuntime } from '../runtime'
import { circuitWaitMs } from './circuits'
import { LONGEST_QUEUE_MS, PAUSE_SECONDS } from './claim-one'
import type { RefreshState } from './read-state'
import { isInsistent, type RefreshReason } from './refresh-subject'

const CODES: Record<RefreshFailingCause, ErrorCode> = {
  upstream_unreachable: 'upstream_unreachable',
  quota: 'upstream_quota',
  wrong_environment: 'upstream_wrong_environment',
  permission_missing: 'upstream_permission',
  api_client_refused: 'api_client_refused',
  unexpected_answer: 'upstream_unreadable',
  not_sent: 'secret_unreadable',
  unknown: 'refresh_refused_once',
}

/** How often somebody who waits for a person may look again. */
const PAUSED_RETRY_MS = 60_000

/**
 * Why nothing is sent for a connection at this moment, and when it may be; null when nothing stands in the way. A person
 * may always try, but for what has no refresh token, or whose grant an owner gave up.
 */
export function refusalOf(row: RefreshState, reason: RefreshReason): AppError | null {
  const { state, nextRefreshAt } = row
  if (state === 'disconnected') return new AppError('already_disconnected')
  if (row.cause === OPERATOR_ASKED) return new AppError('reconnect_required')
  if (!row.hasRefreshToken) return new AppError('refresh_token_missing')
  if (state === 'reconnect_required' && reason !== 'manual') return new AppError('reconnect_required')
  if (isInsistent(reason)) return null
  if (row.isPaused) return withRetryAfter('refresh_paused', PAUSED_RETRY_MS)
  const backOffMs = state === 'refresh_failing' && nextRefreshAt ? nextRefreshAt.getTime() - getRuntime().clock().getTime() : 0
  if (backOffMs > 0) return failureOf(row, backOffMs)
  const uselessMs = row.uselessSince ? row.uselessSince.getTime() + PAUSE_SECONDS * 1000 - getRuntime().clock().getTime() : 0
  if (uselessMs > 0) return withRetryAfter('upstream_unreadable', uselessMs)
  const outageMs = circuitWaitMs(row.upstreamId)
  if (outageMs > 0) return withRetryAfter('upstream_unreachable', outageMs)
  // The lane is so full, or stands still, that the request would wait too long in it.
  if (row.queueMs <= LONGEST_QUEUE_MS) return null
  return withRetryAfter(row.clientRefusedAt ? 'api_client_refused' : 'refresh_in_progress', row.queueMs)
}

/** How the refresh ended that somebody else tried, as it is written on the connection. */
export function failureOf({ state, cause, lastRefreshOutcome }: RefreshState, retryAfterMs: number): AppError {
  if (state === 'reconnect_required' || cause === OPERATOR_ASKED) return new AppError('reconnect_required')
  if (lastRefreshOutcome === LADDER.doubted.outcome) return withRetryAfter('refresh_refused_once', retryAfterMs)
  return withRetryAfter(CODES[cause ?? 'unknown'], retryAfterMs)
}

function withRetryAfter(code: ErrorCode, ms: number): AppError {
  return new AppError(code, { retryAfterSeconds: Math.max(1, Math.ceil(ms / 1000)) })
}
