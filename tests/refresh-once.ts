import { refreshNow } from '@/server/refresh/refresh-now'
import type { RefreshResult } from '@/server/refresh/refresh-result'
import type { RefreshSubject } from '@/server/refresh/refresh-subject'

/** Refreshes a connection as a person wants it, and waits for the outcome, whoever brings it about. */
export function refreshOnce(subject: RefreshSubject): Promise<RefreshResult> {
  return refreshNow(subject, { reason: 'manual' })
}
