import { maskExchange, type MaskedExchange } from './mask-exchange'
import type { Transport } from './transport'
import { watchCalls } from './watch-calls'

interface RecordOptions {
  readonly clock?: () => Date
  /** Gets each exchange, masked, as soon as it is over, answered or not. */
  readonly onExchange: (exchange: MaskedExchange) => void
}

/** A transport that lets somebody watch what goes to and fro, without its secrets. */
export function recordExchanges(transport: Transport, { onExchange, ...options }: RecordOptions): Transport {
  return watchCalls(transport, { ...options, onCall: (call) => onExchange(maskExchange(call)) })
}
