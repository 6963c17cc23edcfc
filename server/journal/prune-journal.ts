import 'server-only'
import { getRuntime } from '../runtime'

const KEPT_MS = 30 * 86_400_000
const AT_ONCE = 1_000

/** Forgets entries that were settled a month ago: what they brought is in the lineage, and their answers were wiped. */
export async function pruneJournal(now: Date): Promise<void> {
  await getRuntime().pool.query(
    `DELETE FROM grant_journal WHERE id IN (
       SELECT id FROM grant_journal
       WHERE state IN ('applied', 'refused') AND answer_sealed IS NULL AND next_try_at < $1
       ORDER BY next_try_at LIMIT $2
     )`,
    [new Date(now.getTime() - KEPT_MS), AT_ONCE],
  )
}
