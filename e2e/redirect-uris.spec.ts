import { pages } from '@/contracts/paths'
import { expectProblem } from './support/problems'
import { expect, test } from './support/test'
import { toast } from './support/toast'

const [SHOP, STAGING] = ['https://shop.example/back', 'https://staging.shop.example/back']

test('redirect URIs are wanted, compared, written, undone and removed, and what others put there stays', async ({ open, organization, shared }) => {
  const { id, clientId, redirectUri: ours } = organization.apiClient
  const { page, watch } = await open(organization.people.developer)
  const liveNow = async () => (await shared.sandbox.call<{ redirectUri: readonly string[] }>('GET', `api-clients/${clientId}/configuration`)).redirectUri
  const others = (redirectUri: readonly string[]) => shared.sandbox.call('PATCH', `api-clients/${clientId}/configuration`, { redirectUri })
  const line = (uri: string) => page.getByRole('list', { name: 'Redirect URIs, wanted and live' }).getByRole('listitem').filter({ hasText: uri })

  await test.step('reads what Octorate has, and shows the calls with their secrets masked', async () => {
    await page.goto(pages.redirectUris(id))
    await page.getByRole('button', { name: 'Read at Octorate' }).click()
    await expect(line(ours)).toContainText('Stays, but is not wanted')
    const calls = page.getByRole('list', { name: 'Calls to Octorate' })
    await calls.getByRole('button', { name: /Log in/ }).click()
    await expect(page.getByText('client_secret=••••')).toBeVisible()
    await expect(page.getByRole('button', { name: /Copy as curl/ })).toBeVisible()
    expect(await page.content()).not.toContain(organization.apiClient.clientSecret)
  })

  await test.step('wants another, and says what Octorate would not take', async () => {
    await page.getByLabel('Address', { exact: true }).fill('http://shop.example/back')
    await page.getByRole('button', { name: 'Add to the list' }).click()
    await expect(page.getByText('It has to begin with https://. Octorate takes no other.')).toBeVisible()
    await page.getByLabel('Address', { exact: true }).fill(`${ours}/`)
    await expect(page.getByText(/they differ by the slash at the end/)).toBeVisible()
    await page.getByLabel('Address', { exact: true }).fill(SHOP)
    await page.getByLabel('Note').fill('shop')
    await page.getByRole('button', { name: 'Add to the list' }).click()
    await expect(line(SHOP)).toContainText('Will be added')
  })

  await test.step('writes only the difference, though somebody else changed the list meanwhile', async () => {
    await others([ours, STAGING])
    await page.getByRole('button', { name: 'Replace 1 URI with 2 (adds 1, removes 0)' }).click()
    await expect(toast(page, 'Octorate has the new list, and it was read again to be sure')).toBeVisible()
    expect(await liveNow()).toEqual([ours, STAGING, SHOP])
    await expect(page.getByText('Somebody else changed the list at Octorate')).toBeVisible()
    await page.getByRole('button', { name: 'Take over what Octorate has' }).click()
    await expect(page.getByText('Somebody else changed the list at Octorate')).toBeHidden()
    await expect(line(STAGING)).toContainText('The same on both')
  })

  await test.step('removes after typing only', async () => {
    await page.getByRole('button', { name: `Remove at Octorate: ${ours}` }).click()
    await page.getByRole('button', { name: 'Replace 3 URIs with 2 (adds 0, removes 1)' }).click()
    const dialog = page.getByRole('alertdialog', { name: 'Remove 1 redirect URI at Octorate?' })
    await expect(dialog.getByText('Connects of this API client use one of them')).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Remove' })).toBeDisabled()
    await dialog.getByRole('textbox').fill('remove')
    await dialog.getByRole('button', { name: 'Remove' }).click()
    await expect(dialog).toBeHidden()
    await expect(line(ours)).toHaveCount(0)
    expect(await liveNow()).toEqual([STAGING, SHOP])
  })

  await test.step('undoes', async () => {
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(toast(page, 'The write was undone')).toBeVisible()
    expect(await liveNow()).toEqual([STAGING, SHOP, ours])
  })

  await test.step('explains a failing address by its first character that differs', async () => {
    const failing = `https://admin.octorate.com/octobook/identity/oauth.xhtml?client_id=${clientId}&redirect_uri=${encodeURIComponent('https://shop.example/Back')}`
    await page.getByLabel('Failing address').fill(failing)
    await page.getByRole('button', { name: 'Explain' }).click()
    await expect(page.getByText('It differs from character 22 on')).toBeVisible()
    await expect(page.getByText('Capitals in the path differ.')).toBeVisible()
  })

  await test.step('tests Keyrack’s own callback', async () => {
    await page.getByRole('button', { name: 'Test it' }).click()
    await expect(page.getByText('The callback answers')).toBeVisible()
  })

  await test.step('shows a refused write with what was sent', async () => {
    watch.expectStatus(503)
    await shared.sandbox.call('POST', 'faults', { endpoint: 'api/configuration:write', clientId, kind: 'quota' })
    await page.getByLabel('Address', { exact: true }).fill('https://third.example/back')
    await page.getByRole('button', { name: 'Add to the list' }).click()
    await page.getByRole('button', { name: /^Replace 3 URIs with 4/ }).click()
    await expectProblem(page, 'upstream_quota')
    await expect(page.getByText(/It ended with: Octorate's quota/)).toBeVisible()
    await expect(page.getByRole('list', { name: 'Calls to Octorate' }).getByRole('button', { name: /Write Not accepted/ })).toBeVisible()
  })
})

test('in production the write button becomes a letter, which is drafted, sent and seen live', async ({ open, organization, shared }) => {
  const { id, clientId, redirectUri: ours } = organization.apiClient
  await shared.sandbox.call('PATCH', `api-clients/${clientId}/configuration`, { environment: 'PRODUCTION' })
  const { page } = await open(organization.people.owner)
  await page.goto(pages.redirectUris(id))
  await page.getByRole('button', { name: 'Read at Octorate' }).click()
  await expect(page.getByText('In production Octorate changes this list by mail only')).toBeVisible()
  await page.getByLabel('Address', { exact: true }).fill(SHOP)
  await page.getByRole('button', { name: 'Add to the list' }).click()
  await page.getByRole('button', { name: 'Write the letter: 1 URI to 2 (adds 1, removes 0)' }).click()
  await expect(page.getByText('openapi@octorate.com')).toBeVisible()
  await expect(page.getByRole('figure').filter({ hasText: 'letter for letter' })).toContainText(`${ours}\n${SHOP}`)
  await page.getByRole('button', { name: 'I have sent it' }).click()
  await expect(page.getByText("Keyrack looks at Octorate's configuration every hour and notes when it is done.")).toBeVisible()
  await shared.sandbox.call('PATCH', `api-clients/${clientId}/configuration`, { redirectUri: [ours, SHOP] })
  await page.getByRole('button', { name: 'Read again' }).click()
  await expect(page.getByText('Seen live')).toBeVisible()
})
