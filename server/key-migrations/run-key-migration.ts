import 'server-only'
import { db } from '../db'
import { answersWait } from '../journal/waiting-answers'
import { pause } from '../pause'
import { takeSlot } from '../refresh/take-slot'
import { requestsFirst } from '../requests-first'
import { getRuntime } from '../runtime'
import { claimKeyLines, type ClaimedKeyLine, type RunningMigration } from './claim-key-lines'
import { finishKeyMigration } from './finish-key-migration'
import { giveBack } from './give-back'
import { skipDoubles } from './skip-doubles'
import { workOnLine } from './work-on-line'

/**
 * Keys that one process is sending at most, and lines that it is verifying besides: of no more than the first can a crash
 * leave the fate unknown. With a throttle those of a second, but not fewer than a slow Octorate needs.
 */
const AT_ONCE = 32
const AT_ONCE_THROTTLED = 4
/** Lines in hand for each that may be sent: those whose answers are stored and verified. More would be quicker, and pages slower. */
const IN_HAND = 2
/** Of the lines that may be sent, the least share that is claimed by one statement where nothing paces them. */
const CLAIM_SHARE = 1 / 4
const IDLE_MS = 250
const READ_AGAIN_MS = 500
/** Rounds without a line after which the engine looks again later. */
const MOST_IDLE = 3

/**
 * Works on a migration until nothing is left to do just now: several processes do so at once, each line by line. Whether
 * it runs, its stage and its pace are read again before lines are taken.
 */
export async function runKeyMigration(id: string, signal: AbortSignal): Promise<void> {
  const lines: LinesUnderWay = { inHand: new Set(), sending: new Set() }
  try {
    await workOn(id, lines, signal)
  } finally {
    // Also when the database went away: the next run counts from none.
    await Promise.all(lines.inHand)
  }
}

interface LinesUnderWay {
  readonly inHand: Set<Promise<void>>
  readonly sending: Set<Promise<void>>
}

async function workOn(id: string, { inHand, sending }: LinesUnderWay, signal: AbortSignal): Promise<void> {
  const read = reader(id)
  let idle = 0
  while (!signal.aborted) {
    const migration = await read()
    if (!migration || migration.finishedAt) break
    const atOnce = linesAtOnce(migration)
    const most = Math.min(atOnce - sending.size, IN_HAND * atOnce - inHand.size)
    if (most < (migration.gapMs > 0 ? 1 : Math.ceil(atOnce * CLAIM_SHARE))) {
      await Promise.race([...inHand, ...sending])
      continue
    }
    const fresh = await freshRoom(migration, { inHand: inHand.size, signal })
    const lines = await take(migration, { most, fresh })
    for (const [index, line] of lines.entries()) {
      if (signal.aborted) return giveBack(lines.slice(index))
      const { settled, done } = workOnLine(line)
      keepWhile(sending, settled)
      keepWhile(inHand, done)
      // Pages and token requests have their turn in between.
      await requestsFirst()
    }
    if (lines.length > 0) {
      idle = 0
      continue
    }
    if (inHand.size > 0) {
      await Promise.race([...inHand, pause(untilSlotMs(migration), signal)])
      continue
    }
    if (await finishKeyMigration(id)) break
    idle += 1
    if (idle > MOST_IDLE) break
    await pause(untilSlotMs(migration), signal)
  }
}

async function take(migration: RunningMigration, room: Parameters<typeof claimKeyLines>[1]): Promise<ClaimedKeyLine[]> {
  const claimed = await claimKeyLines(migration, room)
  try {
    return await skipDoubles(claimed)
  } catch (error) {
    await giveBack(claimed)
    throw error
  }
}

function keepWhile(set: Set<Promise<void>>, work: Promise<void>): void {
  const kept = work.finally(() => set.delete(kept))
  set.add(kept)
}

/** The row, read again for each look until it goes at full speed, and twice a second then: claims ask the database all the same. */
function reader(id: string): () => Promise<RunningMigration | null> {
  let known: RunningMigration | null = null
  let readAt = 0
  return async () => {
    const isFast = known?.state === 'running' && known.stage === 'rest' && known.gapMs === 0
    if (isFast && performance.now() - readAt < READ_AGAIN_MS) return known
    readAt = performance.now()
    known = await db().keyMigration.findUnique({ where: { id }, include: { apiClient: true } })
    return known
  }
}

function linesAtOnce({ perSecond }: RunningMigration): number {
  return perSecond === null ? AT_ONCE : Math.min(AT_ONCE, Math.max(AT_ONCE_THROTTLED, Math.ceil(perSecond)))
}

function untilSlotMs({ state, nextSlotAt }: RunningMigration): number {
  const ms = nextSlotAt.getTime() - getRuntime().clock().getTime()
  return state === 'running' && ms > 0 ? Math.min(ms, IDLE_MS) : IDLE_MS
}

/** How many lines the lane of the API client lets begin: refreshes of what is connected come first in it. None while answers have no place to go. */
async function freshRoom(migration: RunningMigration, { inHand, signal }: { inHand: number; signal: AbortSignal }): Promise<number> {
  const { env, clock } = getRuntime()
  const mayBegin = !signal.aborted && migration.state === 'running' && migration.nextSlotAt <= clock() && (migration.stage !== 'first_line' || inHand === 0)
  if (!mayBegin || answersWait()) return 0
  if (env.KEYRACK_REFRESH_RATE === 0) return AT_ONCE
  const waitMs = await takeSlot(migration.apiClientId)
  if (waitMs === null) return 0
  // Only then is the line taken: one in hand is one under way.
  await pause(waitMs, signal)
  return signal.aborted ? 0 : 1
}
