import { pages } from '@/contracts/paths'
import { expect, test } from './support/test'

const SECRET = 'sbx_secret_of_the_welcome_mail_0815'

test('the welcome mail is examined without keeping anything, until Keep registers the API client', async ({ open, organization, shared }) => {
  const clientId = `welcome-${organization.id.slice(0, 8)}`
  await shared.sandbox.addApiClient({ clientId, clientSecret: SECRET, redirectUris: ['https://localhost'] })
  const { page } = await open(organization.people.developer)
  await page.goto(pages.apiClients())
  await page.getByRole('link', { name: "Paste Octorate's mail" }).click()
  await expect(page).toHaveURL(pages.welcomeMailXray())

  await test.step('says what is missing in the mail', async () => {
    await page.getByRole('button', { name: 'Examine' }).click()
    await expect(page.getByText('Paste the mail first.')).toBeVisible()
    await page.getByLabel('The whole mail').fill('Hello, your credentials will follow.')
    await expect(page.getByText('No client id was found in it.')).toBeVisible()
  })

  await test.step('finds id and secret, and tells what they are good for', async () => {
    await page.getByLabel('The whole mail').fill(`Dear developer,\n\nyour API account is ready.\nClient id: ${clientId}\nClient secret: ${SECRET}\n\nBest regards`)
    await expect(page.getByText(clientId, { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Examine' }).click()
    await expect(page.getByText('Octorate accepts client id and client secret')).toBeVisible()
    await expect(page.getByText('One redirect URI is registered')).toBeVisible()
    await expect(page.getByText('Nothing was kept so far')).toBeVisible()
    const report = page.getByRole('figure').filter({ hasText: 'ApiLogin: accepted' })
    await expect(report).toContainText(/request-id [0-9a-f-]{36}/)
    await expect(report).not.toContainText(SECRET.slice(-8))
    const kept = await shared.sql.query('SELECT 1 FROM api_clients WHERE client_id = $1', [clientId])
    expect(kept.rowCount).toBe(0)
  })

  await test.step('keeps it when asked to', async () => {
    await page.getByRole('button', { name: 'Keep' }).click()
    await expect(page.getByRole('heading', { level: 1, name: `Check-list of ${clientId}` })).toBeVisible()
    await expect(page).toHaveURL(/\/go-live$/)
    expect(await page.content()).not.toContain(SECRET)
  })
})

test('a wrong secret is told from everything else, with the answer that Octorate gave', async ({ open, organization, shared }) => {
  const { page } = await open(organization.people.developer)
  await page.goto(pages.welcomeMailXray())
  await page.getByLabel('The whole mail').fill(`client_id=${organization.apiClient.clientId}&client_secret=${SECRET}`)
  await page.getByRole('button', { name: 'Examine' }).click()
  await expect(page.getByText('Octorate did not let us in')).toBeVisible()
  await expect(page.getByText(/Octorate refused the client id or the client secret/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Keep' })).toHaveCount(0)
  const { rowCount } = await shared.sql.query('SELECT 1 FROM admin_tokens WHERE organization_id = $1', [organization.id])
  expect(rowCount).toBe(0)
})
