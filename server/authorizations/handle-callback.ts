import 'server-only'
import { cookies } from 'next/headers'
import { pages } from '@/contracts/paths'
import { roleMay } from '@/contracts/permissions'
import { isUuid } from '@/lib/ids'
import { parseCallbackQuery } from '@/lib/oauth/callback-query'
import { AppError } from '../http/app-error'
import { requireViewer } from '../http/define-handler'
import { requestContext } from '../http/request-context'
import { toAppError } from '../http/to-app-error'
import { log } from '../log'
import { getRuntime } from '../runtime'
import { returnByLink } from '../visits/handle-return'
import { completeAuthorization } from './complete-authorization'
import { flowCookieName } from './flow-cookie'

/**
 * The callback's answer: always a 303 to a clean address of ours, with nothing of the query in it. The code's minute
 * runs, so the exchange happens now and nothing is asked before it.
 */
export async function handleCallback(request: Request, apiClientId: string): Promise<Response> {
  const arrivedAt = getRuntime().clock()
  const context = requestContext(request.headers)
  try {
    if (!isUuid(apiClientId)) throw new AppError('state_unknown')
    const query = parseCallbackQuery(new URL(request.url).search)
    const jar = await cookies()
    const cookie = (name: string) => jar.get(name)?.value
    const returned = await returnByLink({ query, apiClientId, arrivedAt, context, cookie })
    if (returned) return seeOther(returned.path, returned.endedCookie)
    const viewer = await requireViewer()
    if (viewer.mustEnrol) throw new AppError('two_factor_required')
    if (!roleMay(viewer.role, 'connections:connect')) throw new AppError('not_allowed')
    const completed = await completeAuthorization(
      { viewer, context },
      {
        query,
        arrivedAt,
        expected: { apiClientId },
        browserToken: (authorizationId) => cookie(flowCookieName(authorizationId)),
      },
    )
    const target =
      completed.outcome === 'connected'
        ? completed.returnTo || pages.connection(completed.connectionId)
        : pages.authorization(completed.authorizationId)
    return seeOther(target, flowCookieName(completed.authorizationId))
  } catch (error) {
    const refusal = toAppError(error)
    log().warn({ requestId: context.requestId, refusal: refusal.code, err: refusal.cause ?? refusal }, 'a callback was refused')
    return seeOther(pages.connectProblem(refusal.code, context.requestId))
  }
}

function seeOther(path: string, endedCookie?: string): Response {
  const headers = new Headers({
    location: `${getRuntime().publicUrl}${path}`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  })
  if (endedCookie) headers.append('set-cookie', `${endedCookie}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax`)
  return new Response(null, { status: 303, headers })
}
