import 'server-only'
import { Prisma } from '../generated/prisma/client'
import { log } from '../log'
import { getRuntime } from '../runtime'
import { untilWork } from '../until-work'
import { anyUnsealed, sealEvents } from './seal-events'
import { signCheckpoints } from './sign-checkpoints'

const SIGN_EVERY_MS = 30_000
/** After a failure, or while another process is at it. */
const AGAIN_AFTER_MS = 2_000
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
  const { signal } = stopping
  let [sinceId, sweptAtMs, signAt] = ['0', clock().getTime(), 0]
  let marks: Mark[] = []

  /** @returns whether nothing visible that comes behind `from` is left without a seal. */
  const seal = async (from: string) => {
    while (!signal.aborted) {
      const sealed = await sealEvents(from)
      if (sealed === null) return false
      if (sealed === 0) return true
    }
    return false
  }
  const sealAndSign = async () => {
    const nowMs = clock().getTime()
    const isSweep = nowMs - sweptAtMs >= SWEEP_EVERY_MS
    const from = isSweep ? '0' : sinceId
    const { maxId, hasUnsealed } = await look(from)
    if (hasUnsealed && !(await seal(from))) return
    if (isSweep) sweptAtMs = nowMs
    // Everything up to here has its seal, but for transactions that are not over.
    marks.push({ atMs: nowMs, maxId })
    const settled = marks.filter(({ atMs }) => nowMs - atMs >= SETTLED_AFTER_MS).at(-1)
    if (settled) {
      sinceId = settled.maxId
      marks = marks.slice(marks.indexOf(settled) + 1)
    }
    if ((await signCheckpoints()) !== null) signAt = performance.now() + SIGN_EVERY_MS
  }
  const run = async () => {
    while (!signal.aborted) {
      const step = performance.now() < signAt ? seal(sinceId) : sealAndSign()
      await step.catch((err: unknown) => log().warn({ err }, 'the audit log could not be sealed just now; it is tried again'))
      const mostMs = Math.max(AGAIN_AFTER_MS, signAt - performance.now())
      await untilWork(() => anyUnsealed(sinceId), { signal, mostMs })
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

async function look(sinceId: string): Promise<{ readonly maxId: string; readonly hasUnsealed: boolean }> {
  const { rows } = await getRuntime().pool.query<{ maxId: string; hasUnsealed: boolean }>(
    Prisma.sql`SELECT coalesce(max(id), 0)::text AS "maxId", ${anyUnsealed(sinceId)} AS "hasUnsealed" FROM audit_events`,
  )
  return rows[0] ?? { maxId: '0', hasUnsealed: false }
}
