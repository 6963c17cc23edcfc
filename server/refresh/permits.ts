import 'server-only'
import { getRuntime, once } from '../runtime'

/** Gives back a permit. */
type Release = () => void

/**
 * How many refreshes one process has under way: those that somebody waits for and those of the background have as many
 * each, so that neither waits for sockets that the other holds.
 */
export function takePermit(kind: 'asked' | 'background'): Promise<Release> {
  return once(`refresh permits ${kind}`, () => makePermits(getRuntime().env.KEYRACK_REFRESH_IN_FLIGHT))()
}

function makePermits(count: number): () => Promise<Release> {
  let free = count
  const waiting: (() => void)[] = []
  const release = () => {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }
  return async () => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    return release
  }
}
