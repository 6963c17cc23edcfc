import 'server-only'
import type { ErrorCode } from '@/contracts/errors'
import type { AppError } from '../http/app-error'
import type { Lease } from './lease'
import { refreshNow } from './refresh-now'
import type { RefreshOutcome, UnavailableCause } from './refresh-outcome'
import type { RefreshReason, RefreshSubject } from './refresh-subject'
import { withinTime } from '../within-time'

export type { RefreshSubject }

export interface RefreshWish {
  /** Who wants it: a back end that asks for a token, a person, a back end whose token was refused, or an import. */
  readonly reason: Exclude<RefreshReason, 'probe' | 'confirm'>
  /** How long the caller waits for the outcome. What was sent goes on when nobody waits any more. */
  readonly waitMs: number
  /**
   * Version of the access token that the caller found wanting. When a newer one is stored by now, that is the outcome;
   * without it, what is stored when the wish arrives counts as wanting.
   */
  readonly seenVersion?: number
  /** Where the caller holds it already. */
  readonly lease?: Lease
}

/** What an error says of the connection; codes that are not here are nobody's fault upstream and are thrown. */
const CAUSES: Partial<Record<ErrorCode, UnavailableCause>> = {
  refresh_refused_once: 'confirming',
  refresh_in_progress: 'busy',
  refresh_paused: 'paused',
  database_unavailable: 'database_unavailable',
  api_client_refused: 'api_client_refused',
  upstream_quota: 'quota',
  upstream_unreachable: 'upstream_unreachable',
  upstream_timeout: 'upstream_unreachable',
  upstream_wrong_environment: 'wrong_environment',
  upstream_permission: 'permission_missing',
  upstream_refused: 'unexpected_answer',
  upstream_redirected: 'unexpected_answer',
  upstream_unreadable: 'unexpected_answer',
  secret_unreadable: 'not_sent',
  upstream_not_allowed: 'not_sent',
}
const RETRY_AFTER_SECONDS = 5

/**
 * Gets a new access token for a connection, once for all who ask at the same time, in this process and in others. A
 * connection that backs off is not sent for again before its time, save by a person.
 *
 * @throws AppError `not_found`, `sealed`, `internal`.
 */
export async function requestRefresh(subject: RefreshSubject, { waitMs, ...wish }: RefreshWish): Promise<RefreshOutcome> {
  const result = await withinTime(refreshNow(subject, wish), waitMs)
  if (!result) return { outcome: 'temporarily_unavailable', retryAfterSeconds: 1, cause: 'busy' }
  return result.outcome === 'refreshed' ? result : toOutcome(result.error)
}

function toOutcome(error: AppError): RefreshOutcome {
  if (error.code === 'already_disconnected') return { outcome: 'disconnected' }
  if (error.code === 'reconnect_required' || error.code === 'refresh_token_missing') return { outcome: 'reconnect_required' }
  const cause = CAUSES[error.code]
  if (!cause) throw error
  return { outcome: 'temporarily_unavailable', retryAfterSeconds: error.extras.retryAfterSeconds ?? RETRY_AFTER_SECONDS, cause }
}
