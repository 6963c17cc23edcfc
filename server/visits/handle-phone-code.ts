import 'server-only'
import { visitorPages } from '@/contracts/paths'
import { parsePhoneCode } from '@/lib/links/phone-code'
import { hotelierTexts } from '@/messages/hotelier-texts'
import { digest } from '../crypto/digest'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import { requestContext, type RequestContext } from '../http/request-context'
import { toAppError } from '../http/to-app-error'
import { fingerprintOfCode } from '../links/phone-code'
import { log } from '../log'
import { getRuntime } from '../runtime'
import { countCodeTry } from '../sign-in/throttle'
import { languageFor } from './handle-link'
import { html, type Html } from './html'
import { readForm } from './read-form'
import { sendPage } from './send-page'
import { CODE_COOKIE, codeCookie, formToken, newBrowserToken, readCookie, visitCookie } from './visit-cookie'
import { noteOpened } from './walk'

/** Where a receptionist types the code that an agent reads aloud. */
export function showCodePage(request: Request): Response {
  return codePage(request, null)
}

/** The code is good once: it opens its link for this browser. */
export async function takeCode(request: Request): Promise<Response> {
  const context = requestContext(request.headers)
  try {
    const fields = await readForm(request, readCookie(request, CODE_COOKIE))
    await countCodeTry(context.address)
    const { cookie, path } = await openByCode(fields.get('code'), context)
    const headers = new Headers({ location: `${getRuntime().publicUrl}${path}` })
    headers.append('set-cookie', cookie)
    return new Response(null, { status: 303, headers })
  } catch (error) {
    const refusal = toAppError(error)
    if (refusal.status >= 500) log().error({ requestId: context.requestId, err: refusal.cause ?? refusal }, 'a phone code could not be taken')
    return codePage(request, refusal)
  }
}

async function openByCode(typed: string | null, context: RequestContext): Promise<{ cookie: string; path: string }> {
  const code = parsePhoneCode(typed)
  if (!code) throw new AppError('not_found')
  const now = getRuntime().clock()
  const browserToken = newBrowserToken()
  return transaction(async (tx) => {
    const [link] = await tx.link.updateManyAndReturn({
      where: {
        codeFingerprint: fingerprintOfCode(code), codeUsedAt: null, codeExpiresAt: { gt: now },
        state: 'created', browserDigest: null, expiresAt: { gt: now }, apiClient: { deletedAt: null },
      },
      data: { state: 'opened', openedAt: now, codeUsedAt: now, codeFingerprint: null, browserDigest: digest(browserToken) },
      select: { id: true, organizationId: true, expiresAt: true },
    })
    if (!link) throw new AppError('not_found')
    await noteOpened(tx, { link, context, by: 'code', now })
    return { cookie: visitCookie(link, browserToken, now), path: visitorPages.visit(link.id) }
  })
}

function codePage(request: Request, refusal: AppError | null): Response {
  const language = languageFor(request, null)
  const t = hotelierTexts(language)
  const known = readCookie(request, CODE_COOKIE)
  const browserToken = known ?? newBrowserToken()
  const problem: Html | null = refusal && html`<p class="note warn" id="problem" role="alert">${t(wordsFor(refusal))}</p>`
  const title = t('code.title')
  const main = html`<h1>${title}</h1>
<p>${t('code.text')}</p>
${problem}
<form method="post" action="${visitorPages.phoneCode()}?lang=${language}">
<input type="hidden" name="form" value="${formToken(browserToken)}">
<label for="code">${t('code.label')}</label>
<input id="code" name="code" required maxlength="20" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="${problem ? 'problem hint' : 'hint'}">
<p class="quiet" id="hint">${t('code.hint')}</p>
<button>${t('code.submit')}</button>
</form>`
  return sendPage({ title, main, language, status: refusal?.code === 'not_found' ? 422 : (refusal?.status ?? 200), cookies: known ? [] : [codeCookie(browserToken)] })
}

function wordsFor({ code, status }: AppError): 'code.wrong' | 'code.tooMany' | 'cookies.text' | 'working.title' {
  if (code === 'not_found') return 'code.wrong'
  if (code === 'too_many_attempts') return 'code.tooMany'
  return status >= 500 ? 'working.title' : 'cookies.text'
}
