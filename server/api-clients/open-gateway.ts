import 'server-only'
import { upstreamUrls, type UpstreamUrls } from '@/lib/oauth/upstream-urls'
import type { ApiClient } from '../generated/prisma/client'
import type { TokenPolicy } from '../octorate/token-grant'
import type { MaskedExchange } from '../octorate/mask-exchange'
import { recordExchanges } from '../octorate/record-exchanges'
import { createTransport, type Transport } from '../octorate/transport'
import type { ApiClientCredentials } from '../octorate/wire'
import { getRuntime } from '../runtime'
import { upstreamSockets } from '../upstream-sockets'
import type { Upstream } from '../upstreams'
import { openClientSecret } from './find-api-client'
import { requireUpstream } from './list-upstreams'

type Watch = (exchange: MaskedExchange) => void

/** What is needed to call Octorate as one API client. */
export interface Gateway {
  readonly upstream: Upstream
  readonly urls: UpstreamUrls
  readonly credentials: ApiClientCredentials
  readonly policy: TokenPolicy
  readonly transport: Transport
}

/**
 * Opens the way to Octorate for an API client. Its addresses come from the server's configuration at this very
 * moment, and no other origin can be called through it. `watch` gets every exchange, masked.
 *
 * @throws AppError `upstream_not_allowed`, `sealed`; SealError
 */
export function openGateway(
  row: Pick<ApiClient, 'id' | 'organizationId' | 'clientId' | 'clientSecretSealed' | 'clientSecretVersion' | 'upstreamId' | 'apiVersion'>,
  watch?: Watch,
): Gateway {
  const { clientId, upstreamId, apiVersion } = row
  requireUpstream(upstreamId)
  return makeGateway({ upstreamId, apiVersion, credentials: { clientId, clientSecret: openClientSecret(row) } }, watch)
}

interface GatewayFacts {
  readonly upstreamId: string
  readonly apiVersion: string
  readonly credentials: ApiClientCredentials
}

/** The same for credentials that are not kept. @throws AppError `upstream_not_allowed` */
export function makeGateway({ upstreamId, apiVersion, credentials }: GatewayFacts, watch?: Watch): Gateway {
  const upstream = requireUpstream(upstreamId)
  const { clock } = getRuntime()
  const transport = createTransport({
    fetch: upstreamSockets().fetch,
    clock,
    allowedOrigins: [new URL(upstream.apiBase).origin],
  })
  return {
    upstream,
    urls: upstreamUrls({ ...upstream, apiVersion }),
    credentials,
    policy: { allowSandboxTokens: upstream.sandbox },
    transport: watch ? recordExchanges(transport, { clock, onExchange: watch }) : transport,
  }
}
