import { upstreamUrls, type UpstreamUrls } from '@/lib/oauth/upstream-urls'
import type { Upstream } from '../upstreams'
import type { MaskedExchange } from './mask-exchange'
import { recordExchanges } from './record-exchanges'
import type { UpstreamFetch } from './sockets'
import type { TokenPolicy } from './token-grant'
import { createTransport, type Transport } from './transport'
import { watchCalls, type WatchedCall } from './watch-calls'
import type { ApiClientCredentials } from './wire'

/** What is needed to call Octorate as one API client. */
export interface Gateway {
  readonly upstream: Upstream
  readonly urls: UpstreamUrls
  readonly credentials: ApiClientCredentials
  readonly policy: TokenPolicy
  readonly transport: Transport
}

interface Way {
  readonly upstream: Upstream
  readonly apiVersion: string
  readonly credentials: ApiClientCredentials
  readonly fetch: UpstreamFetch
  readonly clock: () => Date
  /** Is shown each call when it is over, whoever makes it. */
  readonly onCall?: (call: WatchedCall) => void
}

/** The way to one upstream: no other origin can be called through it. `watch` gets every exchange, masked. */
export function gatewayTo({ upstream, apiVersion, credentials, fetch, clock, onCall }: Way, watch?: (exchange: MaskedExchange) => void): Gateway {
  const bare = createTransport({ fetch, clock, allowedOrigins: [new URL(upstream.apiBase).origin] })
  const transport = onCall ? watchCalls(bare, { clock, onCall }) : bare
  return {
    upstream,
    urls: upstreamUrls({ ...upstream, apiVersion }),
    credentials,
    policy: { allowSandboxTokens: upstream.sandbox },
    transport: watch ? recordExchanges(transport, { clock, onExchange: watch }) : transport,
  }
}
