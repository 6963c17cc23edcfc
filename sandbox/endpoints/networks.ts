import { bearerToken } from '../checks/bearer-token'
import { noteUse, withinQuota } from '../checks/within-quota'
import { json } from '../http/answers'
import { identityOf, type Endpoint, type Step } from '../http/exchange'
import { accommodationsFor } from '../models/reach'

/** The networks that a token reaches, with those of their lodgings that it covers. Path and fields are our guess. */
export const networksEndpoint: Endpoint = {
  name: 'network',
  method: 'GET',
  path: '/connect/rest/v1/network',
  surface: 'api',
  steps: [bearerToken, withinQuota, noteUse, listNetworks],
}

function listNetworks(exchange: Parameters<Step>[0]): ReturnType<Step> {
  const { state } = exchange.world
  const covered = new Set(accommodationsFor(state, identityOf(exchange)))
  const reached = [...state.networks.values()].map((network) => ({
    ...network,
    accommodations: network.accommodations.filter((id) => covered.has(id)),
  }))
  return json(200, reached.filter(({ accommodations }) => accommodations.length > 0))
}
