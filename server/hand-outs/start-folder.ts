import 'server-only'
import { Prisma } from '../generated/prisma/client'
import { startRounds } from '../rounds'
import { foldLedger } from './fold-ledger'

const EVERY_MS = 60_000

/** Brings hand-outs into the ledger some seconds after they were written, in every process. What a stop leaves, another or the next start folds. */
export function startFolder(): { stop(): Promise<void> } {
  const complaint = 'hand-outs could not be brought into the ledger'
  return startRounds({ everyMs: EVERY_MS, when: anyToFold, complaint, round: (isStopped) => foldLedger(isStopped) })
}

/** The oldest batch is the first by number. All processes ask, and the first that finds it two seconds old folds all there is. */
export function anyToFold(): Prisma.Sql {
  return Prisma.sql`coalesce((SELECT at < now() - interval '2 seconds' FROM hand_out_batches ORDER BY id LIMIT 1), false)`
}
