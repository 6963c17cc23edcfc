import { formOf, type Step } from '../http/exchange'
import { note } from '../lint/note'
import { refuseIdentity } from './refuse-identity'

/** `grant_type` is `code` (guide, step 2); lenient mode also takes what integrations in the wild send. */
export const grantTypeIsCode: Step = (exchange) => {
  const grantType = formOf(exchange).get('grant_type')
  if (grantType === 'code') return undefined
  note(exchange, 'grant-type', grantType ?? '')
  const tolerated = !grantType || grantType === 'authorization_code'
  if (tolerated && exchange.world.state.settings.mode === 'lenient') return undefined
  exchange.world.record({
    type: 'identity-request.refused',
    endpoint: exchange.endpoint,
    clientId: exchange.apiClient?.clientId ?? '',
    message: 'grant_type is not code',
  })
  return refuseIdentity(exchange, 400, {
    type: 'ApiParamsExemption',
    message: 'grant_type must be code',
    element: 'grant_type',
    oauth: 'unsupported_grant_type',
  })
}
