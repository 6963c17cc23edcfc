import { bearerToken } from '../checks/bearer-token'
import { adminTokenOnly } from '../checks/token-kind'
import { noteUse, withinQuota } from '../checks/within-quota'
import { apiError, json } from '../http/answers'
import { apiClientBehind, type Answer, type Endpoint, type Exchange, type Step } from '../http/exchange'
import { note } from '../lint/note'
import { subscriptionEvents, subscriptionId } from '../models/subscription'

const path = '/connect/rest/v1/subscription'

/** The API account's subscriptions. All four calls are after what integrations in the wild send; fields are our guess. */
export const subscriptionListEndpoint: Endpoint = {
  name: 'subscription',
  method: 'GET',
  path,
  surface: 'api',
  steps: [bearerToken, adminTokenOnly, withinQuota, noteUse, listSubscriptions],
}

/** The events that can be subscribed to. */
export const subscriptionEventsEndpoint: Endpoint = {
  name: 'subscription/list',
  method: 'GET',
  path: `${path}/list`,
  surface: 'api',
  steps: [bearerToken, adminTokenOnly, withinQuota, noteUse, listEvents],
}

/** Subscribes to the event in the path, with `url` in the form. The sandbox keeps it and sends nothing there. */
export const subscriptionWriteEndpoint: Endpoint = {
  name: 'subscription:write',
  method: 'POST',
  path: `${path}/`,
  takesPathId: true,
  surface: 'api',
  steps: [bearerToken, adminTokenOnly, withinQuota, eventIsKnown, noteUse, subscribe],
}

export const subscriptionDeleteEndpoint: Endpoint = {
  name: 'subscription:delete',
  method: 'DELETE',
  path: `${path}/`,
  takesPathId: true,
  surface: 'api',
  steps: [bearerToken, adminTokenOnly, withinQuota, eventIsKnown, noteUse, unsubscribe],
}

function listSubscriptions(exchange: Parameters<Step>[0]): ReturnType<Step> {
  const clientId = clientIdOf(exchange)
  const own = [...exchange.world.state.subscriptions.values()].filter((each) => each.clientId === clientId)
  return json(200, own.map(({ event, url }) => ({ type: event, endpoint: url })))
}

function listEvents(): ReturnType<Step> {
  return json(200, subscriptionEvents)
}

function eventIsKnown({ pathId }: Parameters<Step>[0]): ReturnType<Step> {
  if (subscriptionEvents.some((each) => each === pathId)) return undefined
  return apiError(404, { type: 'ApiResourceMissing', message: 'No such event' })
}

function subscribe(exchange: Parameters<Step>[0]): ReturnType<Step> {
  exchange.form = new URLSearchParams(exchange.body.toString('utf8'))
  const url = exchange.form.get('url') ?? ''
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return refuseUrl(exchange)
  exchange.world.record({ type: 'subscription.changed', clientId: clientIdOf(exchange), event: exchange.pathId, url })
  return json(200, { type: exchange.pathId, endpoint: url })
}

function unsubscribe(exchange: Parameters<Step>[0]): ReturnType<Step> {
  const clientId = clientIdOf(exchange)
  if (!exchange.world.state.subscriptions.has(subscriptionId(clientId, exchange.pathId))) {
    return apiError(404, { type: 'ApiResourceMissing', message: 'No such subscription' })
  }
  exchange.world.record({ type: 'subscription.changed', clientId, event: exchange.pathId, url: null })
  return json(200, { type: exchange.pathId })
}

function refuseUrl(exchange: Exchange): Answer {
  note(exchange, 'parameter-missing', 'url')
  return apiError(400, { type: 'ApiParamsExemption', message: 'url must be a URL', element: 'url' })
}

function clientIdOf(exchange: Exchange): string {
  return apiClientBehind(exchange)?.clientId ?? ''
}
