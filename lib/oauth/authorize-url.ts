import { consentUrl } from './upstream-urls'

interface AuthorizeInput {
  readonly backOfficeBase: string
  readonly clientId: string
  /** Written exactly as it will be sent again with the code (contract, "Case 1: consent flow"). */
  readonly redirectUri: string
  readonly state: string
}

/**
 * The address of Octorate's consent page for one flow: `client_id`, `redirect_uri`, `state` and nothing
 * else; there is no `response_type` and no `scope`. Values are percent-encoded (a blank is `%20`).
 */
export function authorizeUrl({ backOfficeBase, clientId, redirectUri, state }: AuthorizeInput): string {
  const query = Object.entries({ client_id: clientId, redirect_uri: redirectUri, state })
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
  return `${consentUrl(backOfficeBase)}?${query}`
}
