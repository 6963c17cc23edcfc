import 'server-only'
import type { HotelierLanguage } from '@/lib/links/languages'
import { showInvisible } from '@/lib/text/show-invisible'
import { hotelierTexts, type HotelierTexts } from '@/messages/hotelier-texts'
import { showInstant } from '../links/show-instant'
import type { Visit } from './find-visit'
import { html, type Html } from './html'
import { formToken } from './visit-cookie'

interface Shown {
  readonly language: HotelierLanguage
  /** Of this browser, for the form. */
  readonly browserToken: string
  /** Path that the form posts to. */
  readonly action: string
}

/** What a link's page says while somebody may walk by it, or after they did: title and content. */
export function renderVisit(visit: Visit, shown: Shown): { title: string; main: Html } {
  const t = hotelierTexts(shown.language)
  const { state } = visit
  switch (state) {
    case 'created':
    case 'opened':
      return renderQuestion(visit, shown, t)
    case 'consented':
    case 'exchanged':
      return notice(t('working.title'), html`<p>${t('working.text')}</p><p><a class="button second" href="">${t('look')}</a></p>`)
    case 'verified':
      return renderDone(visit, t)
    case 'wrong_property':
      return renderWrong(visit, shown, t)
    case 'refused':
      return retry(visit, shown, { t, title: t('refused.title'), text: t('refused.text') })
    case 'failed':
      return retry(visit, shown, { t, title: t('failed.title'), text: t('failed.text', { organization: visit.organization }) })
    case 'expired':
      return notice(
        t('over.title'),
        html`<p>${t('over.text', { date: showInstant(shown.language, visit.link.expiresAt), organization: visit.organization })}</p>${leaveBy(visit.link.errorUrl, t)}`,
      )
    case 'revoked':
      return notice(t('revoked.title'), html`<p>${t('revoked.text', { organization: visit.organization })}</p>${leaveBy(visit.link.errorUrl, t)}`)
  }
}

function renderQuestion(visit: Visit, shown: Shown, t: HotelierTexts) {
  const { link, organization } = visit
  const property = propertyOf(visit)
  const title = property && link.kind === 'reconnect' ? t('reconnect.title', { property: property.name }) : t('connect.title')
  const asks = link.kind === 'reconnect' ? t('reconnect.asks', { organization }) : t(property ? 'connect.asks' : 'connect.asksAny', { organization })
  const main = html`<p class="asks">${organization}</p>
<h1>${title}</h1>
<p>${asks}</p>
<div class="property">${property ? shownProperty(property, t) : html`<b>${t('property')}</b><span class="quiet">${t('anyProperty')}</span>`}</div>
${reasons(visit, t)}
<p><strong>${property ? t('before') : t('beforeAny')}</strong></p>
${form(visit, shown, { t, label: t('continue') })}
<h2>${t('may.title')}</h2>
<ul><li>${t('may.data', { organization })}</li><li>${t('may.end')}</li><li>${t('may.password')}</li></ul>
<p class="quiet">${t('validUntil', { date: showInstant(shown.language, link.expiresAt) })}</p>`
  return { title, main }
}

function renderDone(visit: Visit, t: HotelierTexts) {
  const { link } = visit
  const property = propertyOf(visit)?.name ?? ''
  const words = link.kind === 'reconnect' ? (['reconnect.done', 'reconnect.doneText'] as const) : (['connect.done', 'connect.doneText'] as const)
  const title = t(words[0], { property })
  return { title, main: html`<h1>${title}</h1><p class="note good">${t(words[1])}</p>${leaveBy(link.successUrl, t)}` }
}

function renderWrong(visit: Visit, shown: Shown, t: HotelierTexts) {
  const { link, organization } = visit
  const stray = link.authorizations[0]?.quarantined
  const property = propertyOf(visit)
  const found = { found: showInvisible(stray?.name ?? ''), foundId: stray?.identity.replace(/^[a-z]+:/, '') ?? '' }
  const wanted = { organization, property: property?.name ?? '', id: property?.id ?? '' }
  const title = t('wrong.title')
  const main = html`<p class="asks">${organization}</p>
<h1>${title}</h1>
<p class="note warn">${t('wrong.text', found)}</p>
<p>${property?.isNetwork ? t('wrong.wantedNetwork', wanted) : t('wrong.wanted', wanted)}</p>
${form(visit, shown, { t, label: t('again') })}${leaveBy(link.errorUrl, t)}`
  return { title, main }
}

function retry(visit: Visit, shown: Shown, { t, title, text }: { t: HotelierTexts; title: string; text: string }) {
  const property = propertyOf(visit)
  const main = html`<p class="asks">${visit.organization}</p>
<h1>${title}</h1>
<p class="note warn">${text}</p>
${property && html`<div class="property">${shownProperty(property, t)}</div>`}
${form(visit, shown, { t, label: t('again') })}${leaveBy(visit.link.errorUrl, t)}`
  return { title, main }
}

/** A page that only says something. */
export function notice(title: string, content: Html): { title: string; main: Html } {
  return { title, main: html`<h1>${title}</h1>${content}` }
}

interface ShownProperty {
  readonly name: string
  readonly id: string
  readonly isNetwork: boolean
  readonly count: number
}

function propertyOf({ link: { connection, propertyId } }: Visit): ShownProperty | null {
  if (!connection) return propertyId === null ? null : { name: propertyId, id: propertyId, isNetwork: false, count: 1 }
  const [kind, id = ''] = connection.identity.split(/:(.*)/s)
  return { name: showInvisible(connection.name), id, isNetwork: kind === 'network', count: connection._count.properties }
}

function shownProperty({ name, id, isNetwork, count }: ShownProperty, t: HotelierTexts): Html {
  return html`<b>${name}</b><span class="quiet">${t('propertyId', { id })}${isNetwork && html` · ${t('network', { count: String(count) })}`}</span>`
}

function reasons({ link: { reason, ticket } }: Visit, t: HotelierTexts): Html | null {
  if (reason === null && ticket === null) return null
  return html`<dl>${reason !== null && html`<dt>${t('reason')}</dt><dd>${reason}</dd>`}${ticket !== null && html`<dt>${t('ticket')}</dt><dd>${ticket}</dd>`}</dl>`
}

function form({ consentOrigin }: Visit, { action, browserToken, language }: Shown, { t, label }: { t: HotelierTexts; label: string }): Html {
  const host = consentOrigin === null ? '' : new URL(consentOrigin).host
  return html`<form method="post" action="${action}">
<input type="hidden" name="form" value="${formToken(browserToken)}">
<input type="hidden" name="lang" value="${language}">
<button>${label}</button>
</form>
<p class="quiet">${t('goesTo', { host })}</p>`
}

/** Back to the integrator's product, for a link that names where. */
function leaveBy(address: string | null, t: HotelierTexts): Html | null {
  return address === null ? null : html`<p><a class="button second" href="${address}" rel="noreferrer">${t('back', { host: new URL(address).host })}</a></p>`
}
