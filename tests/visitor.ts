import { callbackPath, visitorPages } from '@/contracts/paths'
import { parseCallbackQuery } from '@/lib/oauth/callback-query'
import { getRuntime } from '@/server/runtime'
import { leaveByLink, leaveByVisit, showLink, showVisit } from '@/server/visits/handle-link'
import { showCodePage, takeCode } from '@/server/visits/handle-phone-code'
import { returnByLink } from '@/server/visits/handle-return'
import type { Hotelier } from './consent-flow'
import type { Rig } from './runtime'

export interface VisitedPage {
  readonly status: number
  readonly text: string
  readonly headers: Headers
}

interface Wishes {
  /** Instead of what a browser sends with a form of our own page. */
  readonly headers?: Readonly<Record<string, string>>
  readonly fields?: Readonly<Record<string, string>>
}

/** A hotelier's browser: keeps cookies, opens pages, presses their one button, and comes back from consent. */
export class Visitor {
  readonly #rig: Rig
  readonly #cookies = new Map<string, string>()
  #page: VisitedPage | null = null

  constructor(rig: Rig) {
    this.#rig = rig
  }

  get cookieNames(): string[] {
    return [...this.#cookies.keys()]
  }

  get text(): string {
    return this.#page?.text ?? ''
  }

  /** Opens one of our addresses. */
  async open(address: string): Promise<VisitedPage> {
    return this.#keep(await this.#route(new Request(address, { headers: this.#headers() })))
  }

  /** Sends the form of the page that is open. @returns where the browser is sent, or the page that came instead */
  async press({ headers = {}, fields = {} }: Wishes = {}): Promise<{ location: string | null; page: VisitedPage }> {
    const { publicUrl } = getRuntime()
    const action = /<form method="post" action="([^"]+)"/.exec(this.text)?.[1] ?? ''
    const hidden = [...this.text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)].map(([, name = '', value = '']) => [name, value])
    const answer = await this.#route(
      new Request(`${publicUrl}${action}`, {
        method: 'POST',
        headers: {
          ...this.#headers(), origin: new URL(publicUrl).origin, 'sec-fetch-site': 'same-origin',
          'content-type': 'application/x-www-form-urlencoded', ...headers,
        },
        body: new URLSearchParams({ ...Object.fromEntries(hidden), ...fields }).toString(),
      }),
    )
    return { location: answer.headers.get('location'), page: await this.#keep(answer) }
  }

  /** From the page's button over the hotelier's decision back to the page that ends it; a moment after whatever came before. */
  async consent(hotelier: Hotelier): Promise<VisitedPage> {
    this.#rig.clock.advance(1_000)
    const { location, page } = await this.press()
    if (location === null) throw new Error(`the button led nowhere: ${page.status} ${/<h1>.*/.exec(page.text)?.[0]} `)
    return this.comeBack(await this.decide(location, hotelier))
  }

  /** The hotelier's decision at the sandbox. @returns the address to which they are sent back */
  async decide(consentAddress: string, hotelier: Hotelier): Promise<string> {
    const { searchParams } = new URL(consentAddress)
    const { location } = await this.#rig.sandbox.control.consent({
      clientId: searchParams.get('client_id') ?? '', redirectUri: searchParams.get('redirect_uri') ?? '', state: searchParams.get('state') ?? '', ...hotelier,
    })
    return location
  }

  async comeBack(address: string): Promise<VisitedPage> {
    const url = new URL(address)
    const returned = await returnByLink({
      query: parseCallbackQuery(url.search),
      apiClientId: url.pathname.slice(callbackPath('').length),
      arrivedAt: getRuntime().clock(),
      context: { requestId: 'none', address: '203.0.113.9', userAgent: 'tests' },
      cookie: (name) => this.#cookies.get(name),
    })
    if (!returned) throw new Error('the state belongs to no link')
    return this.open(`${getRuntime().publicUrl}${returned.path}`)
  }

  #headers(): Record<string, string> {
    return { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '), 'x-keyrack-client-address': '203.0.113.9' }
  }

  async #route(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    const last = pathname.split('/').at(-1) ?? ''
    const isPost = request.method === 'POST'
    if (pathname === visitorPages.phoneCode()) return isPost ? takeCode(request) : showCodePage(request)
    if (pathname.startsWith(visitorPages.visit(''))) return isPost ? leaveByVisit(request, last) : showVisit(request, last)
    return isPost ? leaveByLink(request, last) : showLink(request, last)
  }

  async #keep(answer: Response): Promise<VisitedPage> {
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const [name = '', value = ''] = pair.split(/=(.*)/s)
      this.#cookies.set(name, value)
    }
    this.#page = { status: answer.status, text: await answer.text(), headers: answer.headers }
    return this.#page
  }
}
