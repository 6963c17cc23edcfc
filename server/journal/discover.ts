import 'server-only'
import type { Gateway } from '../octorate/gateway-to'
import type { AccessToken } from '../crypto/tokens'
import { isUpstreamError } from '../http/from-upstream'
import { listProperties } from '../octorate/list-properties'
import type { Property } from '../octorate/property'
import { UpstreamUnreachable } from '../octorate/errors/upstream-unreachable'
import type { Transport } from '../octorate/transport'
import { readUserInfo, type ConsentingUser } from '../octorate/user-info'

/** A long list, page after page, must not keep a browser waiting: after this long no further page is asked for. */
const PAGES_WITHIN_MS = 10_000

export interface Discovery {
  readonly properties: readonly Property[]
  /** False when the token covers more properties than were read. */
  readonly isComplete: boolean
  /** Null when Octorate did not say: nice to know, never needed. */
  readonly user: ConsentingUser | null
}

/** Asks Octorate what a token covers and who consented. @throws upstream errors of the property list */
export async function discover(
  { urls, pagesWithinMs = PAGES_WITHIN_MS }: Pick<Gateway, 'urls'> & { readonly pagesWithinMs?: number },
  transport: Transport,
  accessToken: AccessToken,
): Promise<Discovery> {
  const bounded = withinTime(transport, pagesWithinMs)
  const [list, user] = await Promise.all([
    listProperties(bounded, { url: urls.properties, bearer: accessToken }),
    readUserInfo(bounded, { url: urls.userInfo, accessToken }).catch((error: unknown) => {
      if (isUpstreamError(error)) return null
      throw error
    }),
  ])
  return { ...list, user }
}

function withinTime(transport: Transport, pagesWithinMs: number): Transport {
  const began = performance.now()
  return (request) => {
    if (performance.now() - began <= pagesWithinMs) return transport(request)
    throw new UpstreamUnreachable({ call: request.call, reason: 'timeout_body', maybeProcessed: false })
  }
}
