import 'server-only'
import { isUpstreamError } from '../http/from-upstream'
import { toAppError } from '../http/to-app-error'
import type { JournalEntry } from './journal-entry'

/**
 * Whether another look at a journalled answer may end otherwise. What Octorate answered stays what it is; but a code's
 * answer needs further calls, which may fail for a while, and database or key may be away.
 */
export function maySettleLater({ origin }: Pick<JournalEntry, 'origin'>, error: unknown): boolean {
  if (isUpstreamError(error)) {
    const passes = error.code === 'upstream_unreachable' || error.code === 'upstream_timeout' || error.code === 'upstream_quota'
    return origin === 'code' && passes
  }
  const { code } = toAppError(error)
  return code === 'database_unavailable' || code === 'sealed' || code === 'secret_unreadable' || code === 'internal'
}
