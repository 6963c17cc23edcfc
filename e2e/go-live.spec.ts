import { pages } from '@/contracts/paths'
import { consentAt } from './support/consent'
import { CONNECTION_PAGE } from './support/connect'
import { expect, test } from './support/test'

const SECRET = 'sbx_secret_of_the_check_list_4711'

test('a developer with a client id and a secret reaches the first connected property by the check-list alone', async ({ open, organization, shared }) => {
  const clientId = `newcomer-${organization.id.slice(0, 8)}`
  await shared.sandbox.addApiClient({ clientId, clientSecret: SECRET, redirectUris: ['https://localhost'] })
  const { page } = await open(organization.people.developer)
  const step = (text: string) => page.getByRole('list', { name: 'Until it works with real properties' }).getByRole('listitem').filter({ hasText: text })

  await page.goto(pages.welcomeMailXray())
  await page.getByLabel('The whole mail').fill(`Client id: ${clientId}\nClient secret: ${SECRET}`)
  await page.getByRole('button', { name: 'Examine' }).click()
  await page.getByRole('button', { name: 'Keep' }).click()
  await expect(page).toHaveURL(/\/go-live$/)
  const address = pages.goLive(page.url().split('/').at(-2) ?? '')

  await test.step('answers three questions', async () => {
    await page.getByRole('radio', { name: /^No You begin/ }).check()
    await page.getByRole('radio', { name: /Any property of any customer/ }).check()
    await page.getByRole('radio', { name: /^No A token for each/ }).check()
    await expect(page.getByText('Any property, by consent')).toBeVisible()
    await page.getByRole('button', { name: 'Take this way' }).click()
    await expect(page.getByRole('button', { name: 'Answer again' })).toBeVisible()
  })

  await test.step('logs in', async () => {
    await expect(step('The API client is registered')).toContainText('Done')
    await step('Logged in at Octorate').getByRole('link').click()
    await page.getByRole('button', { name: 'Log in at Octorate' }).click()
    await expect(page.getByText('In use', { exact: true })).toBeVisible()
    await page.getByRole('link', { name: 'Check-list' }).click()
    await expect(step('Logged in at Octorate')).toContainText('Done')
  })

  await test.step('registers the redirect URI', async () => {
    await step('The redirect URI in use is live').getByRole('link').click()
    await page.getByRole('button', { name: 'Read at Octorate' }).click()
    await page.getByRole('button', { name: "Add Keyrack's own callback" }).click()
    await page.getByRole('button', { name: /^Replace 1 URI with 2/ }).click()
    await expect(page.getByText('Verified by reading again')).toBeVisible()
    await page.getByRole('link', { name: 'Check-list' }).click()
    await expect(step('The redirect URI in use is live')).toContainText('Done')
  })

  await test.step('connects', async () => {
    await step('The first property is connected').getByRole('link').click()
    await page.getByRole('button', { name: 'Continue to the sandbox' }).click()
    await consentAt(page, { account: /^marco\.bianchi/, choice: /Ca’ del Lume/ })
    await expect(page).toHaveURL(CONNECTION_PAGE)
    await page.goto(address)
    await expect(step('The first property is connected')).toContainText('Done')
    await expect(step('In production, here and at Octorate')).toContainText('To do')
  })
})
