import { apiError } from './answers'
import { note } from '../lint/note'
import type { Endpoint, Exchange, Step } from './exchange'

export type FindEndpoint = (method: string, path: string) => { readonly endpoint: Endpoint; readonly pathId: string }

/** Looks up an endpoint by method and whole path, or by a prefix with one more segment. */
export function createRoutes(endpoints: readonly Endpoint[]): FindEndpoint {
  const exact = new Map(endpoints.filter((each) => !each.takesPathId).map((each) => [`${each.method} ${each.path}`, each]))
  const prefixes = endpoints.filter((each) => each.takesPathId)
  const paths = new Set(endpoints.filter((each) => !each.takesPathId).map((each) => each.path))

  return function findEndpoint(method, path) {
    const endpoint = exact.get(`${method} ${path}`)
    if (endpoint) return { endpoint, pathId: '' }
    const isBelow = (each: Endpoint) => path.startsWith(each.path) && /^[^/]+$/.test(path.slice(each.path.length))
    const below = paths.has(path) ? [] : prefixes.filter(isBelow)
    const fitting = below.find((each) => each.method === method)
    if (fitting) return { endpoint: fitting, pathId: path.slice(fitting.path.length) }
    return { endpoint: paths.has(path) || below.length > 0 ? wrongMethod : nowhere, pathId: '' }
  }
}

const wrongMethod: Endpoint = { name: 'wrong-method', method: 'GET', path: '', surface: 'api', steps: [refuseMethod] }
const nowhere: Endpoint = { name: 'nowhere', method: 'GET', path: '', surface: 'api', steps: [refusePath] }

function refuseMethod(exchange: Exchange): ReturnType<Step> {
  note(exchange, 'wrong-method', `${exchange.method} ${exchange.path}`)
  return apiError(405, { message: 'Method not allowed' })
}

/** Wrong prefixes and an invented `/oauth/token` are what integrators lose days on, so the note names the right ones. */
function refusePath(exchange: Exchange): ReturnType<Step> {
  note(exchange, 'wrong-path', exchange.path)
  return apiError(404, { type: 'ApiResourceMissing', message: 'Not found' })
}
