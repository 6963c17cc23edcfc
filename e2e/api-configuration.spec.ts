import { pages } from '@/contracts/paths'
import { expectProblem } from './support/problems'
import { expect, test } from './support/test'
import { toast } from './support/toast'

test('the configuration is read, changed by exactly what was shown before, and unknown fields stay in sight', async ({ open, organization, shared }) => {
  const { id, clientId } = organization.apiClient
  const { page, watch } = await open(organization.people.developer)
  await shared.sandbox.call('POST', 'faults', { endpoint: 'api/configuration', clientId, kind: 'override', count: 1, merge: { carbonFootprint: 7 } })

  await test.step('reads it when the page opens', async () => {
    await page.goto(pages.apiConfiguration(id))
    await expect(page.getByText(/^\d+ of 100 calls are left$/)).toBeVisible()
    await expect(page.getByText('carbonFootprint: 7')).toBeVisible()
    await expect(page.getByText('Only an owner of your organization may go to production.')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Look at what will be sent' })).toBeDisabled()
  })

  await test.step('shows the very JSON before it is sent', async () => {
    await page.getByLabel('Application name').fill('Northwind Channel')
    await page.getByRole('button', { name: 'Add a language' }).click()
    await page.getByLabel('Language', { exact: true }).fill('it')
    await page.getByLabel('Description, IT').fill('Gestore dei canali')
    await page.getByRole('button', { name: 'Look at what will be sent' }).click()
    const dialog = page.getByRole('alertdialog', { name: 'Send this to Octorate?' })
    await expect(dialog.getByText('Exactly these 2 fields are sent')).toBeVisible()
    const shown = JSON.parse((await dialog.locator('pre').textContent()) ?? '') as unknown
    expect(shown).toEqual({ applicationName: 'Northwind Channel', description: { IT: 'Gestore dei canali' } })
    await dialog.getByRole('button', { name: 'Send' }).click()
    await expect(toast(page, 'Octorate has the change, and it was read again to be sure')).toBeVisible()
    expect(await shared.sandbox.call('GET', `api-clients/${clientId}/configuration`)).toMatchObject({
      applicationName: 'Northwind Channel', description: { IT: 'Gestore dei canali' }, category: null,
    })
  })

  await test.step('sends nothing when Octorate has something else by now', async () => {
    watch.expectStatus(409)
    await shared.sandbox.call('PATCH', `api-clients/${clientId}/configuration`, { category: 'OTA' })
    await page.getByLabel('Category').selectOption('RMS')
    await page.getByRole('button', { name: 'Look at what will be sent' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Send' }).click()
    await expectProblem(page, 'configuration_changed')
    expect(await shared.sandbox.call('GET', `api-clients/${clientId}/configuration`)).toMatchObject({ category: 'OTA' })
  })
})

test('an owner goes to production by typing the name, and is told first what is not live yet', async ({ open, organization, shared }) => {
  const { id, clientId } = organization.apiClient
  const name = `Client ${id.slice(0, 4)}`
  const { page } = await open(organization.people.owner)
  await page.goto(pages.redirectUris(id))
  await page.getByRole('button', { name: 'Read at Octorate' }).click()
  await page.getByLabel('Address', { exact: true }).fill('https://shop.example/back')
  await page.getByRole('button', { name: 'Add to the list' }).click()
  await expect(page.getByText('Will be added')).toBeVisible()
  await page.getByRole('link', { name: 'Configuration' }).click()
  await page.getByRole('button', { name: 'Go to production' }).click()
  const dialog = page.getByRole('alertdialog', { name: `Go to production with ${name}?` })
  await expect(dialog.getByText('A wanted redirect URI is not live yet')).toBeVisible()
  await expect(dialog.getByText('https://shop.example/back')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Go to production' })).toBeDisabled()
  await dialog.getByRole('textbox').fill(name)
  await dialog.getByRole('button', { name: 'Go to production' }).click()
  await expect(page.getByText('The API account works with real properties.')).toBeVisible()
  await expect(page.getByText('Production: real properties')).toBeVisible()
  expect(await shared.sandbox.call('GET', `api-clients/${clientId}/configuration`)).toMatchObject({ environment: 'PRODUCTION' })
})
