import { bearerToken } from '../checks/bearer-token'
import { hasPermission } from '../checks/has-permission'
import { noteUse, withinQuota } from '../checks/within-quota'
import { apiError, json } from '../http/answers'
import { identityOf, type Endpoint, type Step } from '../http/exchange'
import { accommodationsFor } from '../models/reach'
import { accommodationBody } from './accommodation-body'

/** API description, Reading what a token covers: a bare array, page by page, for both kinds of token. */
export const accommodationListEndpoint: Endpoint = {
  name: 'accommodation',
  method: 'GET',
  path: '/connect/rest/v1/accommodation',
  surface: 'api',
  steps: [bearerToken, withinQuota, hasPermission('accommodation', 'READONLY'), noteUse, listAccommodations],
}

function listAccommodations(exchange: Parameters<Step>[0]): ReturnType<Step> {
  const { state } = exchange.world
  const { firstPage, pageSize } = state.settings
  const asked = exchange.query.get('page') || String(firstPage)
  if (!/^\d{1,9}$/.test(asked)) {
    return apiError(400, { type: 'ApiParamsExemption', message: 'page must be a whole number', element: 'page' })
  }
  const start = Math.max(0, Number(asked) - firstPage) * pageSize
  const ids = accommodationsFor(state, identityOf(exchange)).slice(start, start + pageSize)
  const list = ids.map((id) => accommodationBody(state, id)).filter(Boolean)
  return json(200, state.settings.accommodationList === 'wrapped' ? { data: list } : list)
}
