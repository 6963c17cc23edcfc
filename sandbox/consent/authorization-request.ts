import type { ApiClient } from '../models/api-client'
import type { Answer, Exchange } from '../http/exchange'
import { html } from './html'
import { page } from './page'

/** A checked request for consent: both the API client and its very redirect URI are registered. */
export type AuthorizationRequest = {
  readonly apiClient: ApiClient
  readonly redirectUri: string
  readonly state: string | undefined
}

const known = ['client_id', 'redirect_uri', 'state']

/**
 * Reads `client_id`, `redirect_uri` and `state` (guide, step 1). Whatever is wrong with them ends on an error page:
 * the browser is never sent to an address that is not registered, character by character.
 */
export function readAuthorizationRequest(exchange: Exchange): { request: AuthorizationRequest } | { answer: Answer } {
  const { query, world } = exchange
  const repeated = known.find((name) => query.getAll(name).length > 1)
  if (repeated !== undefined) return problem(`The address names ${repeated} more than once.`)
  const unknown = [...query.keys()].find((name) => !known.includes(name))
  if (unknown !== undefined) {
    exchange.notes.push(`sent ${unknown.slice(0, 40)}: Octorate's consent page takes client_id, redirect_uri and state only`)
    if (world.state.settings.mode === 'strict') return problem(`The address carries ${unknown}, which Octorate does not know (strict mode).`)
  }
  const clientId = query.get('client_id')
  if (!clientId) return problem('The address does not say which API client asks: client_id is missing.')
  const apiClient = world.state.apiClients.get(clientId)
  if (!apiClient) return problem('There is no API client with this client_id.')
  const redirectUri = query.get('redirect_uri')
  if (!redirectUri) return problem('The address does not say where to go afterwards: redirect_uri is missing.')
  if (!apiClient.configuration.redirectUri.includes(redirectUri)) {
    exchange.notes.push('sent a redirect_uri that is not registered: it must be equal character by character, trailing slash included')
    return problem('The redirect_uri is not registered for this API client. It must be equal character by character, trailing slash included.')
  }
  return { request: { apiClient, redirectUri, state: query.get('state') ?? undefined } }
}

/** This page's own address with the request in it, for the forms. */
export function formAction(path: string, { apiClient, redirectUri, state }: AuthorizationRequest): string {
  const query = new URLSearchParams({ client_id: apiClient.clientId, redirect_uri: redirectUri })
  if (state !== undefined) query.set('state', state)
  return `${path}?${query}`
}

function problem(message: string): { answer: Answer } {
  const main = html`<h1>This request cannot be answered</h1>
<p>${message}</p>
<p>Nothing was approved, and nobody was sent anywhere. It is for the developers of the application that sent you here to repair this.</p>`
  return { answer: page({ status: 400, title: 'Request refused', main }) }
}
