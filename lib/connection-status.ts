export const CONNECTION_STATUSES = [
  'healthy',
  'expiring',
  'refresh_failing',
  'reconnect_required',
  'disconnected',
] as const
export type ConnectionStatus = (typeof CONNECTION_STATUSES)[number]

/**
 * Why the last refresh failed, none of which asks the hotelier for anything (contract, "Errors"). `not_sent`: Keyrack
 * could not even send it.
 */
export const REFRESH_FAILING_CAUSES = [
  'upstream_unreachable',
  'quota',
  'wrong_environment',
  'permission_missing',
  'api_client_refused',
  'unexpected_answer',
  'not_sent',
  'unknown',
] as const
export type RefreshFailingCause = (typeof REFRESH_FAILING_CAUSES)[number]

/** Why a new consent is needed, where it was not Octorate who ended the grant: an owner asked for it in an incident. */
export const OPERATOR_ASKED = 'operator_asked'

export const CONNECTION_CAUSES = [...REFRESH_FAILING_CAUSES, OPERATOR_ASKED] as const
export type ConnectionCause = (typeof CONNECTION_CAUSES)[number]

export type StatusWithCause =
  | { readonly status: Exclude<ConnectionStatus, 'refresh_failing' | 'reconnect_required'>; readonly cause: null }
  | { readonly status: 'reconnect_required'; readonly cause: typeof OPERATOR_ASKED | null }
  | { readonly status: 'refresh_failing'; readonly cause: RefreshFailingCause }

interface ConnectionFacts {
  readonly disconnectedAt: Date | null
  /** When Octorate confirmed that the grant is dead, or an owner gave it up. */
  readonly grantDeadAt: Date | null
  /** Whether it was an owner. */
  readonly isAskedByOperator: boolean
  /** Cause of the failure of the latest refresh; null when it succeeded or none was tried. */
  readonly refreshFailure: RefreshFailingCause | null
  readonly accessExpiresAt: Date
}

export const EXPIRING_MARGIN_MS = 2 * 3_600_000

/** The one status of a connection, the gravest first; `expiring` means less than two hours left. */
export function deriveStatus(facts: ConnectionFacts, now: Date): StatusWithCause {
  if (facts.disconnectedAt) return { status: 'disconnected', cause: null }
  if (facts.grantDeadAt) return { status: 'reconnect_required', cause: facts.isAskedByOperator ? OPERATOR_ASKED : null }
  if (facts.refreshFailure) return { status: 'refresh_failing', cause: facts.refreshFailure }
  const leftMs = facts.accessExpiresAt.getTime() - now.getTime()
  return { status: leftMs < EXPIRING_MARGIN_MS ? 'expiring' : 'healthy', cause: null }
}
