import type { Page } from '@playwright/test'
import type { ErrorCode } from '@/contracts/errors'
import { pages } from '@/contracts/paths'
import { ATTEMPT_PAGE, CONNECTION_PAGE, consentAddress, leaveForConsent, PROBLEM_PAGE } from './support/connect'
import { consentAt } from './support/consent'
import { expectProblem, expectProblemWithId } from './support/problems'
import { expect, signIn, test } from './support/test'

const LOCANDA = { account: /^marco\.bianchi/, choice: /Locanda Bianchi/ }

/** Nothing half-made stays behind a connect that failed. */
async function expectNothingConnected(page: Page): Promise<void> {
  await page.goto(pages.connections())
  await expect(page.getByText('No property is connected yet')).toBeVisible()
}

test('a refused consent names the hotelier as the one to ask, because only they can approve', async ({ open, organization }) => {
  const { page } = await open(organization.people.owner)
  await leaveForConsent(page, organization.apiClient)
  await consentAt(page, { ...LOCANDA, decision: 'Refuse' })
  await expect(page).toHaveURL(ATTEMPT_PAGE)
  await expectProblem(page, 'consent_refused')
  await expect(page.getByText('Attempt id')).toBeVisible()
  await page.getByRole('link', { name: 'Try again' }).click()
  await expect(page.getByRole('button', { name: 'Continue to the sandbox' })).toBeVisible()
  await expectNothingConnected(page)
})

test('an answer to no flow of ours is refused in our own words, because anybody can write an address', async ({ open, organization }) => {
  const { page } = await open(organization.people.owner)
  await page.goto(`${organization.apiClient.redirectUri}?code=sbx_code_x&state=unknown`)
  await expect(page).toHaveURL(PROBLEM_PAGE)
  await expectProblemWithId(page, 'state_unknown')
  await page.goto(`${organization.apiClient.redirectUri}?error=access_denied&error_description=<img src=x onerror=alert(1)>&state=unknown`)
  await expect(page).toHaveURL(PROBLEM_PAGE)
  await expect(page.locator('img[src="x"]')).toHaveCount(0)
  await page.getByRole('link', { name: 'Connect a property' }).click()
  await expect(page.getByRole('heading', { name: 'Connect a property' })).toBeVisible()
})

test('a damaged answer is refused before anything is sent, because it can not be ours', async ({ open, organization, shared }) => {
  const { page } = await open(organization.people.owner)
  await leaveForConsent(page, organization.apiClient)
  const address = await consentAddress(page, shared.sandbox)
  for (const damaged of [`${address}&code=second`, address.replace(/code=[^&]*/, 'code='), `${address}&error=server_error`]) {
    await page.goto(damaged)
    await expect(page).toHaveURL(PROBLEM_PAGE)
    await expectProblemWithId(page, 'callback_malformed')
  }
  const asked = (await shared.sandbox.truth()).filter(({ type, clientId }) => clientId === organization.apiClient.clientId && type === 'code.redeemed')
  expect(asked).toEqual([])
})

test('the back button leads to a second approval that is refused, because each answer works once', async ({ open, organization }) => {
  const { page } = await open(organization.people.owner)
  await leaveForConsent(page, organization.apiClient)
  await consentAt(page, LOCANDA)
  await expect(page).toHaveURL(CONNECTION_PAGE)
  const connection = page.url()
  await page.goBack()
  await page.getByRole('radio', { name: /Locanda Bianchi/ }).check()
  await page.getByRole('button', { name: 'Approve' }).click()
  await expect(page).toHaveURL(PROBLEM_PAGE)
  await expectProblemWithId(page, 'state_used')
  await page.goto(connection)
  await expect(page.getByText('Healthy')).toBeVisible()
})

test('a callback opened in another browser is refused and uses nothing up, because a link may have been passed on', async ({ open, organization, shared }) => {
  const mine = await open(organization.people.owner)
  const other = await open(organization.people.owner)
  await leaveForConsent(mine.page, organization.apiClient)
  const address = await consentAddress(mine.page, shared.sandbox)
  await other.page.goto(address)
  await expect(other.page).toHaveURL(PROBLEM_PAGE)
  await expectProblemWithId(other.page, 'other_browser')
  await mine.page.goto(address)
  await expect(mine.page).toHaveURL(CONNECTION_PAGE)
})

