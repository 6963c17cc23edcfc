import 'server-only'
import { db, type Transaction } from '../db'
import { getRuntime } from '../runtime'

/**
 * Closes the lines of an import that nobody goes on with, and wipes their tokens. A line that a process has in hand, or
 * whose answer waits in the journal, is left alone: what Octorate gave is saved first.
 */
export async function giveUpCancelled({ id }: { readonly id: string }, tx: Pick<Transaction, '$executeRaw'> = db()): Promise<void> {
  const now = getRuntime().clock()
  await tx.$executeRaw`
    UPDATE import_lines SET state = 'failed', reason = 'cancelled', refresh_token_sealed = NULL, claimed_by = NULL, updated_at = ${now}
    WHERE import_id = ${id}::uuid AND state = 'pending'
      AND (claimed_by IS NULL OR next_try_at <= ${now})
      AND NOT EXISTS (
        SELECT 1 FROM grant_journal
        WHERE grant_journal.connection_id = import_lines.connection_id AND origin = 'import' AND grant_journal.state = 'received'
      )`
}
