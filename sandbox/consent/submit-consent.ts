import type { Answer, Endpoint, Exchange, Step } from '../http/exchange'
import { approve, refuse } from '../models/consent'
import type { Hotelier } from '../models/seed'
import type { Scope } from '../models/truth-event'
import type { World } from '../models/world'
import { formAction, readAuthorizationRequest, type AuthorizationRequest } from './authorization-request'
import { choicePage } from './choice-page'
import { html } from './html'
import { page, seeOther } from './page'
import { consentPath } from './path'
import { sessionCookie, sessionIdOf } from './session-cookie'
import { signInPage } from './sign-in-page'

/** What the consent page's forms lead to: signing in and out, filling in an account, approving, refusing. */
export const submitConsentEndpoint: Endpoint = {
  name: 'consent:submit',
  method: 'POST',
  path: consentPath,
  surface: 'page',
  steps: [readForm, formIsOurs, submit],
}

function readForm(exchange: Parameters<Step>[0]): ReturnType<Step> {
  exchange.form = new URLSearchParams(exchange.body.toString('utf8'))
  return undefined
}

/** The form was shown to this very browser: its token belongs to the session that the cookie names. */
function formIsOurs(exchange: Parameters<Step>[0]): ReturnType<Step> {
  const sessionId = sessionIdOf(exchange)
  const token = exchange.form?.get('csrf') ?? ''
  const site = exchange.headers['sec-fetch-site']
  const isForeign = site !== undefined && site !== 'same-origin'
  if (sessionId !== undefined && !isForeign && exchange.world.sessions.isCsrfToken(sessionId, token)) return undefined
  const main = html`<h1>This form has expired</h1>
<p>It does not belong to your present visit. Nothing was approved. Go back to the application that sent you here, and start again.</p>`
  return page({ status: 403, title: 'Form refused', main })
}

function submit(exchange: Parameters<Step>[0]): ReturnType<Step> {
  const read = readAuthorizationRequest(exchange)
  if ('answer' in read) return read.answer
  const { request } = read
  const wish = exchange.form?.get('do')
  if (wish === 'sign-in') return signIn(exchange, request)
  if (wish === 'fill') return fillIn(exchange, request)
  if (wish === 'sign-out') return signOut(exchange, request)
  return decide(exchange, request)
}

function signIn(exchange: Exchange, request: AuthorizationRequest): Answer {
  const { sessions, state, clock } = exchange.world
  const hotelier = state.hoteliers.get(exchange.form?.get('username')?.trim() ?? '')
  if (!hotelier || hotelier.password !== exchange.form?.get('password')) {
    return signInPage(exchange.world, { request, sessionId: sessionIdOf(exchange) ?? '', error: 'Username and password do not match.' })
  }
  const sessionId = sessions.newId()
  sessions.signIn(sessionId, hotelier.username, clock.now())
  return seeOther(formAction(consentPath, request), sessionCookie(sessionId))
}

function fillIn(exchange: Exchange, request: AuthorizationRequest): Answer {
  const fill = exchange.world.state.hoteliers.get(exchange.form?.get('fill') ?? '')
  return signInPage(exchange.world, { request, sessionId: sessionIdOf(exchange) ?? '', ...(fill && { fill }) })
}

function signOut(exchange: Exchange, request: AuthorizationRequest): Answer {
  const { sessions } = exchange.world
  sessions.signOut(sessionIdOf(exchange) ?? '')
  return seeOther(formAction(consentPath, request), sessionCookie(sessions.newId()))
}

function decide(exchange: Exchange, request: AuthorizationRequest): Answer {
  const { world, form } = exchange
  const sessionId = sessionIdOf(exchange) ?? ''
  const hotelier = world.state.hoteliers.get(world.sessions.usernameOf(sessionId, world.clock.now()) ?? '')
  if (!hotelier) return signInPage(world, { request, sessionId, error: 'Your visit has ended. Sign in again.' })
  const { apiClient, redirectUri, state } = request
  const consent = { clientId: apiClient.clientId, redirectUri, state, username: hotelier.username }
  if (form?.get('do') === 'refuse') return refused(world, refuse(world, consent))
  const scope = form?.get('do') === 'approve' ? chosenScope(hotelier, form.get('choice')) : undefined
  if (!scope) return choicePage(world, { request, sessionId, hotelier, error: 'Choose a property first.' })
  return seeOther(approve(world, { ...consent, scope }))
}

/** Whether Octorate sends the browser back after a refusal is not documented: `refusedConsent` decides. */
function refused({ state }: World, location: string): Answer {
  if (state.settings.refusedConsent === 'access-denied') return seeOther(location)
  return page({ title: 'Refused', main: html`<h1>You refused</h1>
<p>Nothing was approved, and the application was not told. You may close this page.</p>` })
}

function chosenScope(hotelier: Hotelier, choice: string | null): Scope | undefined {
  if (choice === 'network') return hotelier.network === undefined ? undefined : { network: hotelier.network }
  return choice !== null && hotelier.accommodations.includes(choice) ? { accommodations: [choice] } : undefined
}
