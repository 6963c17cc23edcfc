import 'server-only'
import { openGateway } from '../api-clients/open-gateway'
import type { Gateway } from '../octorate/gateway-to'
import { requireUpstream } from '../api-clients/list-upstreams'
import { once } from '../runtime'
import type { Lease } from './lease'

const MOST = 500

/**
 * The way to Octorate for an API client, with its opened secret kept as long as that is the stored one: opening it for
 * every refresh would cost more than the refresh. Whether the upstream may be called is looked up each time.
 *
 * @throws AppError `upstream_not_allowed`, `sealed`; SealError
 */
export function gatewayOf(apiClient: Lease['apiClient']): Gateway {
  requireUpstream(apiClient.upstreamId)
  const gateways = once('refresh gateways', () => new Map<string, Gateway>())
  const key = [apiClient.id, apiClient.upstreamId, apiClient.apiVersion, apiClient.clientId, apiClient.clientSecretSealed].join(' ')
  const known = gateways.get(key)
  if (known) return known
  const gateway = openGateway(apiClient)
  const [oldest] = gateways.keys()
  if (oldest !== undefined && gateways.size >= MOST) gateways.delete(oldest)
  gateways.set(key, gateway)
  return gateway
}
