import type { Step } from '../http/exchange'
import { formOf } from '../http/exchange'
import { note } from '../lint/note'
import { looksReal } from '../models/real-credentials'
import { refuseIdentity, refuseMalformed, refuseMissing } from './refuse-identity'

/** `client_id` and `client_secret` in the form belong to a registered API client (guide, cases 1 and 2). */
export const clientCredentials: Step = (exchange) => {
  const form = formOf(exchange)
  const clientId = form.get('client_id')
  const clientSecret = form.get('client_secret')
  if (exchange.headers.authorization) {
    note(exchange, 'authorization-on-identity')
    if (exchange.world.state.settings.mode === 'strict') return refuseMalformed(exchange, 'Authorization', 'Credentials belong in the form')
  }
  if (!clientId) return refuseMissing(exchange, 'client_id')
  if (!clientSecret) return refuseMissing(exchange, 'client_secret')
  const apiClient = exchange.world.state.apiClients.get(clientId)
  if (apiClient && apiClient.clientSecret === clientSecret && apiClient.configuration.active) {
    exchange.apiClient = apiClient
    return undefined
  }
  note(exchange, looksReal(clientSecret) ? 'real-credentials' : 'client-credentials')
  exchange.world.record({ type: 'credentials.refused', endpoint: exchange.endpoint, clientId })
  return refuseIdentity(exchange, exchange.world.state.settings.credentialsRefusalStatus, {
    type: 'ApiKeyInvalid',
    message: 'The client credentials are not valid',
    oauth: 'invalid_client',
  })
}
