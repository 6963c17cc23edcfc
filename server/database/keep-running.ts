import { pause } from '../pause'
import { withinTime } from '../within-time'

const LOOK_MS = 1_000
/** A restart by somebody else is shorter than that. */
const MISSES = 3
/** Each start that fails writes into the server's log, on the disk that is full perhaps; with room, all is to be well within half a minute. */
const LONGEST_PAUSE_MS = 8_000
/** Coming up may take a while that a stop must not: then it is ended in the middle. */
const STOPS_WITHIN_MS = 2_000

interface Server {
  isThere(): Promise<boolean>
  startAgain(): Promise<unknown>
  /** Does nothing where no process of it is there yet. */
  end(): Promise<void>
  /** Once for each time that it was found to be gone. */
  told(): void
}

/**
 * Starts a server again that has ended by itself; where it does not come up, for want of room perhaps, again and again, with
 * pauses that double. To stop it is to end the server.
 */
export function keepRunning({ isThere, startAgain, end, told }: Server): { stop(): Promise<void> } {
  const life = new AbortController()
  const run = async () => {
    for (let [misses, failures] = [0, 0]; ; ) {
      await pause(Math.min(LOOK_MS * 2 ** failures, LONGEST_PAUSE_MS), life.signal)
      if (life.signal.aborted) return
      misses = (await isThere()) ? 0 : misses + 1
      if (misses === 0) failures = 0
      if (misses < MISSES || life.signal.aborted) continue
      const word = misses === MISSES ? [Promise.resolve().then(told)] : []
      const [started] = await Promise.allSettled([startAgain(), ...word])
      ;[misses, failures] = started.status === 'fulfilled' ? [0, 0] : [misses, failures + 1]
    }
  }
  let isOver = false
  const running = run().then(() => void (isOver = true))
  return {
    async stop() {
      life.abort()
      await withinTime(running, STOPS_WITHIN_MS)
      // A start that is under way may have made no process yet, and bring the server up after all.
      for (let isLast = false; !isLast; ) {
        isLast = isOver
        await end()
        if (!isLast) await withinTime(running, LOOK_MS)
      }
    },
  }
}
