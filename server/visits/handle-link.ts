import 'server-only'
import { visitorPages } from '@/contracts/paths'
import { languageOf, parseLanguage, type HotelierLanguage } from '@/lib/links/languages'
import { isUuid } from '@/lib/ids'
import { hotelierTexts } from '@/messages/hotelier-texts'
import { FLOW_LIFETIME_MS, flowCookieName } from '../authorizations/flow-cookie'
import type { AppError } from '../http/app-error'
import { requestContext } from '../http/request-context'
import { toAppError } from '../http/to-app-error'
import { log } from '../log'
import { getRuntime } from '../runtime'
import { findVisit, findVisitByToken, isOwnBrowser, type Visit } from './find-visit'
import { html } from './html'
import { readForm } from './read-form'
import { notice, renderVisit } from './render-visit'
import { sendPage } from './send-page'
import { newBrowserToken, readCookie, serialize, visitCookie, visitCookieName } from './visit-cookie'
import { walk } from './walk'

/** The page that a link's address shows. It consumes nothing: mail scanners open links too. */
export async function showLink(request: Request, token: string): Promise<Response> {
  const visit = await findVisitByToken(token)
  return visit ? show(visit, { request, path: visitorPages.link(token) }) : unknown(request)
}

/** The page of a link that this browser has opened, by its id: where the hotelier comes back to. */
export async function showVisit(request: Request, id: string): Promise<Response> {
  const visit = isUuid(id) ? await findVisit(id) : null
  const browserToken = visit && readCookie(request, visitCookieName(visit.link.id))
  // Whoever has no cookie of it learns nothing of it, not even that it is there.
  return visit && isOwnBrowser(visit, browserToken) ? show(visit, { request, path: visitorPages.visit(id) }) : unknown(request)
}

/** The button on either page: away to Octorate. */
export async function leaveByLink(request: Request, token: string): Promise<Response> {
  const visit = await findVisitByToken(token)
  return visit ? leave(visit, request, visitorPages.link(token)) : unknown(request)
}

export async function leaveByVisit(request: Request, id: string): Promise<Response> {
  const visit = isUuid(id) ? await findVisit(id) : null
  const browserToken = visit && readCookie(request, visitCookieName(visit.link.id))
  return visit && isOwnBrowser(visit, browserToken) ? leave(visit, request, visitorPages.visit(id)) : unknown(request)
}

async function leave(visit: Visit, request: Request, path: string): Promise<Response> {
  const context = requestContext(request.headers)
  const browserToken = readCookie(request, visitCookieName(visit.link.id))
  try {
    const fields = await readForm(request, browserToken)
    const language = parseLanguage(fields.get('lang')) ?? languageFor(request, visit)
    const { location, authorizationId, browserToken: flowToken } = await walk(visit, { browserToken: browserToken ?? '', language, context })
    const headers = new Headers({ location })
    headers.append('set-cookie', serialize(flowCookieName(authorizationId), flowToken, FLOW_LIFETIME_MS / 1000))
    return new Response(null, { status: 303, headers })
  } catch (error) {
    const refusal = toAppError(error)
    log().warn({ requestId: context.requestId, link: visit.link.id, refusal: refusal.code, err: refusal.cause ?? refusal }, 'a hotelier could not leave for consent')
    // Opened elsewhere, used or over meanwhile: the page says so by its state.
    if (refusal.code === 'link_over') return show((await findVisit(visit.link.id)) ?? visit, { request, path }, 409)
    return refuse(visit, request, refusal)
  }
}

interface Place {
  readonly request: Request
  /** Where this page is, and where its form posts to. */
  readonly path: string
}

function show(visit: Visit, { request, path }: Place, status?: number): Response {
  const { link, state, consentOrigin } = visit
  const known = readCookie(request, visitCookieName(link.id))
  const browserToken = known ?? newBrowserToken()
  const language = languageFor(request, visit)
  const isForeign = link.browserDigest !== null && !isOwnBrowser(visit, known)
  const t = hotelierTexts(language)
  if (isForeign && state !== 'expired' && state !== 'revoked') {
    const page = notice(t('elsewhere.title'), html`<p>${t('elsewhere.text', { organization: visit.organization })}</p>`)
    return sendPage({ ...page, language, status: status ?? 410 })
  }
  const isOver = state === 'expired' || state === 'revoked'
  return sendPage({
    ...renderVisit(visit, { language, browserToken, action: path }),
    language,
    status: status ?? (isOver ? 410 : 200),
    formTarget: consentOrigin,
    cookies: known || isOver ? [] : [visitCookie(link, browserToken, getRuntime().clock())],
    goOnTo: state === 'verified' ? link.successUrl : null,
  })
}

function unknown(request: Request): Response {
  const language = languageFor(request, null)
  const t = hotelierTexts(language)
  return sendPage({ ...notice(t('unknown.title'), html`<p>${t('unknown.text')}</p>`), language, status: 404 })
}

/** No cookie, another site, a broken form: nothing was consumed. */
function refuse(visit: Visit, request: Request, refusal: AppError): Response {
  const language = languageFor(request, visit)
  const t = hotelierTexts(language)
  const isOurs = refusal.status >= 500
  const page = isOurs
    ? notice(t('failed.title'), html`<p>${t('failed.text', { organization: visit.organization })}</p>`)
    : notice(t('cookies.title'), html`<p>${t('cookies.text')}</p>`)
  return sendPage({ ...page, language, status: refusal.status })
}

/** As the reader chose, else as the sender did, else as the browser says. */
export function languageFor(request: Request, visit: Visit | null): HotelierLanguage {
  const chosen = parseLanguage(new URL(request.url).searchParams.get('lang'))
  return chosen ?? parseLanguage(visit?.link.language) ?? languageOf(request.headers.get('accept-language'))
}
