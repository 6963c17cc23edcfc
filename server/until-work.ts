import 'server-only'
import { afterRequests } from './database/after-requests'
import { isCutShort } from './database/is-cut-short'
import { isDatabaseUnavailable } from './database/is-database-unavailable'
import { noteOutage } from './database/outage'
import { Prisma } from './generated/prisma/client'
import { log } from './log'
import { beginPause } from './pause'
import { getRuntime, once } from './runtime'

/** What says in SQL that there is work; made anew for each look, because it may hold the time. */
export type Condition = () => Prisma.Sql

interface Patience {
  readonly signal: AbortSignal
  /** After so long nobody waits any more, whatever the condition says. */
  readonly mostMs: number
}

interface Waiter {
  readonly condition: Condition
  readonly wake: () => void
  isWoken: boolean
  /** Its condition is being asked; with `again`, somebody has hurried the looks since. */
  asked: 'no' | 'now' | 'again'
  /** Asked together with others, it may have been what failed: it is asked by itself. */
  isDoubtful: boolean
}

const LOOK_MS = 2_000

/**
 * Waits until there is work. All who wait in this process are looked for together, every two seconds, in one statement: an
 * idle process asks the database once for all that it does by itself. Nobody is woken by a look that failed.
 *
 * @returns whether the condition held; false when the time was over or the signal came.
 */
export async function untilWork(condition: Condition, { signal, mostMs }: Patience): Promise<boolean> {
  const { over, end } = beginPause(mostMs, signal)
  const waiter: Waiter = { condition, wake: end, isWoken: false, isDoubtful: false, asked: 'no' }
  const own = looks()
  if (!signal.aborted) own.join(waiter)
  await over
  own.leave(waiter)
  return waiter.isWoken
}

/** Somebody waits for work that was committed just now: this process looks at once. */
export function lookNow(): void {
  looks().hurry()
}

const looks = () => once('looks for work', makeLooks)

function makeLooks() {
  const waiters = new Set<Waiter>()
  let timer: NodeJS.Timeout | undefined
  let isLooking = false
  let isHurried = false

  const schedule = () => {
    if (waiters.size > 0 && !isLooking) timer ??= setTimeout(() => void look(), isHurried ? 0 : LOOK_MS)
  }
  const cancel = () => {
    clearTimeout(timer)
    timer = undefined
  }
  const look = async () => {
    timer = undefined
    ;[isLooking, isHurried] = [true, false]
    await afterRequests(() => waiters.size === 0)
    const free = [...waiters].filter(({ asked }) => asked === 'no')
    // Nobody waits for the end: what one condition has to wait for, a lock for example, does not hold up the others.
    for (const group of [free.filter(({ isDoubtful }) => !isDoubtful), ...free.filter(({ isDoubtful }) => isDoubtful).map((each) => [each])]) void ask(group)
    isLooking = false
    schedule()
  }
  const ask = async (group: readonly Waiter[]) => {
    if (group.length === 0) return
    for (const waiter of group) waiter.asked = 'now'
    const held = await findHeld(group)
    const isStale = group.some((waiter) => waiter.asked === 'again' && !held.has(waiter))
    for (const waiter of group) {
      waiter.asked = 'no'
      if (!held.has(waiter)) continue
      waiter.isWoken = true
      waiter.wake()
    }
    if (isStale) hurry()
  }
  const hurry = () => {
    isHurried = true
    for (const waiter of waiters) if (waiter.asked === 'now') waiter.asked = 'again'
    cancel()
    schedule()
  }
  return {
    hurry,
    join(waiter: Waiter) {
      waiters.add(waiter)
      schedule()
    },
    leave(waiter: Waiter) {
      waiters.delete(waiter)
      if (waiters.size === 0) cancel()
    },
  }
}

/** Those whose condition holds, by one statement without a transaction; none when it fails. */
async function findHeld(group: readonly Waiter[]): Promise<ReadonlySet<Waiter>> {
  try {
    const conditions = group.map(({ condition }, index) => Prisma.sql`(${condition()}) AS ${Prisma.raw(`"${index}"`)}`)
    const { rows } = await getRuntime().pool.query<Record<string, boolean>>(Prisma.sql`SELECT ${Prisma.join(conditions)}`)
    for (const waiter of group) waiter.isDoubtful = false
    return new Set(group.filter((_, index) => rows[0]?.[index]))
  } catch (err) {
    if (isDatabaseUnavailable(err)) noteOutage()
    if (isDatabaseUnavailable(err) && !isCutShort(err)) return new Set()
    log().error({ err }, 'work could not be looked for; it is tried again')
    for (const waiter of group) waiter.isDoubtful = true
    return new Set()
  }
}
