import 'server-only'
import { db } from '../db'
import { addJob } from '../jobs/add-job'
import { takeSlot } from '../refresh/take-slot'
import { getRuntime } from '../runtime'
import { claimLines, type RunningImport } from './claim-line'
import { giveUpCancelled } from './give-up-cancelled'
import { probeLine } from './probe-line'
import { trustLines } from './trust-lines'

/** One job works this long at most, so that imports take turns and a stop waits for little. */
const SLICE_MS = 20_000
/** Tries begun in a second at most, and fewer while refreshes need the API client's lane. */
const TRIES_PER_SECOND = 4
const TRIES_AT_ONCE = 4
const TRUSTED_AT_ONCE = 50
const LONGEST_PAUSE_MS = 60_000
/** Before looking again at what somebody else has in hand. */
const SHORTEST_PAUSE_MS = { running: 250, over: 5_000 } as const

/** Works on the lines of an import that are due, for a while; adds itself again for what is left, or finishes it. */
export async function runImport(importId: string, signal: AbortSignal): Promise<void> {
  const running = await db().connectionImport.findUnique({ where: { id: importId }, include: { apiClient: true } })
  if (!running) return
  if (running.state === 'running') await workOn(running, signal)
  else await giveUpCancelled(running)
  const waitMs = await timeLeft(importId)
  if (waitMs === null) await finish(importId)
  else {
    const shortest = running.state === 'running' ? SHORTEST_PAUSE_MS.running : SHORTEST_PAUSE_MS.over
    const runInMs = Math.min(Math.max(waitMs, shortest), LONGEST_PAUSE_MS)
    await addJob(db(), { name: 'run_import', payload: { importId } }, { key: `import:${importId}`, runInMs })
  }
}

async function workOn(running: RunningImport, signal: AbortSignal): Promise<void> {
  const until = performance.now() + SLICE_MS
  const goOn = () => !signal.aborted && performance.now() < until
  if (!running.probe) {
    for (let lines = await claimLines(running, TRUSTED_AT_ONCE); lines.length > 0; lines = goOn() ? await claimLines(running, TRUSTED_AT_ONCE) : []) {
      await trustLines(lines)
    }
    return
  }
  const inHand = new Set<Promise<void>>()
  while (goOn()) {
    const waitMs = await takeSlot(running.apiClientId)
    await pause(waitMs ?? 1_000 / TRIES_PER_SECOND)
    if (waitMs === null) continue
    // Claimed just before it is sent: a line in hand is a line under way.
    const [line] = await claimLines(running, 1)
    if (!line) break
    const work = probeLine(line).finally(() => inHand.delete(work))
    inHand.add(work)
    await pause(1_000 / TRIES_PER_SECOND)
    if (inHand.size >= TRIES_AT_ONCE) await Promise.race(inHand)
  }
  await Promise.all(inHand)
}

/** Milliseconds until a line is due; null when none is left. */
async function timeLeft(importId: string): Promise<number | null> {
  const { _min } = await db().importLine.aggregate({ where: { importId, state: 'pending' }, _min: { nextTryAt: true } })
  return _min.nextTryAt && Math.max(0, _min.nextTryAt.getTime() - getRuntime().clock().getTime())
}

async function finish(importId: string): Promise<void> {
  await db().connectionImport.updateMany({
    where: { id: importId, state: 'running', lines: { none: { state: 'pending' } } },
    data: { state: 'finished', finishedAt: getRuntime().clock() },
  })
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
