import { pages } from '@/contracts/paths'
import { CONNECTION_PAGE } from './support/connect'
import { consentAt } from './support/consent'
import { expectProblem } from './support/problems'
import { expect, test } from './support/test'

/** Octorate's own default, where nothing answers. */
const DEFAULT_REDIRECT_URI = 'https://localhost'

test('with a redirect URI where nothing answers, the address is pasted by hand, and a wrong one is explained', async ({ open, organization, shared }) => {
  const { id, clientId } = organization.apiClient
  await shared.sql.query('UPDATE api_clients SET foreign_redirect_uri = $2 WHERE id = $1', [id, DEFAULT_REDIRECT_URI])
  await shared.sandbox.call('PATCH', `api-clients/${clientId}/configuration`, { redirectUri: [DEFAULT_REDIRECT_URI] })
  const { page, context, watch } = await open(organization.people.support)
  watch.allowOrigin(DEFAULT_REDIRECT_URI)
  watch.expectStatus(422)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])

  await page.goto(pages.newConnection(id))
  await expect(page.getByText('The redirect URI of this API client is https://localhost, where Keyrack does not answer.')).toBeVisible()
  await page.getByRole('button', { name: 'Continue to the sandbox' }).click()
  await expect(page.getByText('Finish in three steps')).toBeVisible()

  const address = await test.step('the hotelier consents in another tab, which ends on an error page', async () => {
    const [consent] = await Promise.all([page.waitForEvent('popup'), page.getByRole('link', { name: /Open the consent/ }).click()])
    const end = consent.waitForEvent('requestfailed', (request) => request.url().startsWith(DEFAULT_REDIRECT_URI))
    // The browser that is sent to nowhere never finishes the click.
    await consentAt(consent, { account: /^ana\.silva/, choice: /Quinta das Oliveiras/ }).catch(() => undefined)
    const { url } = { url: (await end).url() }
    await consent.close()
    return url
  })

  await test.step('the page is reloaded, and pasting goes on at the attempt', async () => {
    await page.reload()
    await expect(page).toHaveURL(new RegExp(`${pages.authorization('')}[0-9a-f-]{36}$`))
    await expect(page.getByText('its address is shown once and stored nowhere')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Start again' })).toHaveAttribute('href', pages.newConnection(id))
  })

  const field = page.getByLabel('Address that the browser ended on')
  const connect = page.getByRole('button', { name: 'Connect', exact: true })
  await test.step('a wrong address is explained and uses nothing up', async () => {
    // Just reloaded: until the page listens, what is typed is not heard.
    await expect(async () => {
      await field.fill('')
      await field.fill('not an address')
      await expect(connect).toBeEnabled({ timeout: 500 })
    }).toPass()
    await connect.click()
    await expectProblem(page, 'paste_not_an_address')
    await field.fill('https://example.com/?code=abc&state=def')
    await connect.click()
    await expectProblem(page, 'paste_other_address')
    await field.fill(DEFAULT_REDIRECT_URI)
    await connect.click()
    await expectProblem(page, 'paste_without_code')
  })

  await test.step('the right one is sent the moment that it is pasted', async () => {
    await page.evaluate((text) => navigator.clipboard.writeText(text), address)
    await field.clear()
    await field.press('Control+V')
    await expect(page).toHaveURL(CONNECTION_PAGE)
    await expect(page.getByRole('heading', { level: 1, name: 'Quinta das Oliveiras' })).toBeVisible()
  })
})

test('the minute is shown from the return to the tab on, because nobody knows here when the code was made', async ({ open, organization, shared }) => {
  const { id, clientId } = organization.apiClient
  await shared.sql.query('UPDATE api_clients SET foreign_redirect_uri = $2 WHERE id = $1', [id, DEFAULT_REDIRECT_URI])
  await shared.sandbox.call('PATCH', `api-clients/${clientId}/configuration`, { redirectUri: [DEFAULT_REDIRECT_URI] })
  const { page } = await open(organization.people.owner)
  await page.goto(pages.newConnection(id))
  await page.getByRole('button', { name: 'Continue to the sandbox' }).click()
  const [consent] = await Promise.all([page.waitForEvent('popup'), page.getByRole('link', { name: /Open the consent/ }).click()])
  await consent.close()
  // A headless browser shows all of its tabs at once, so it never says that one came back.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  const ring = page.getByRole('img', { name: "Time left of Octorate's minute" })
  await expect(ring).toBeVisible()
  const seconds = page.locator('[data-slot="ring"]').getByText(/^\d+$/)
  const before = await seconds.textContent()
  await expect(seconds).not.toHaveText(before ?? '')
  await expect(page.getByLabel('Address that the browser ended on')).toBeFocused()
})
