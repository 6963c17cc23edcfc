import { getRuntime } from '../runtime'

const LOOK_MS = 50
/** Work that waits for its turn longer than that has it: somebody may always be asking. */
const LONGEST_MS = 2_000

/** Waits while others wait for a connection of the pool, two seconds at most: what works in the background lets them go first. */
export async function afterRequests(isStopped: () => boolean): Promise<void> {
  const until = performance.now() + LONGEST_MS
  while (getRuntime().pool.waitingCount > 0 && !isStopped() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
}
