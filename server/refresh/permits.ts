import 'server-only'
import { getRuntime, once } from '../runtime'

/** Gives back a permit. */
type Release = () => void

/**
 * How many refreshes one process has under way: those of the background, and apart from them those that somebody waits
 * for, so that neither waits for sockets that the other holds.
 */
export function takePermit(kind: 'asked' | 'background'): Promise<Release> {
  return once(`refresh permits ${kind}`, () => makePermits(refreshesAtOnce()[kind]))()
}

/** For those who wait four times as many: the lanes bound them, and a slow Octorate must not make them queue as well. */
export function refreshesAtOnce(): { readonly background: number; readonly asked: number } {
  const { KEYRACK_REFRESH_IN_FLIGHT: background } = getRuntime().env
  return { background, asked: 4 * background }
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
