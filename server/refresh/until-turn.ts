import 'server-only'
import { setTimeout as wait } from 'node:timers/promises'
import { once } from '../runtime'
import type { Lease } from './lease'

/** Nearly the whole gap: the rest evens out what the lane itself promises. */
const LEAST_SHARE = 0.95
/** What is wider than this is kept by the lane: a late timer matters to fast ones only. */
const WIDEST_MS = 1_000

/**
 * Waits for a lease's turn in its lane. When timers rang late, because the machine was busy, the turns that piled up are
 * not taken at once: two sends of one process for one API client keep their distance.
 */
export async function untilTurn({ sendAt, apiClientId, gapMs }: Lease): Promise<void> {
  await untilInstant(sendAt)
  const lastSends = once('last sends', () => new Map<string, number>())
  for (;;) {
    const freeAt = (lastSends.get(apiClientId) ?? -Infinity) + Math.min(gapMs, WIDEST_MS) * LEAST_SHARE
    if (freeAt <= performance.now()) break
    await untilInstant(freeAt)
  }
  lastSends.set(apiClientId, performance.now())
}

async function untilInstant(at: number): Promise<void> {
  const ms = at - performance.now()
  if (ms > 0) await wait(ms)
}
