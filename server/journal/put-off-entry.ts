import 'server-only'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { toAppError } from '../http/to-app-error'
import { refuseEntry, retryEntryLater } from './entry-state'
import type { JournalEntry } from './journal-entry'
import { maySettleLater } from './may-settle-later'

/** Writes down that an answer could not be settled: it is tried again when that may help, and kept as evidence otherwise. */
export async function putOffEntry(entry: JournalEntry, error: unknown): Promise<void> {
  if (isDatabaseUnavailable(error)) return
  if (maySettleLater(error)) await retryEntryLater(entry.id, toAppError(error).code)
  else await refuseEntry(entry, toAppError(error).code)
}
