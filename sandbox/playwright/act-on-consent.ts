import type { Page } from '@playwright/test'
import type { Sandbox } from '../create-sandbox'

/** Who decides, and about what: one property by its id, or the whole network. */
export type Consenting = {
  readonly username: string
  /** the account's present password unless given */
  readonly password?: string
} & ({ readonly property: string } | { readonly network: true })

/** Where the browser was sent afterwards: the redirect URI with its query. `code` is null after a refusal. */
export type ConsentOutcome = { readonly location: string; readonly code: string | null; readonly state: string | null }

type Act = {
  readonly sandbox: Sandbox
  readonly who: Pick<Consenting, 'username' | 'password'> | Consenting
  readonly wish: 'Approve' | 'Refuse'
}

const CONSENT_PATH = '/octobook/identity/oauth.xhtml'
const ARRIVAL_MS = 10_000

/**
 * Does on the consent page what a hotelier would do. Settles when the browser has gone to the redirect URI, whether
 * or not anything answers there.
 * @throws TypeError when the page shows something else, or the account cannot be.
 */
export async function actOnConsent(page: Page, { sandbox, who, wish }: Act): Promise<ConsentOutcome> {
  const url = new URL(page.url())
  if (url.origin !== sandbox.backOfficeUrl || url.pathname !== CONSENT_PATH) {
    throw new TypeError(`the page shows ${url.origin}${url.pathname}, not the sandbox's consent page`)
  }
  const account = sandbox.hoteliers.find(({ username }) => username === who.username)
  if (!account) throw new TypeError(`the sandbox has no hotelier ${who.username}`)
  const anotherAccount = page.getByRole('button', { name: 'Use another account' })
  if (await anotherAccount.isVisible()) await anotherAccount.click()
  await page.getByLabel('Username', { exact: true }).fill(who.username)
  await page.getByLabel('Password', { exact: true }).fill(who.password ?? account.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  if (wish === 'Approve') await page.locator(`input[name=choice][value="${choiceOf(who)}"]`).check()
  const redirectUri = url.searchParams.get('redirect_uri') ?? ''
  // Where nothing answers at the redirect URI, the browser ends on an error page of its own: that is a page too.
  const arrival = page.waitForEvent('framenavigated', { predicate: (frame) => frame === page.mainFrame(), timeout: ARRIVAL_MS })
  const [left] = await Promise.all([
    page.waitForRequest((request) => request.isNavigationRequest() && request.url().startsWith(redirectUri)),
    page.getByRole('button', { name: wish, exact: true }).click({ noWaitAfter: true }),
  ])
  await arrival.catch(() => undefined)
  const { searchParams } = new URL(left.url())
  return { location: left.url(), code: searchParams.get('code'), state: searchParams.get('state') }
}

function choiceOf(who: Act['who']): string {
  return 'property' in who ? who.property : 'network'
}
