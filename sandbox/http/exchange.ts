import type { IncomingHttpHeaders } from 'node:http'
import type { LintNote } from '../lint/note'
import type { ApiClient } from '../models/api-client'
import type { Grant } from '../models/grant'
import type { LegacyKeyState } from '../models/legacy-key'
import type { World } from '../models/world'

export type Answer = {
  readonly status: number
  readonly contentType: string
  readonly body: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
}

/** The bearer of a request, once a check has found it good. */
export type Identity =
  | { readonly kind: 'property'; readonly grant: Grant; readonly token: string }
  | { readonly kind: 'admin'; readonly apiClient: ApiClient; readonly token: string }

/** One request on its way through an endpoint's steps; what a check finds out stands here for the steps after it. */
export type Exchange = {
  readonly world: World
  readonly endpoint: string
  readonly method: string
  readonly path: string
  /** the query as sent, without `?` */
  readonly rawQuery: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  /** the socket's own address, as IPv4 where it is one: no forwarding header changes it */
  readonly remoteAddress: string
  readonly body: Buffer
  /** the part of the path that the endpoint's pattern names */
  readonly pathId: string
  /** lint notes: what this request did that Octorate's documents do not provide for */
  readonly notes: LintNote[]
  form: URLSearchParams | undefined
  json: Readonly<Record<string, unknown>> | undefined
  legacyKey: LegacyKeyState | undefined
  apiClient: ApiClient | undefined
  identity: Identity | undefined
}

/** A named step of an endpoint: passes (nothing) or answers. Synchronous, so that no other request comes between. */
export type Step = (exchange: Exchange) => Answer | undefined

export type Endpoint = {
  /** the name under which faults, tape and truth log know it */
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** a whole path, or a prefix when `pathId` is set */
  readonly path: string
  readonly takesPathId?: boolean
  /** `api` answers carry Octorate's headers, `page` answers are for browsers */
  readonly surface: 'api' | 'page'
  readonly steps: readonly Step[]
}

/** The form of an exchange that passed the form-body check. */
export function formOf(exchange: Exchange): URLSearchParams {
  if (!exchange.form) throw new TypeError(`${exchange.endpoint}: the form-body check must come first`)
  return exchange.form
}

/** The JSON object of an exchange that passed the JSON-body check. */
export function jsonOf(exchange: Exchange): Readonly<Record<string, unknown>> {
  if (!exchange.json) throw new TypeError(`${exchange.endpoint}: the JSON-body check must come first`)
  return exchange.json
}

/** The API client whose token, or whose hotelier's token, a request carries. */
export function apiClientBehind({ identity, world }: Exchange): ApiClient | undefined {
  if (identity?.kind === 'admin') return identity.apiClient
  return identity && world.state.apiClients.get(identity.grant.clientId)
}

/** The API client of an exchange that passed the client-credentials check. */
export function apiClientOf(exchange: Exchange): ApiClient {
  if (!exchange.apiClient) throw new TypeError(`${exchange.endpoint}: the client-credentials check must come first`)
  return exchange.apiClient
}

/** The bearer of an exchange that passed the bearer-token check. */
export function identityOf(exchange: Exchange): Identity {
  if (!exchange.identity) throw new TypeError(`${exchange.endpoint}: the bearer-token check must come first`)
  return exchange.identity
}
