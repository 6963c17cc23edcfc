import { bearerToken } from '../checks/bearer-token'
import { parseConfigurationPatch } from '../checks/configuration-patch'
import { jsonBody } from '../checks/json-body'
import { adminTokenOnly } from '../checks/token-kind'
import { noteUse, withinQuota } from '../checks/within-quota'
import { apiError, json } from '../http/answers'
import { identityOf, jsonOf, type Answer, type Endpoint, type Exchange, type Step } from '../http/exchange'
import { note } from '../lint/note'
import type { ApiClient } from '../models/api-client'

const path = '/connect/rest/v1/api/configuration'

/** API description, API configuration: the account's own settings, with an admin token. */
export const configurationReadEndpoint: Endpoint = {
  name: 'api/configuration',
  method: 'GET',
  path,
  surface: 'api',
  steps: [bearerToken, adminTokenOnly, withinQuota, noteUse, readConfiguration],
}

/** API description, API configuration: PATCH sends any subset; the list of redirect URIs is replaced whole. */
export const configurationWriteEndpoint: Endpoint = {
  name: 'api/configuration:write',
  method: 'PATCH',
  path,
  surface: 'api',
  steps: [bearerToken, adminTokenOnly, withinQuota, jsonBody, noteUse, writeConfiguration],
}

function readConfiguration(exchange: Parameters<Step>[0]): ReturnType<Step> {
  return json(200, ownApiClient(exchange).configuration)
}

function writeConfiguration(exchange: Parameters<Step>[0]): ReturnType<Step> {
  const apiClient = ownApiClient(exchange)
  const changes = parseConfigurationPatch(exchange, jsonOf(exchange))
  if (isAnswer(changes)) return changes
  if ('redirectUri' in changes && apiClient.configuration.environment === 'PRODUCTION') {
    note(exchange, 'redirect-uri-in-production')
    if (exchange.world.state.settings.productionRedirectUri === 'refused') {
      return apiError(403, { type: 'WrongEnviroment', message: 'redirectUri is set by Octorate in production', element: '$.redirectUri' })
    }
  }
  noteDropped(exchange, apiClient.configuration.redirectUri, changes.redirectUri)
  exchange.world.record({ type: 'configuration.changed', clientId: apiClient.clientId, by: 'admin-token', changes })
  return json(200, apiClient.configuration)
}

/** Adding one redirect URI by PATCH drops the others, unless they are written back. */
function noteDropped(exchange: Exchange, before: readonly string[], after: readonly string[] | undefined): void {
  const dropped = before.filter((each) => each !== 'https://localhost' && !after?.includes(each))
  if (after && dropped.length > 0) note(exchange, 'redirect-uris-dropped', String(dropped.length))
}

function ownApiClient(exchange: Exchange): ApiClient {
  const identity = identityOf(exchange)
  if (identity.kind !== 'admin') throw new TypeError('the token-kind check must come first')
  return identity.apiClient
}

function isAnswer(value: object): value is Answer {
  return 'status' in value && 'contentType' in value
}
