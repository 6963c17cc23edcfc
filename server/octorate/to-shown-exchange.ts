import type { Exchange } from '@/contracts/exchange'
import type { MaskedExchange, NamedValue } from './mask-exchange'

/** A masked exchange in the contract's shape, to be stored and shown. */
export function toShownExchange(exchange: MaskedExchange): Exchange {
  return {
    method: exchange.method,
    url: exchange.url,
    requestHeaders: byName(exchange.requestHeaders),
    requestForm: exchange.requestForm.length > 0 ? byName(exchange.requestForm) : null,
    requestJson: exchange.requestJson,
    status: exchange.status,
    responseHeaders: byName(exchange.responseHeaders),
    responseBody: exchange.responseBody,
    startedAt: exchange.startedAt.toISOString(),
    durationMs: exchange.durationMs,
  }
}

function byName(values: readonly NamedValue[]): Record<string, string> {
  return Object.fromEntries(values.map(({ name, value }) => [name, value]))
}
