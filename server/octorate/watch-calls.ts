import type { RawAnswer } from './raw-answer'
import type { Transport } from './transport'
import type { UpstreamRequest } from './upstream-request'

/** A call that is over, with its secrets still wrapped in it. */
export interface WatchedCall {
  readonly request: UpstreamRequest
  /** The answer, or what the transport threw instead. */
  readonly result: RawAnswer | Error
  readonly startedAt: Date
  readonly durationMs: number
}

interface WatchOptions {
  readonly clock?: () => Date
  /** Gets each call as soon as it is over, answered or not. */
  readonly onCall: (call: WatchedCall) => void
}

/**
 * A transport that lets somebody see each call when it is over. A watcher that throws is not heard: what was watched may
 * be the only copy of a token.
 */
export function watchCalls(transport: Transport, { clock = () => new Date(), onCall }: WatchOptions): Transport {
  return async (request) => {
    const startedAt = clock()
    const beganAt = performance.now()
    const report = (result: RawAnswer | Error) => {
      const durationMs = result instanceof Error ? Math.round(performance.now() - beganAt) : result.durationMs
      try {
        onCall({ request, result, startedAt, durationMs })
      } catch {
        return
      }
    }
    try {
      const answer = await transport(request)
      report(answer)
      return answer
    } catch (error) {
      report(error instanceof Error ? error : new Error('unknown failure'))
      throw error
    }
  }
}
