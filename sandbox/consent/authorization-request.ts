import type { ApiClient } from '../models/api-client'
import type { Answer, Exchange } from '../http/exchange'
import { note } from '../lint/note'
import { redirectUriFault } from '../models/redirect-uri'
import { html } from './html'
import { page } from './page'

/** A checked request for consent: both the API client and its very redirect URI are registered. */
export type AuthorizationRequest = {
  readonly apiClient: ApiClient
  readonly redirectUri: string
  readonly state: string | undefined
}

/** 128 bits in base64url. */
const SHORTEST_STATE = 22

const known = ['client_id', 'redirect_uri', 'state']

/**
 * Reads `client_id`, `redirect_uri` and `state` (guide, step 1). Whatever is wrong with them ends on an error page:
 * the browser is never sent to an address that is not registered, character by character.
 */
export function readAuthorizationRequest(exchange: Exchange): { request: AuthorizationRequest } | { answer: Answer } {
  const { query, world } = exchange
  const repeated = known.find((name) => query.getAll(name).length > 1)
  if (repeated !== undefined) {
    note(exchange, 'consent-parameter-repeated', repeated)
    return problem(`The address names ${repeated} more than once.`)
  }
  const unknown = [...query.keys()].find((name) => !known.includes(name))
  if (unknown !== undefined) {
    note(exchange, 'consent-parameter-unknown', unknown)
    if (world.state.settings.mode === 'strict') return problem(`The address carries ${unknown}, which Octorate does not know (strict mode).`)
  }
  const clientId = query.get('client_id')
  if (!clientId) {
    note(exchange, 'consent-parameter-missing', 'client_id')
    return problem('The address does not say which API client asks: client_id is missing.')
  }
  const apiClient = world.state.apiClients.get(clientId)
  if (!apiClient) {
    note(exchange, 'client-id-unknown')
    return problem('There is no API client with this client_id.')
  }
  const redirectUri = query.get('redirect_uri')
  if (!redirectUri) {
    note(exchange, 'consent-parameter-missing', 'redirect_uri')
    return problem('The address does not say where to go afterwards: redirect_uri is missing.')
  }
  if (!apiClient.configuration.redirectUri.includes(redirectUri)) {
    note(exchange, 'redirect-uri-unregistered')
    return problem('The redirect_uri is not registered for this API client. It must be equal character by character, trailing slash included.')
  }
  if (redirectUriFault(redirectUri, 'strict') !== undefined) {
    note(exchange, 'redirect-uri-plain')
    if (world.state.settings.mode === 'strict') return problem('The redirect_uri does not start with https:// (strict mode).')
  }
  noteState(exchange)
  return { request: { apiClient, redirectUri, state: query.get('state') ?? undefined } }
}

/** Said once, when the browser arrives; the forms of the page carry on what it brought. */
function noteState(exchange: Exchange): void {
  if (exchange.method !== 'GET') return
  const state = exchange.query.get('state')
  if (!state) return note(exchange, 'state-absent')
  if (state.length < SHORTEST_STATE) note(exchange, 'state-guessable')
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
