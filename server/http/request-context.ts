/** What the front found out about a request; it removes the same headers from what comes from outside. */
export interface RequestContext {
  readonly requestId: string
  /** The caller's address as resolved by the front, or `unresolved`. */
  readonly address: string
  readonly userAgent: string
}

export const REQUEST_ID_HEADER = 'x-request-id'
export const CLIENT_ADDRESS_HEADER = 'x-keyrack-client-address'
/** How the address was found, hop by hop, as JSON that is encoded like a part of an address; only where somebody asks. */
export const HOPS_HEADER = 'x-keyrack-hops'
/** Path and query that were asked for: a server component is not told. */
export const PATH_HEADER = 'x-keyrack-path'

const MOST_USER_AGENT = 300

export function requestContext(headers: Headers): RequestContext {
  return {
    requestId: headers.get(REQUEST_ID_HEADER) ?? 'none',
    address: headers.get(CLIENT_ADDRESS_HEADER) ?? 'unresolved',
    userAgent: (headers.get('user-agent') ?? '').slice(0, MOST_USER_AGENT),
  }
}
