import 'server-only'
import { startRounds } from '../rounds'
import { getRuntime } from '../runtime'
import { foldLedger } from './fold-ledger'

const ROUND_MS = 2_000

/** The oldest batch is the first by number. All processes ask, and the first that finds it old enough folds all there is. */
const DUE = `SELECT coalesce((SELECT at < now() - interval '${ROUND_MS} milliseconds' FROM hand_out_batches ORDER BY id LIMIT 1), false) AS "is"`

/** Brings hand-outs into the ledger some seconds after they were written, in every process. What a stop leaves, another or the next start folds. */
export function startFolder(): { stop(): Promise<void> } {
  const round = async (isStopped: () => boolean) => {
    if (await isFoldDue()) await foldLedger(isStopped)
  }
  return startRounds({ everyMs: ROUND_MS, complaint: 'hand-outs could not be brought into the ledger', round })
}

/** One statement without a transaction: most rounds of a quiet console have nothing to do. */
async function isFoldDue(): Promise<boolean> {
  const { rows } = await getRuntime().pool.query<{ is: boolean }>(DUE)
  return rows[0]?.is ?? false
}
