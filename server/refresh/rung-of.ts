import type { RungName } from '@/lib/refresh/ladder'
import { isUpstreamError } from '../http/from-upstream'
import type { RefusalKind } from '../octorate/errors/upstream-refusal'
import { UpstreamRefusal } from '../octorate/errors/upstream-refusal'
import { UpstreamUnreachable } from '../octorate/errors/upstream-unreachable'
import { maySayGrantIsDead } from '../octorate/refresh'

const BY_KIND: Partial<Record<RefusalKind, RungName>> = {
  quota: 'quota',
  wrong_environment: 'wrong_environment',
  permission_missing: 'permission_missing',
}

/**
 * The rung of the ladder on which a failed refresh stands; `in_doubt` when ApiLogin has to be asked whose fault it is.
 * What is no answer of Octorate's is ours.
 */
export function rungOf(error: unknown): RungName | 'in_doubt' {
  if (!isUpstreamError(error)) return 'not_sent'
  if (error instanceof UpstreamUnreachable) return 'no_answer'
  if (!(error instanceof UpstreamRefusal)) return 'unreadable'
  return maySayGrantIsDead(error) ? 'in_doubt' : innocentRungOf(error)
}

/** The same for a log-in that neither accepted nor refused: it never speaks of the grant. */
export function innocentRungOf(error: unknown): RungName {
  if (error instanceof UpstreamUnreachable) return 'no_answer'
  return (error instanceof UpstreamRefusal && BY_KIND[error.kind]) || 'unreadable'
}

/** Octorate's own wish, in milliseconds. */
export function retryAfterOf(error: unknown): number | null {
  return error instanceof UpstreamRefusal || error instanceof UpstreamUnreachable ? error.retryAfterMs : null
}
