import 'server-only'
import { db } from '../db'

const DAY_MS = 24 * 60 * 60_000
const GOOD_KEPT_MS = 2 * DAY_MS
const FAILED_KEPT_MS = 14 * DAY_MS
/** In one round: others wait for it. */
const MOST = 2_000

/** Forgets calls that went well after two days, and those that failed after two weeks. */
export async function pruneOperations(now: Date): Promise<void> {
  const before = (ms: number) => new Date(now.getTime() - ms)
  await db().$executeRaw`
    DELETE FROM operations WHERE id IN (
      SELECT id FROM operations
      WHERE at < ${before(FAILED_KEPT_MS)} OR (at < ${before(GOOD_KEPT_MS)} AND cause IS NULL)
      ORDER BY at LIMIT ${MOST}
    )`
}
