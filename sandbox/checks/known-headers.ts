import type { Step } from '../http/exchange'
import { note } from '../lint/note'
import { refuseMalformed } from './refuse-identity'

/** What HTTP clients, proxies and tracing add by themselves; none of it is meant for Octorate. */
const OF_THE_TRANSPORT = new Set(
  `host connection keep-alive content-type content-length content-encoding content-language transfer-encoding te expect
  upgrade-insecure-requests accept accept-encoding accept-language accept-charset user-agent cache-control pragma origin
  referer cookie dnt priority date via forwarded x-forwarded-for x-forwarded-host x-forwarded-proto x-forwarded-port
  x-real-ip sec-fetch-mode sec-fetch-site sec-fetch-dest sec-fetch-user sec-ch-ua sec-ch-ua-mobile sec-ch-ua-platform
  sec-gpc traceparent tracestate baggage sentry-trace x-request-id x-sandbox-replay-of authorization`.split(/\s+/),
)

/** Only headers that the guide names for this call; others are a lint note, and refused in strict mode. */
export function knownHeaders(...known: readonly string[]): Step {
  return function knownHeadersOnly(exchange) {
    for (const name in exchange.headers) {
      if (OF_THE_TRANSPORT.has(name) || known.includes(name)) continue
      note(exchange, 'header-unknown', name)
      if (exchange.world.state.settings.mode === 'strict') return refuseMalformed(exchange, name, `Header ${name} is not known`)
    }
    return undefined
  }
}
