import { createHash } from 'node:crypto'
import { HOTELIER_LANGUAGES, type HotelierLanguage } from '@/lib/links/languages'
import { HOTELIER_TEXTS } from '@/messages/hotelier-texts'
import { Html, html } from './html'
import { VISIT_STYLE } from './style'

export interface VisitPage {
  readonly language: HotelierLanguage
  readonly title: string
  readonly main: Html
  readonly status?: number
  /** Origin to which the page's form leads in the end: a policy covers redirects too. */
  readonly formTarget?: string | null
  readonly cookies?: readonly string[]
  /** An address of the integrator's to which the browser goes on at once. */
  readonly goOnTo?: string | null
}

const STYLE_DIGEST = createHash('sha256').update(VISIT_STYLE, 'utf8').digest('base64')

/** A page for a hotelier: no script, no session, nothing to load but the icon; its policy is its own. */
export function sendPage({ status = 200, formTarget = null, cookies = [], ...page }: VisitPage): Response {
  const headers = new Headers({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': [
      "default-src 'none'",
      `style-src 'sha256-${STYLE_DIGEST}'`,
      "img-src 'self'",
      `form-action 'self'${formTarget ? ` ${formTarget}` : ''}`,
      "base-uri 'none'",
      "object-src 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-robots-tag': 'noindex, nofollow',
  })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(documentOf(page).text, { status, headers })
}

function documentOf({ language, title, main, goOnTo = null }: Omit<VisitPage, 'status' | 'formTarget' | 'cookies'>): Html {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
${goOnTo !== null && html`<meta http-equiv="refresh" content="0;url=${goOnTo}">
`}<link rel="icon" href="/icon.svg">
<title>${title}</title>
<style>${new Html(VISIT_STYLE)}</style>
</head>
<body>
<main><div class="card">
${main}
</div></main>
<footer><nav aria-label="${HOTELIER_TEXTS[language].language}">
${HOTELIER_LANGUAGES.map((each) => choiceOf(each, language))}</nav></footer>
</body>
</html>
`
}

/** The address stays: only its language changes. */
function choiceOf(each: HotelierLanguage, current: HotelierLanguage): Html {
  const name = HOTELIER_TEXTS[each].languageName
  return each === current
    ? html`<b lang="${each}" aria-current="true">${name}</b>
`
    : html`<a lang="${each}" hreflang="${each}" href="?lang=${each}">${name}</a>
`
}
