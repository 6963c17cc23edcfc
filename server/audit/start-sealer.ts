import 'server-only'
import { log } from '../log'
import { pause } from '../pause'
import { getRuntime } from '../runtime'
import { sealEvents } from './seal-events'
import { signCheckpoints } from './sign-checkpoints'

const SEAL_EVERY_MS = 2_000
const SIGN_EVERY_MS = 30_000
/** No transaction lives so long: of the numbers before, none comes any more. */
const SETTLED_AFTER_MS = 10 * 60_000
/** So often everything is looked through, whatever is thought to be settled. */
const SWEEP_EVERY_MS = 60 * 60_000

interface Mark {
  readonly atMs: number
  readonly maxId: string
}

/**
 * Seals the audit log behind its writers, and signs it. Every process runs one; one at a time works. A database that is
 * away is waited for.
 */
export function startSealer(): { stop(): Promise<void> } {
  const { clock } = getRuntime()
  const stopping = new AbortController()
  let [sinceId, sweptAtMs, signedAtMs] = ['0', 0, 0]
  let marks: Mark[] = []

  const step = async () => {
    const nowMs = clock().getTime()
    if (nowMs - sweptAtMs >= SWEEP_EVERY_MS) [sinceId, sweptAtMs, marks] = ['0', nowMs, []]
    const { maxId, hasUnsealed } = await look(sinceId)
    const sealed = hasUnsealed ? await sealEvents(sinceId) : 0
    if (sealed === null) return SEAL_EVERY_MS
    if (sealed > 0) return 0
    // Everything up to here has its seal, but for transactions that are not over.
    marks.push({ atMs: nowMs, maxId })
    const settled = marks.filter(({ atMs }) => nowMs - atMs >= SETTLED_AFTER_MS).at(-1)
    if (settled) {
      sinceId = settled.maxId
      marks = marks.slice(marks.indexOf(settled) + 1)
    }
    if (nowMs - signedAtMs >= SIGN_EVERY_MS && (await signCheckpoints()) !== null) signedAtMs = nowMs
    return SEAL_EVERY_MS
  }
  const run = async () => {
    while (!stopping.signal.aborted) {
      const waitMs = await step().catch((err: unknown) => {
        log().warn({ err }, 'the audit log could not be sealed just now; it is tried again')
        return SEAL_EVERY_MS
      })
      if (waitMs > 0) await pause(waitMs, stopping.signal)
    }
  }
  const running = run()
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}

/** One statement without a transaction: most looks find nothing. */
async function look(sinceId: string): Promise<{ readonly maxId: string; readonly hasUnsealed: boolean }> {
  const { rows } = await getRuntime().pool.query<{ maxId: string; hasUnsealed: boolean }>(
    `SELECT coalesce(max(id), 0)::text AS "maxId", EXISTS (
       SELECT 1 FROM audit_events e WHERE e.id > $1 AND NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.event_id = e.id)
     ) AS "hasUnsealed" FROM audit_events`,
    [sinceId],
  )
  return rows[0] ?? { maxId: '0', hasUnsealed: false }
}
