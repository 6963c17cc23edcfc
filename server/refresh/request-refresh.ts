import 'server-only'
import { refreshOnce } from '../connections/refresh-once'
import type { AppError } from '../http/app-error'
import type { RefreshOutcome, UnavailableCause } from './refresh-outcome'

export interface RefreshSubject {
  readonly id: string
  readonly organizationId: string
}

export interface RefreshWish {
  /** Who wants it: a back end that asks for a token, a person, a back end whose token was refused, or an import. */
  readonly reason: 'hand_out' | 'manual' | 'report' | 'import'
  /** How long the caller waits for the outcome. What was sent goes on when nobody waits any more. */
  readonly waitMs: number
}

/**
 * Gets a new access token for a connection, once for all who ask at the same time.
 *
 * @throws AppError `not_found`, and what is nobody's fault upstream: `secret_unreadable`, `upstream_not_allowed`, `internal`.
 */
export async function requestRefresh(subject: RefreshSubject, { waitMs }: RefreshWish): Promise<RefreshOutcome> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, waitMs, null)
  })
  const result = await Promise.race([refreshOnce(subject), late]).finally(() => clearTimeout(timer))
  if (!result) return unavailable('busy', 1)
  return result.outcome === 'refreshed' ? result : toOutcome(result.error)
}

function toOutcome(error: AppError): RefreshOutcome {
  switch (error.code) {
    case 'already_disconnected':
      return { outcome: 'disconnected' }
    case 'reconnect_required':
    case 'refresh_token_missing':
      return { outcome: 'reconnect_required' }
    case 'refresh_refused_once':
      return unavailable('confirming', 30)
    case 'refresh_in_progress':
      return unavailable('busy', 1)
    case 'database_unavailable':
      return unavailable('database_unavailable', 2)
    case 'api_client_refused':
      return unavailable('api_client_refused', 60)
    case 'upstream_quota':
      return unavailable('quota', 60)
    case 'upstream_unreachable':
    case 'upstream_timeout':
      return unavailable('upstream_unreachable', 5)
    case 'upstream_wrong_environment':
      return unavailable('wrong_environment', 60)
    case 'upstream_permission':
      return unavailable('permission_missing', 60)
    case 'upstream_refused':
    case 'upstream_redirected':
    case 'upstream_unreadable':
      return unavailable('unexpected_answer', 60)
    default:
      throw error
  }
}

function unavailable(cause: UnavailableCause, retryAfterSeconds: number): RefreshOutcome {
  return { outcome: 'temporarily_unavailable', retryAfterSeconds, cause }
}
