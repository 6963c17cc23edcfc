import 'server-only'
import { refreshNow } from '../refresh/refresh-now'
import type { RefreshResult } from '../refresh/refresh-result'
import type { RefreshSubject } from '../refresh/refresh-subject'

/** Refreshes a connection because a person wants it, and waits for the outcome, whoever brings it about. */
export function refreshOnce(subject: RefreshSubject): Promise<RefreshResult> {
  return refreshNow(subject, { reason: 'manual' })
}
