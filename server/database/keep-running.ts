import { pause } from '../pause'
import { withinTime } from '../within-time'

const LOOK_MS = 1_000
/** A restart by somebody else is shorter than that. */
const MISSES = 3
/** Coming up may take a while that a stop must not. */
const STOPS_WITHIN_MS = 2_000

interface Server {
  isThere(): Promise<boolean>
  startAgain(): Promise<unknown>
  /** Once for each time that it was found to be gone. */
  told(): void
}

/** Starts a server again that has ended by itself; where it does not come up, for want of room perhaps, again and again. */
export function keepRunning({ isThere, startAgain, told }: Server): { stop(): Promise<void> } {
  const life = new AbortController()
  const run = async () => {
    for (let misses = 0; ; ) {
      await pause(LOOK_MS, life.signal)
      if (life.signal.aborted) return
      misses = (await isThere()) ? 0 : misses + 1
      if (misses < MISSES || life.signal.aborted) continue
      const word = misses === MISSES ? [Promise.resolve().then(told)] : []
      const [started] = await Promise.allSettled([startAgain(), ...word])
      if (started.status === 'fulfilled') misses = 0
    }
  }
  const running = run()
  return {
    async stop() {
      life.abort()
      await withinTime(running, STOPS_WITHIN_MS)
    },
  }
}
