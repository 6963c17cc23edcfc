import type { FaultRig } from './fault-rig'
import { pause } from './pass-time'

const ENDS_WITHIN_MS = 30_000
/** A server that is merely coming up again answers. */
const REFUSES_IN_A_ROW = 10

/**
 * Lets PostgreSQL end on a full disk: it gives up when it can't go on in a new file of its log, and comes up again as long as
 * there is a rest of the last one.
 */
export async function writeLogUntilItEnds({ database }: FaultRig): Promise<void> {
  const endsBy = performance.now() + ENDS_WITHIN_MS
  let refused = 0
  for (let bytes = 4 << 20; refused < REFUSES_IN_A_ROW; ) {
    if (performance.now() > endsBy) throw new Error('PostgreSQL did not end on a full disk')
    const error = await database.sql("SELECT pg_logical_emit_message(false, 'rig', repeat('x', $1::int))", [bytes]).then(() => null, (reason: { code?: string }) => reason)
    refused = error?.code === 'ECONNREFUSED' ? refused + 1 : 0
    if (error) await pause(100)
    if (error && refused === 0) bytes = Math.max(64, bytes >> 2)
  }
}
