import type { Endpoint, Step } from '../http/exchange'
import { readAuthorizationRequest } from './authorization-request'
import { choicePage } from './choice-page'
import { consentPath } from './path'
import { sessionCookie, sessionIdOf } from './session-cookie'
import { signInPage } from './sign-in-page'

/** Guide, step 1: the page in Octorate's back office that an application sends the hotelier's browser to. */
export const showConsentEndpoint: Endpoint = {
  name: 'consent',
  method: 'GET',
  path: consentPath,
  surface: 'page',
  steps: [showConsent],
}

function showConsent(exchange: Parameters<Step>[0]): ReturnType<Step> {
  const { world } = exchange
  const read = readAuthorizationRequest(exchange)
  if ('answer' in read) return read.answer
  const { request } = read
  const sessionId = sessionIdOf(exchange)
  const username = sessionId === undefined ? undefined : world.sessions.usernameOf(sessionId, world.clock.now())
  const hotelier = username === undefined ? undefined : world.state.hoteliers.get(username)
  if (sessionId !== undefined && hotelier) return choicePage(world, { request, sessionId, hotelier })
  const ownId = sessionId ?? world.sessions.newId()
  return signInPage(world, { request, sessionId: ownId, setCookie: sessionCookie(ownId) })
}
