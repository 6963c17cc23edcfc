import NextAuth from 'next-auth'
import type { NextRequest } from 'next/server'
import { authOptions } from '@/server/auth/auth-options'
import { requireSameOrigin } from '@/server/http/origin-check'
import { problem } from '@/server/http/problem'
import { requestContext } from '@/server/http/request-context'
import { getRuntime } from '@/server/runtime'
import { endCurrentSession } from '@/server/sessions/end-current-session'

type Route = { params: Promise<{ nextauth: string[] }> }
type Handler = (request: NextRequest, route: Route) => Promise<Response>

export const GET: Handler = (request, route) => guarded(request, () => handle(request, route))

/** next-auth's own token guards its posts already; the origin is checked besides, as everywhere. */
export const POST: Handler = (request, route) =>
  guarded(request, async () => {
    requireSameOrigin(request.headers, getRuntime().publicUrl)
    const isSignOut = (await route.params).nextauth[0] === 'signout'
    if (isSignOut) await endCurrentSession()
    const response = await handle(request, route)
    // Whoever sits down here next finds neither a page in the cache nor anything stored.
    if (isSignOut) response.headers.set('clear-site-data', '"cache", "storage"')
    return response
  })

/** The options are made per request: they need keys and settings that are not there while modules load. */
async function handle(request: NextRequest, route: Route): Promise<Response> {
  const waits: number[] = []
  const handler: Handler = NextAuth(authOptions((seconds) => void waits.push(seconds)))
  const response = await handler(request, route)
  for (const seconds of waits) response.headers.set('retry-after', String(seconds))
  return response
}

async function guarded(request: NextRequest, act: () => Promise<Response>): Promise<Response> {
  try {
    return await act()
  } catch (error) {
    return problem(error, requestContext(request.headers).requestId)
  }
}
