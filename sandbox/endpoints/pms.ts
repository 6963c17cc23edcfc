import { bearerToken } from '../checks/bearer-token'
import { noteUse, withinQuota } from '../checks/within-quota'
import { json } from '../http/answers'
import type { Endpoint, Step } from '../http/exchange'

/** A list that every token may read. Its fields are our guess, its systems invented. */
export const pmsEndpoint: Endpoint = {
  name: 'pms',
  method: 'GET',
  path: '/connect/rest/v1/pms',
  surface: 'api',
  steps: [bearerToken, withinQuota, noteUse, listPms],
}

function listPms(): ReturnType<Step> {
  return json(200, [
    { id: '1', name: 'Portineria' },
    { id: '2', name: 'Mare PMS' },
  ])
}
