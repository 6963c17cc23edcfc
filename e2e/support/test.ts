import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test'
import { makeOrganization, type TestOrganization } from '@/tests/make-organization'
import { joinConsole, type StoryConsole } from './shared-console'
import { watchBrowser, type Watch } from './watch-browser'

/** A browser of its own, with one page. */
export interface Browsing {
  readonly context: BrowserContext
  readonly page: Page
  readonly watch: Watch
}

interface OpenOptions extends BrowserContextOptions {
  /** Another console than the one that all stories share. */
  readonly at?: Pick<StoryConsole, 'url' | 'sandboxOrigin'>
}

/** Somebody with a living session. */
interface SignedIn {
  /** Cookie header. */
  readonly cookie: string
}

interface Stories {
  /** An organization of this story alone, with a person of each role and one API client. */
  readonly organization: TestOrganization
  /** Opens a browser in which somebody is signed in, or nobody. */
  readonly open: (person: SignedIn | null, options?: OpenOptions) => Promise<Browsing>
}

interface Shared {
  /** The console that all stories share, with its database and its sandbox's control API. */
  readonly shared: StoryConsole
}

/** Stories: a browser that shows an error, breaks the policy or calls a third party fails its story, whatever it asserts. */
export const test = base.extend<Stories, Shared>({
  shared: [
    async ({ browserName }, use) => {
      if (browserName !== 'chromium') throw new Error('The stories are told in Chromium.')
      const joined = await joinConsole()
      await use(joined)
      await joined.leave()
    },
    { scope: 'worker' },
  ],
  organization: async ({ shared }, use) => {
    await use(await makeOrganization({ ...shared, name: 'Northwind Hotels Software' }))
  },
  open: async ({ browser, shared, viewport, locale, timezoneId }, use, info) => {
    const opened: Browsing[] = []
    await use(async (person, { at = shared, ...options } = {}) => {
      const context = await browser.newContext({
        viewport, baseURL: at.url, ...(locale ? { locale } : {}), ...(timezoneId ? { timezoneId } : {}), ...options,
      })
      const watch = await watchBrowser(context, [at.url, at.sandboxOrigin])
      const page = await context.newPage()
      opened.push({ context, page, watch })
      if (person) await signIn(page, { url: at.url, person })
      return { context, page, watch }
    })
    const isBad = info.status !== info.expectedStatus
    for (const { context, page } of opened) {
      if (isBad) await info.attach('page', { body: await page.screenshot(), contentType: 'image/png' }).catch(() => undefined)
      await context.close()
    }
    expect(opened.flatMap(({ watch }) => watch.faults())).toEqual([])
  },
})

/**
 * Puts a session's cookie into a browser, as if somebody had signed in there. Playwright's own way names a domain, which
 * a cookie whose name begins with `__Host-` must not have.
 */
export async function signIn(page: Page, { url, person }: { url: string; person: SignedIn }): Promise<void> {
  const [name = '', value = ''] = person.cookie.split('=', 2)
  const browser = await page.context().newCDPSession(page)
  const { success } = await browser.send('Network.setCookie', { name, value, url, path: '/', secure: true, httpOnly: true, sameSite: 'Lax' })
  if (!success) throw new Error('The browser did not take the cookie.')
  await browser.detach()
}

export { expect }
