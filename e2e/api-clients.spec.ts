import { pages } from '@/contracts/paths'
import { connect } from './support/connect'
import { expectProblem } from './support/problems'
import { expect, test } from './support/test'
import { toast } from './support/toast'

const SECRET = 'sbx_secret_registered_by_hand_4711'
const NEW_SECRET = 'sbx_secret_that_replaced_it_0815'

test('an API client is registered, edited, given a new secret and deleted, and its secret is never shown again', async ({ open, organization, shared }) => {
  const clientId = `by-hand-${organization.id.slice(0, 8)}`
  await shared.sandbox.addApiClient({ clientId, clientSecret: SECRET, redirectUris: ['https://localhost'] })
  const { page, watch } = await open(organization.people.owner)
  const expectNoSecret = async (...secrets: readonly string[]) => {
    const html = await page.content()
    for (const secret of secrets) expect(html).not.toContain(secret)
  }

  await test.step('says inline what is wrong with the fields', async () => {
    await page.goto(pages.newApiClient())
    await page.getByLabel('Client id').fill('has a blank')
    await page.getByRole('button', { name: 'Register' }).click()
    await expect(page.getByText('Enter a name of 1 to 80 characters.')).toBeVisible()
    await expect(page.getByText('Enter 4 to 500 characters without blanks.')).toHaveCount(2)
    await expect(page.getByLabel('Name', { exact: true })).toBeFocused()
    await expect(page.getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  })

  await test.step('refuses a redirect URI that Octorate could not take', async () => {
    await page.getByRole('radio', { name: /An address that Octorate already has/ }).check()
    await page.getByLabel('Address', { exact: true }).fill('https://example.com/back#here')
    await page.getByRole('button', { name: 'Register' }).click()
    await expect(page.getByText('The part from “#” on never reaches a server: leave it out.')).toBeVisible()
    await page.getByRole('radio', { name: /Keyrack's own callback/ }).check()
  })

  await test.step('registers', async () => {
    await page.getByLabel('Name', { exact: true }).fill('Channel sync')
    await page.getByLabel('Client id').fill(clientId)
    await page.getByLabel('Client secret', { exact: true }).fill(SECRET)
    await page.getByRole('button', { name: 'Register' }).click()
  })

  await test.step('leads to the guide, and on to its own page', async () => {
    await expect(page).toHaveURL(/\/go-live$/)
    await expect(page.getByRole('heading', { level: 1, name: /Channel sync/ })).toBeVisible()
    await expect(page.getByText('Which way of integrating is it')).toBeVisible()
    await page.goto(pages.apiClients())
    await page.getByRole('link', { name: 'Channel sync' }).click()
    await expect(page).toHaveURL(/\/go-live$/)
    await page.getByRole('navigation', { name: 'Pages of this API client' }).getByRole('link', { name: 'Overview' }).click()
    await expect(page.getByText(SECRET.slice(-4))).toBeVisible()
    await expectNoSecret(SECRET)
    await expect(page.getByText(`${shared.sandboxOrigin}/connect/rest/v1/identity/token`)).toBeVisible()
  })

  await test.step('registers our callback at Octorate', async () => {
    await page.getByRole('button', { name: 'Check at Octorate' }).click()
    await expect(page.getByText('Octorate does not have the redirect URI in use')).toBeVisible()
    await page.getByRole('button', { name: 'Register our callback at Octorate' }).click()
    await expect(page.getByText('Octorate has our callback')).toBeVisible()
    const { redirectUri } = await shared.sandbox.call<{ redirectUri: readonly string[] }>('GET', `api-clients/${clientId}/configuration`)
    expect(redirectUri).toEqual(['https://localhost', expect.stringMatching(/\/oauth\/callback\/[0-9a-f-]{36}$/)])
  })

  await test.step('is edited', async () => {
    await page.getByRole('button', { name: 'Edit' }).click()
    const dialog = page.getByRole('dialog', { name: 'Edit API client' })
    await dialog.getByLabel('Name', { exact: true }).fill('Channel sync (Rome)')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('heading', { level: 1, name: /Channel sync \(Rome\)/ })).toBeVisible()
  })

  await test.step('gets a new secret', async () => {
    await page.getByRole('button', { name: 'Replace secret' }).click()
    const dialog = page.getByRole('dialog', { name: 'Replace the client secret' })
    await dialog.getByLabel('New client secret', { exact: true }).fill('x y')
    await dialog.getByRole('button', { name: 'Replace' }).click()
    await expect(dialog.getByText('Enter 4 to 500 characters without blanks.')).toBeVisible()
    await expect(dialog.getByRole('region', { name: 'What depends on it' })).toContainText('no connection')
    await dialog.getByLabel('New client secret', { exact: true }).fill(NEW_SECRET)
    watch.expectStatus(409)
    await dialog.getByRole('button', { name: 'Replace' }).click()
    await expectProblem(page, 'api_client_refused')
    await shared.sandbox.call('PUT', `api-clients/${clientId}/secret`, { clientSecret: NEW_SECRET })
    await dialog.getByRole('button', { name: 'Replace' }).click()
    await expect(toast(page, 'The new client secret is stored')).toBeVisible()
    await expect(page.getByText(NEW_SECRET.slice(-4))).toBeVisible()
    await expectNoSecret(SECRET, NEW_SECRET)
    await page.getByRole('button', { name: 'Log in again' }).click()
    await expect(toast(page, 'Octorate accepted client id and secret')).toBeVisible()
    await page.reload()
    await expect(page.getByText(NEW_SECRET.slice(-4))).toBeVisible()
    await expectNoSecret(SECRET, NEW_SECRET)
  })

  await test.step('can not be deleted while it has a connection', async () => {
    const address = page.url()
    await connect(page, { id: address.slice(-36) }, { account: /^marco\.bianchi/, choice: /Ca’ del Lume/ })
    await page.goto(address)
    await expect(page.getByText('It still has 1 connection: disconnect first.')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Delete' })).toHaveCount(0)
    await page.getByRole('link', { name: 'Show them' }).click()
    await page.getByRole('link', { name: 'Ca’ del Lume' }).click()
    await page.getByRole('button', { name: 'Disconnect' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).click()
    await expect(page.getByText('This connection is disconnected')).toBeVisible()
    await page.goto(address)
  })

  await test.step('is deleted after its name was typed', async () => {
    await page.getByRole('button', { name: 'Delete' }).click()
    const dialog = page.getByRole('alertdialog', { name: 'Delete Channel sync (Rome)?' })
    await expect(dialog.getByRole('button', { name: 'Delete API client' })).toBeDisabled()
    await dialog.getByRole('textbox').fill('Channel sync (Rome)')
    await dialog.getByRole('button', { name: 'Delete API client' }).click()
    await expect(page).toHaveURL(/\/api-clients$/)
    await expect(page.getByRole('table', { name: 'API clients' }).getByText(clientId)).toHaveCount(0)
  })
})

test('a log-in with a wrong secret says who has to correct what', async ({ open, organization, shared }) => {
  await shared.sandbox.call('PUT', `api-clients/${organization.apiClient.clientId}/secret`, { clientSecret: 'sbx_another_secret' })
  const { page, watch } = await open(organization.people.developer)
  watch.expectStatus(409)
  await page.goto(pages.apiClient(organization.apiClient.id))
  await page.getByRole('button', { name: 'Log in at Octorate' }).click()
  await expectProblem(page, 'api_client_refused')
})

test('a developer is not offered production, because only an owner may choose it', async ({ open, organization }) => {
  const { page } = await open(organization.people.developer)
  await page.goto(pages.newApiClient())
  await expect(page.getByRole('radio', { name: /Production/ })).toBeDisabled()
  await expect(page.getByText('Only an owner of your organization may choose this.')).toBeVisible()
})
