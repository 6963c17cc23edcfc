import 'server-only'
import { getRuntime, once } from '../runtime'
import type { RefreshReason } from './refresh-subject'

/** Gives back a permit. */
type Release = () => void

type Kind = 'asked' | 'migrated' | 'background'

/**
 * How many refreshes one process has under way: those of the background, those that verify what a migration brought, and
 * those that somebody waits for; apart, so that none waits for what the others hold.
 */
export function takePermit(kind: Kind): Promise<Release> {
  return once(`refresh permits ${kind}`, () => makePermits(refreshesAtOnce()[kind]))()
}

/** For those who wait four times as many: the lanes bound them, and a slow Octorate must not make them queue as well. */
export function refreshesAtOnce(): Readonly<Record<Kind, number>> {
  const { KEYRACK_REFRESH_IN_FLIGHT: background } = getRuntime().env
  return { background, asked: 4 * background, migrated: 4 * background }
}

/** Of these who asks for a refresh. */
export function kindOf(reason: RefreshReason): Kind {
  if (reason === 'probe') return 'background'
  return reason === 'import' ? 'migrated' : 'asked'
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
