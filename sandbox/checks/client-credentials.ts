import type { Step } from '../http/exchange'
import { formOf } from '../http/exchange'
import { refuseIdentity, refuseMalformed } from './refuse-identity'

/** `client_id` and `client_secret` in the form belong to a registered API client (guide, cases 1 and 2). */
export const clientCredentials: Step = (exchange) => {
  const form = formOf(exchange)
  const clientId = form.get('client_id')
  const clientSecret = form.get('client_secret')
  if (exchange.headers.authorization) {
    exchange.notes.push('sent an Authorization header: Octorate wants client_id and client_secret in the form')
  }
  if (!clientId) return refuseMalformed(exchange, 'client_id', 'Parameter client_id is missing')
  if (!clientSecret) return refuseMalformed(exchange, 'client_secret', 'Parameter client_secret is missing')
  const apiClient = exchange.world.state.apiClients.get(clientId)
  if (apiClient && apiClient.clientSecret === clientSecret && apiClient.configuration.active) {
    exchange.apiClient = apiClient
    return undefined
  }
  exchange.world.record({ type: 'credentials.refused', endpoint: exchange.endpoint, clientId })
  return refuseIdentity(exchange, 401, {
    type: 'ApiKeyInvalid',
    message: 'The client credentials are not valid',
    oauth: 'invalid_client',
  })
}
