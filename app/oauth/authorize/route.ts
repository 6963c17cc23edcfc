import { cookies } from 'next/headers'
import { startAuthorization } from '@/contracts/authorizations'
import { FLOW_COOKIE_OPTIONS, flowCookieName } from '@/server/authorizations/flow-cookie'
import { startAuthorization as start } from '@/server/authorizations/start-authorization'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(startAuthorization, async ({ actor, body }) => {
  const { browserToken, ...started } = await start(actor, body)
  const jar = await cookies()
  jar.set(flowCookieName(started.authorizationId), browserToken, FLOW_COOKIE_OPTIONS)
  return started
})
