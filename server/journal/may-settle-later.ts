import 'server-only'
import { toAppError } from '../http/to-app-error'

const PASSING = ['database_unavailable', 'sealed', 'secret_unreadable', 'upstream_not_allowed', 'internal']

/**
 * Whether another look at a journalled answer may end otherwise. What Octorate answered stays what it is; but a code's
 * answer needs further calls, which may fail for a while, and database, key or upstream may be away.
 */
export function maySettleLater(error: unknown): boolean {
  const { code, extras } = toAppError(error)
  return extras.mayPass === true || PASSING.includes(code)
}
