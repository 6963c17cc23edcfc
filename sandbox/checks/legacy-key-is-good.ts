import { apiError } from '../http/answers'
import { formOf, type Answer, type Exchange, type Step } from '../http/exchange'
import { note } from '../lint/note'
import { legacyKeyId } from '../models/legacy-key'
import type { MigrationRefusal } from '../models/truth-event'
import { refuseMissing } from './refuse-identity'

/** The header `key` holds an old API key of the lodging that the form names (guide, integration strategies, 1). */
export const legacyKeyIsGood: Step = (exchange) => {
  const { headers, world } = exchange
  const key = typeof headers.key === 'string' ? headers.key : ''
  const accommodation = formOf(exchange).get('accommodation') ?? ''
  if (key === '') {
    note(exchange, 'key-missing')
    return refuse(exchange, 'key-missing')
  }
  if (accommodation === '') return refuseMissing(exchange, 'accommodation')
  const legacyKey = world.state.legacyKeys.get(legacyKeyId(key, accommodation))
  const apiClient = legacyKey && world.state.apiClients.get(legacyKey.clientId)
  if (legacyKey && apiClient?.configuration.active) {
    exchange.legacyKey = legacyKey
    exchange.apiClient = apiClient
    return undefined
  }
  note(exchange, 'key-unknown')
  const isKnown = !legacyKey && [...world.state.legacyKeys.values()].some((each) => each.key === key)
  return refuse(exchange, isKnown ? 'other-accommodation' : 'key-unknown')
}

function refuse(exchange: Exchange, reason: MigrationRefusal): Answer {
  recordMigrationRefusal(exchange, reason)
  if (reason === 'key-missing') return apiError(401, { type: 'ApiKeyMissing', message: 'The header key is missing', element: 'key' })
  if (reason === 'key-unknown') return apiError(401, { type: 'ApiKeyInvalid', message: 'The key is not valid', element: 'key' })
  return apiError(403, { type: 'ApiSecurityException', message: 'errNoResourcesForIdentity' })
}

/** The truth log keeps every migration that was refused, and why. */
export function recordMigrationRefusal({ form, headers, legacyKey, world }: Exchange, reason: MigrationRefusal): void {
  world.record({
    type: 'key-migration.refused',
    key: typeof headers.key === 'string' ? headers.key : '',
    accommodation: form?.get('accommodation') ?? '',
    reason,
    ...(legacyKey && { clientId: legacyKey.clientId }),
  })
}
