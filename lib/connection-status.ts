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

export type StatusWithCause =
  | { readonly status: Exclude<ConnectionStatus, 'refresh_failing'>; readonly cause: null }
  | { readonly status: 'refresh_failing'; readonly cause: RefreshFailingCause }

interface ConnectionFacts {
  readonly disconnectedAt: Date | null
  /** When Octorate confirmed that the grant is dead. */
  readonly grantDeadAt: Date | null
  /** Cause of the failure of the latest refresh; null when it succeeded or none was tried. */
  readonly refreshFailure: RefreshFailingCause | null
  readonly accessExpiresAt: Date
}

export const EXPIRING_MARGIN_MS = 2 * 3_600_000

/** The one status of a connection, the gravest first; `expiring` means less than two hours left. */
export function deriveStatus(facts: ConnectionFacts, now: Date): StatusWithCause {
  if (facts.disconnectedAt) return { status: 'disconnected', cause: null }
  if (facts.grantDeadAt) return { status: 'reconnect_required', cause: null }
  if (facts.refreshFailure) return { status: 'refresh_failing', cause: facts.refreshFailure }
  const leftMs = facts.accessExpiresAt.getTime() - now.getTime()
  return { status: leftMs < EXPIRING_MARGIN_MS ? 'expiring' : 'healthy', cause: null }
}
