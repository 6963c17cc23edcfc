import 'server-only'
import { log, type Output } from '../log'
import { pause } from '../pause'
import { withinTime } from '../within-time'
import { streamEvents } from './stream-events'

const LOOK_EVERY_MS = 500
const STOP_WITHIN_MS = 2_000

/**
 * Writes the audit log to standard output, entry by entry, behind its sealer and behind everybody who acts. Every process
 * may run one: a chain is written by one at a time. Where nobody reads, it waits, and whoever is read takes over.
 */
export function startAuditStream(output: Output): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const run = async () => {
    while (!stopping.signal.aborted) {
      const written = await streamEvents(output).catch((err: unknown) => {
        log().warn({ err }, 'the audit log could not be streamed just now; it is tried again')
        return 0
      })
      if (written === 0) await pause(LOOK_EVERY_MS, stopping.signal)
    }
  }
  const running = run()
  return {
    async stop() {
      stopping.abort()
      await withinTime(running, STOP_WITHIN_MS)
    },
  }
}
