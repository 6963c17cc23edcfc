import 'server-only'
import type { ApiClient } from '../generated/prisma/client'
import { gatewayTo, type Gateway } from '../octorate/gateway-to'
import type { MaskedExchange } from '../octorate/mask-exchange'
import type { WatchedCall } from '../octorate/watch-calls'
import type { ApiClientCredentials } from '../octorate/wire'
import { noteCall } from '../operations/note-call'
import { getRuntime } from '../runtime'
import { tracedTransport } from '../tracing/traced-transport'
import { upstreamSockets } from '../upstream-sockets'
import { openClientSecret } from './find-api-client'
import { requireUpstream } from './list-upstreams'

type Watch = (exchange: MaskedExchange) => void

/**
 * Opens the way to Octorate for an API client. Its addresses come from the server's configuration at this very
 * moment, and no other origin can be called through it. Each call goes to the operation log; `watch` gets every exchange, masked.
 *
 * @throws AppError `upstream_not_allowed`, `sealed`; SealError
 */
export function openGateway(
  row: Pick<ApiClient, 'id' | 'organizationId' | 'clientId' | 'clientSecretSealed' | 'clientSecretVersion' | 'upstreamId' | 'apiVersion'>,
  watch?: Watch,
): Gateway {
  const { id: apiClientId, organizationId, clientId, upstreamId, apiVersion } = row
  requireUpstream(upstreamId)
  const credentials = { clientId, clientSecret: openClientSecret(row) }
  return makeGateway({ upstreamId, apiVersion, credentials, onCall: (call) => noteCall({ apiClientId, organizationId }, call) }, watch)
}

interface GatewayFacts {
  readonly upstreamId: string
  readonly apiVersion: string
  readonly credentials: ApiClientCredentials
  readonly onCall?: (call: WatchedCall) => void
}

/** The same for credentials that are not kept. @throws AppError `upstream_not_allowed` */
export function makeGateway({ upstreamId, ...facts }: GatewayFacts, watch?: Watch): Gateway {
  const upstream = requireUpstream(upstreamId)
  const gateway = gatewayTo({ upstream, ...facts, fetch: upstreamSockets().fetch, clock: getRuntime().clock }, watch)
  return { ...gateway, transport: tracedTransport(gateway.transport) }
}
