import type { IncomingMessage } from 'node:http'
import { getClientAddress } from '@/contracts/client-addresses'
import { pages } from '@/contracts/paths'
import { UNATTENDED_HEADER } from '@/contracts/unattended'
import type { CidrBlock } from '@/lib/net/cidr-block'
import { explainClientAddress } from '@/lib/net/client-address'
import { CLIENT_ADDRESS_HEADER, HOPS_HEADER, PATH_HEADER, REQUEST_ID_HEADER } from '../http/request-context'

/** What a stranger could send to be believed: by Next, by next-auth, or by us. */
const NEVER_FROM_OUTSIDE = /^(x-forwarded-.*|forwarded|x-real-ip|x-client-ip|cf-connecting-ip|true-client-ip|x-original-.*|x-rewrite-.*|x-middleware-.*|x-invoke-.*|x-next.*|x-vercel-.*|x-matched-path|x-nonce|content-security-policy.*|x-keyrack-.*|x-request-id|x-action-.*|next-action|next-resume|x-prerender-.*)$/

interface Known {
  readonly requestId: string
  /** Policy of the page, for Next to take its nonce from; null where no page is made. */
  readonly policy: string | null
  readonly publicUrl: URL
  readonly trustedProxies: readonly CidrBlock[]
}

/**
 * Rewrites a request's headers so that everything behind the front may believe them: forwarding headers from outside
 * are dropped, and the caller's address is found from the socket and the trusted proxies alone.
 *
 * @returns the address, or `unresolved`.
 */
export function cleanRequest(request: IncomingMessage, known: Known): string {
  const forwardedFor = request.headersDistinct['x-forwarded-for']
  const { found, hops } = explainClientAddress({
    peer: request.socket.remoteAddress ?? '',
    forwardedFor,
    trustedProxies: known.trustedProxies,
  })
  const address = 'address' in found ? found.address : 'unresolved'
  const { headers } = request
  for (const name of Object.keys(headers)) if (NEVER_FROM_OUTSIDE.test(name)) delete headers[name]
  // Next fetches what a link leads to as soon as the link is in sight, and hides from a page that it did.
  if (headers['next-router-prefetch'] !== undefined) headers[UNATTENDED_HEADER] = '1'
  headers['x-forwarded-for'] = address
  headers['x-forwarded-host'] = known.publicUrl.host
  headers['x-forwarded-proto'] = known.publicUrl.protocol.slice(0, -1)
  headers['host'] = known.publicUrl.host
  headers[CLIENT_ADDRESS_HEADER] = address
  headers[REQUEST_ID_HEADER] = known.requestId
  headers[PATH_HEADER] = request.url ?? '/'
  if (isAskedFor(request.url ?? '/')) headers[HOPS_HEADER] = encodeURIComponent(JSON.stringify({ found, hops }))
  if (known.policy !== null) headers['content-security-policy'] = known.policy
  return address
}

/** The page that shows the hops, and what it reads again from. */
function isAskedFor(url: string): boolean {
  const [path] = url.split('?', 1)
  return path === pages.network() || path === getClientAddress.path
}