test('a callback of another person in the same browser is refused, because they did not start it', async ({ open, organization, shared }) => {
  const { page } = await open(organization.people.owner)
  await leaveForConsent(page, organization.apiClient)
  const address = await consentAddress(page, shared.sandbox)
  await signIn(page, { url: shared.url, person: organization.people.developer })
  await page.goto(address)
  await expectProblemWithId(page, 'other_user')
  await signIn(page, { url: shared.url, person: organization.people.owner })
  await page.goto(address)
  await expect(page).toHaveURL(CONNECTION_PAGE)
})

test('a callback after signing out is refused, because nobody is there to connect for', async ({ open, organization, shared }) => {
  const { page, context } = await open(organization.people.owner)
  await leaveForConsent(page, organization.apiClient)
  const address = await consentAddress(page, shared.sandbox)
  await context.clearCookies({ name: /session$/ })
  await page.goto(address)
  await expectProblemWithId(page, 'not_signed_in')
})

test('a wrong client secret is found before leaving, and named when one goes on all the same', async ({ open, organization, shared }) => {
  await shared.sandbox.call('PUT', `api-clients/${organization.apiClient.clientId}/secret`, { clientSecret: 'sbx_another_secret' })
  const { page } = await open(organization.people.owner)
  await page.goto(pages.newConnection(organization.apiClient.id))
  const checks = page.getByRole('list', { name: 'Checks' })
  await expect(checks.getByRole('listitem').filter({ hasText: 'Client id and client secret' })).toContainText('Octorate refuses them.')
  await expect(page.getByText('At least one check failed, so the connect would fail too.')).toBeVisible()
  await page.getByRole('button', { name: 'Continue anyway' }).click()
  await consentAt(page, LOCANDA)
  await expect(page).toHaveURL(ATTEMPT_PAGE)
  await expectProblem(page, 'api_client_refused')
  await page.getByRole('link', { name: 'Open API client' }).click()
  await expect(page.getByRole('button', { name: 'Replace secret' })).toBeVisible()
  await expectNothingConnected(page)
})

const FAULTS: readonly { what: string; fault: Readonly<Record<string, unknown>>; code: ErrorCode }[] = [
  { what: 'HTML in place of tokens', fault: { kind: 'status', status: 200, contentType: 'text/html', body: '<h1>Log in</h1>' }, code: 'upstream_unreadable' },
  { what: 'a redirect', fault: { kind: 'redirect', location: 'http://127.0.0.1:9/', status: 307 }, code: 'upstream_redirected' },
  { what: 'a lie about its type', fault: { kind: 'override', contentType: 'text/html' }, code: 'upstream_unreadable' },
]

for (const { what, fault, code } of FAULTS) {
  test(`${what} from Octorate is named with its turn, because nothing can be done here`, async ({ open, organization, shared }) => {
    await shared.sandbox.addFault({ endpoint: 'identity/token', clientId: organization.apiClient.clientId, count: 0, ...fault })
    const { page } = await open(organization.people.owner)
    await leaveForConsent(page, organization.apiClient)
    await consentAt(page, LOCANDA)
    await expect(page).toHaveURL(ATTEMPT_PAGE)
    await expectProblem(page, code)
    await expect(page.getByText('Attempt id')).toBeVisible()
    await expectNothingConnected(page)
  })
}

test('an Octorate that answers too slowly is named within twenty seconds, because the person waits', async ({ open, organization, shared }) => {
  await shared.sandbox.addFault({ endpoint: 'identity/token', clientId: organization.apiClient.clientId, count: 0, kind: 'no-answer', when: 'before', holdMs: 30_000 })
  const { page } = await open(organization.people.owner)
  await leaveForConsent(page, organization.apiClient)
  // The person is back with a code: from here on they wait for us.
  let backAt = Number.NaN
  page.on('request', (request) => {
    if (new URL(request.url()).searchParams.has('code')) backAt ||= performance.now()
  })
  await consentAt(page, LOCANDA)
  await expect(page).toHaveURL(ATTEMPT_PAGE, { timeout: 25_000 })
  expect(performance.now() - backAt).toBeLessThan(20_000)
  await expectProblem(page, 'upstream_timeout')
})
