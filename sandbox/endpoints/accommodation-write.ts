import { bearerToken } from '../checks/bearer-token'
import { coversAccommodation } from '../checks/covers-accommodation'
import { hasPermission } from '../checks/has-permission'
import { jsonBody } from '../checks/json-body'
import { noteUse, withinQuota } from '../checks/within-quota'
import { apiError, json } from '../http/answers'
import { jsonOf, type Endpoint, type Step } from '../http/exchange'
import { accommodationBody } from './accommodation-body'
import { parseAccommodationFields } from '../checks/accommodation-fields'

const common = { path: '/connect/rest/v1/accommodation/', takesPathId: true, surface: 'api' } as const
const mayWrite = [bearerToken, withinQuota, coversAccommodation, hasPermission('accommodation', 'READWRITE')]

/** Changes a lodging, by any subset of its fields. Which fields Octorate takes here is our guess. */
export const accommodationChangeEndpoint: Endpoint = {
  ...common,
  name: 'accommodation/{id}:write',
  method: 'PATCH',
  steps: [...mayWrite, jsonBody, noteUse, changeAccommodation],
}

/** Deletes a lodging. Grants for it live on and find nothing; what Octorate does with them is not documented. */
export const accommodationDeleteEndpoint: Endpoint = {
  ...common,
  name: 'accommodation/{id}:delete',
  method: 'DELETE',
  steps: [...mayWrite, noteUse, deleteAccommodation],
}

function changeAccommodation(exchange: Parameters<Step>[0]): ReturnType<Step> {
  const { world, pathId } = exchange
  const accommodation = world.state.accommodations.get(pathId)
  if (!accommodation) return apiError(404, { type: 'ApiResourceMissing', message: 'No such accommodation' })
  const changes = parseAccommodationFields(exchange, jsonOf(exchange))
  if ('answer' in changes) return changes.answer
  world.record({ type: 'accommodation.changed', accommodation: { ...accommodation, ...changes.fields } })
  return json(200, accommodationBody(world.state, pathId))
}

function deleteAccommodation({ world, pathId }: Parameters<Step>[0]): ReturnType<Step> {
  if (!world.state.accommodations.has(pathId)) return apiError(404, { type: 'ApiResourceMissing', message: 'No such accommodation' })
  world.record({ type: 'accommodation.deleted', accommodation: pathId })
  return json(200, { status: 'deleted', id: pathId })
}
