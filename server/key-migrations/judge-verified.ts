import 'server-only'
import type { ErrorCode } from '@/contracts/errors'
import { isUpstreamError } from '../http/from-upstream'
import { toAppError } from '../http/to-app-error'
import type { RefreshOutcome, UnavailableCause } from '../refresh/refresh-outcome'
import { closeKeyLine } from './close-key-line'
import { putBack } from './put-back'
import { retryWaitMs } from './retry-wait'
import { holdKeyMigration, slowDown, stopKeyMigration } from './steer'
import type { StoredLine } from './verify-line'

/** A refused refresh is tried once more by itself after half a minute; nothing new is begun until then. */
const CONFIRM_MS = 35_000

const CODES: Readonly<Record<UnavailableCause, ErrorCode>> = {
  confirming: 'refresh_refused_once',
  busy: 'refresh_in_progress',
  paused: 'refresh_paused',
  database_unavailable: 'database_unavailable',
  upstream_unreachable: 'upstream_unreachable',
  quota: 'upstream_quota',
  wrong_environment: 'upstream_wrong_environment',
  permission_missing: 'upstream_permission',
  api_client_refused: 'api_client_refused',
  unexpected_answer: 'upstream_unreadable',
  not_sent: 'secret_unreadable',
  unknown: 'refresh_refused_once',
}
/** What every other line would meet as well, until a person has done something. */
const STOPS: readonly UnavailableCause[] = ['wrong_environment', 'permission_missing', 'api_client_refused']

/** Writes down what a refresh that brought no token means for the run, and for the line: with that closed, another process would begin the next one. */
export async function judgeOutcome(line: StoredLine, outcome: Exclude<RefreshOutcome, { outcome: 'refreshed' }>): Promise<void> {
  if (outcome.outcome === 'disconnected') return closeKeyLine(line, { state: 'failed', reason: 'disconnected_meanwhile' })
  if (outcome.outcome === 'reconnect_required') {
    await stopKeyMigration(line.migration, 'line_not_verified')
    return closeKeyLine(line, { state: 'failed', reason: 'refresh_refused' })
  }
  const { cause, retryAfterSeconds } = outcome
  const waitMs = Math.max(retryAfterSeconds * 1_000, retryWaitMs(line.tries))
  if (cause === 'confirming' || cause === 'unknown') {
    await holdKeyMigration(line.migration, CONFIRM_MS)
    return putBack(line, { to: 'stored', reason: CODES[cause], waitMs: CONFIRM_MS })
  }
  if (STOPS.includes(cause)) await stopKeyMigration(line.migration, 'upstream_refuses')
  else if (cause === 'quota') await slowDown(line.migration, waitMs)
  else if (cause === 'upstream_unreachable') await holdKeyMigration(line.migration, waitMs)
  await putBack(line, { to: 'stored', reason: CODES[cause], waitMs: cause === 'busy' ? 1_000 : waitMs })
}

/** The token was refreshed, but the property could not be read with it. */
export async function judgeRead(line: StoredLine, error: Error | null): Promise<void> {
  const { code } = toAppError(error)
  const kind = isUpstreamError(error) && error.name === 'UpstreamRefusal' ? error.kind : null
  const waitMs = retryWaitMs(line.tries, isUpstreamError(error) && 'retryAfterMs' in error ? error.retryAfterMs : null)
  if (kind === 'wrong_token_kind') {
    await stopKeyMigration(line.migration, 'line_not_verified')
    return closeKeyLine(line, { state: 'failed', reason: 'property_not_covered' })
  }
  if (kind === 'wrong_environment' || kind === 'permission_missing') await stopKeyMigration(line.migration, 'upstream_refuses')
  else if (kind === 'quota') await slowDown(line.migration, waitMs)
  await putBack(line, { to: 'stored', reason: code, waitMs })
}
