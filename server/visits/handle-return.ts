import 'server-only'
import { visitorPages } from '@/contracts/paths'
import type { CallbackQuery } from '@/lib/oauth/callback-query'
import { completeAuthorization } from '../authorizations/complete-authorization'
import { flowCookieName } from '../authorizations/flow-cookie'
import { digest } from '../crypto/digest'
import { db } from '../db'
import type { RequestContext } from '../http/request-context'
import { toAppError } from '../http/to-app-error'
import { log } from '../log'

interface Return {
  readonly query: CallbackQuery
  readonly apiClientId: string
  readonly arrivedAt: Date
  readonly context: RequestContext
  readonly cookie: (name: string) => string | undefined
}

/** What the callback answers with: a page of ours, and the cookie that is done with. */
export interface Returned {
  readonly path: string
  readonly endedCookie?: string
}

/**
 * A hotelier comes back from consent by a link: nobody of ours is signed in, and the flow's cookie alone tells the browser.
 *
 * @returns null when the state belongs to no link: then it is for somebody of ours.
 */
export async function returnByLink({ query, apiClientId, arrivedAt, context, cookie }: Return): Promise<Returned | null> {
  if (query.kind === 'malformed') return null
  const found = await db().authorization.findUnique({ where: { stateDigest: digest(query.state) }, select: { linkId: true } })
  if (!found?.linkId) return null
  const path = visitorPages.visit(found.linkId)
  try {
    const completed = await completeAuthorization(
      { viewer: null, context },
      { query, arrivedAt, expected: { apiClientId }, browserToken: (id) => cookie(flowCookieName(id)) },
    )
    return { path, endedCookie: flowCookieName(completed.authorizationId) }
  } catch (error) {
    // Another browser, a second use, a link that was revoked: the link's page says how it stands, to its own browser only.
    const refusal = toAppError(error)
    log().warn({ requestId: context.requestId, link: found.linkId, refusal: refusal.code, err: refusal.cause ?? refusal }, 'a return by a link was refused')
    return { path }
  }
}
