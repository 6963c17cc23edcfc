import { drainSends } from '../journal/in-flight'
import { setStopping } from '../stopping'
import { upstreamSockets } from '../upstream-sockets'
import { withinTime } from '../within-time'

/** Requests are cut off after this: whoever is waited for so long by a browser or a proxy waits no more. */
export const REQUESTS_WITHIN_MS = 8_500
/** An attempt to exchange a code takes 8 s at most, and its answer has to be committed. */
const SENDS_WITHIN_MS = 9_000
/** For each step after that; the program itself ends after ten seconds in all. */
const STEP_WITHIN_MS = 300

type Stop = () => Promise<unknown>

/** What was started, and how to stop it again within ten seconds. */
export interface Stops {
  push(...stops: Stop[]): void
  /** In the reverse order. One that fails, or takes too long, keeps no other from stopping. */
  run(): Promise<void>
}

export function openStops(): Stops {
  const stops: Stop[] = []
  return {
    push: (...more) => void stops.push(...more),
    async run() {
      for (const stop of stops.toReversed()) await stop().catch(() => undefined)
    },
  }
}

/** A step that has others behind it, which must not wait for it. */
export function shortly(stop: Stop): Stop {
  return () => withinTime(stop(), STEP_WITHIN_MS)
}

/**
 * Ends what calls Octorate by `end`, then waits for whatever was sent. Sockets that still wait for an answer then are left
 * to the end of the process: who cut them would have it written down as Octorate's silence.
 */
export async function endCalls(end: Stop): Promise<void> {
  setStopping(true)
  const ended = await withinTime(end().then(() => drainSends(SENDS_WITHIN_MS)).then(() => true), SENDS_WITHIN_MS)
  if (ended) await upstreamSockets().close()
}
