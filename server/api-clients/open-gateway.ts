import 'server-only'
import type { ApiClient } from '../generated/prisma/client'
import { gatewayTo, type Gateway } from '../octorate/gateway-to'
import type { MaskedExchange } from '../octorate/mask-exchange'
import type { ApiClientCredentials } from '../octorate/wire'
import { getRuntime } from '../runtime'
import { upstreamSockets } from '../upstream-sockets'
import { openClientSecret } from './find-api-client'
import { requireUpstream } from './list-upstreams'

type Watch = (exchange: MaskedExchange) => void

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
  return gatewayTo({ upstream, apiVersion, credentials, fetch: upstreamSockets().fetch, clock: getRuntime().clock }, watch)
}
