import { maskExchange, type MaskedExchange } from './mask-exchange'
import type { RawAnswer } from './raw-answer'
import type { Transport } from './transport'

interface RecordOptions {
  readonly clock?: () => Date
  /** Gets each exchange, masked, as soon as it is over, answered or not. */
  readonly onExchange: (exchange: MaskedExchange) => void
}

/**
 * A transport that lets somebody watch what goes to and fro, without its secrets. A watcher that throws is
 * not heard: what was watched may be the only copy of a token.
 */
export function recordExchanges(
  transport: Transport,
  { clock = () => new Date(), onExchange }: RecordOptions,
): Transport {
  return async (request) => {
    const startedAt = clock()
    const beganAt = performance.now()
    const report = (result: RawAnswer | Error) => {
      const durationMs = result instanceof Error ? Math.round(performance.now() - beganAt) : result.durationMs
      try {
        onExchange(maskExchange({ request, result, startedAt, durationMs }))
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
