import { pages } from '@/contracts/paths'
import { connect, CONNECTION_PAGE, leaveForConsent } from './support/connect'
import { consentAt } from './support/consent'
import { plantConnections } from './support/plant-connections'
import { expect, test } from './support/test'
import { toast } from './support/toast'

const VILLA = '<b>Villa</b> & "Mare" <img src=x onerror=alert(1)>'

test('a property that is connected twice stays one connection, because it is the same property', async ({ open, organization }) => {
  const { page } = await open(organization.people.owner)
  const wish = { account: /^marco\.bianchi/, choice: /Locanda Bianchi/ }
  const first = await connect(page, organization.apiClient, wish)
  await page.getByRole('link', { name: 'Connect again' }).click()
  await page.getByRole('button', { name: 'Continue to the sandbox' }).click()
  await page.getByRole('radio', { name: /Locanda Bianchi/ }).check()
  await page.getByRole('button', { name: 'Approve' }).click()
  await expect(page).toHaveURL(CONNECTION_PAGE)
  expect(page.url()).toContain(first)
  await expect(page.getByRole('table', { name: 'Token lineage' }).getByRole('row').filter({ hasText: 'Consent' })).toHaveCount(2)

  await page.goto(pages.connections())
  await expect(page.getByText('1 of 1 connection')).toBeVisible()
})

test('a network becomes one connection that names all of its properties, because one token covers them', async ({ open, organization }) => {
  const { page } = await open(organization.people.developer)
  await connect(page, organization.apiClient, { account: /^carmen\.ruiz/, choice: /Whole network: Costa Serena Stays/ })
  await expect(page.getByText('Network of 8', { exact: true })).toBeVisible()
  const properties = page.getByRole('table', { name: 'Properties' })
  await expect(properties.getByRole('row')).toHaveCount(1 + 8)
  await expect(properties.getByRole('row', { name: /Peñíscola Mar Suites/ })).toContainText('402150')
  await expect(page.getByText('Carmen Ruiz')).toBeVisible()
})

test('a name that is markup is shown as text on every page, because upstream may send anything', async ({ open, organization }) => {
  const { page } = await open(organization.people.owner)
  await leaveForConsent(page, organization.apiClient)
  await consentAt(page, { account: /^elena\.ferri/, choice: /Villa/ })
  await expect(page.getByRole('heading', { level: 1, name: VILLA })).toBeVisible()
  await expect(page).toHaveTitle(/Villa/)
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(toast(page, `New access token for ${VILLA}`)).toBeVisible()
  await page.getByRole('button', { name: 'Disconnect' }).click()
  await expect(page.getByRole('alertdialog', { name: `Disconnect ${VILLA}?` })).toBeVisible()
  await page.getByRole('button', { name: 'Keep connected' }).click()
  for (const address of [pages.connections(), pages.overview()]) {
    await page.goto(address)
    await expect(page.getByRole('link', { name: VILLA })).toBeVisible()
  }
  await expect(page.locator('b, img[src="x"]')).toHaveCount(0)
})

test('a name in another script stays as it is, and characters that reorder text are spelled out', async ({ open, organization, shared }) => {
  await shared.sandbox.call('PATCH', 'accommodations/337218', { name: 'Casa \u202egnp.exe\u200b Positano' })
  const { page } = await open(organization.people.owner)
  await connect(page, organization.apiClient, { account: /^yuki\.tanaka/, choice: /旅館 さくら庭/ })
  await expect(page.getByRole('heading', { level: 1, name: '旅館 さくら庭' })).toBeVisible()
  await expect(page.getByText('京都市, JP')).toBeVisible()
  await leaveForConsent(page, organization.apiClient)
  await page.getByRole('button', { name: 'Use another account' }).click()
  await consentAt(page, { account: /^elena\.ferri/, choice: /id 337218/ })
  await expect(page.getByRole('heading', { level: 1, name: 'Casa ⟨U+202E⟩gnp.exe⟨U+200B⟩ Positano' })).toBeVisible()
  await page.goto(pages.connections())
  await page.getByRole('searchbox', { name: 'Search by property name or id' }).fill('さくら')
  await expect(page.getByText('1 of 1 connection')).toBeVisible()
  await expect(page.getByRole('link', { name: '旅館 さくら庭' })).toBeVisible()
})

test('the time that is left runs down second by second near its end, because then it matters', async ({ open, organization, shared }) => {
  const { page } = await open(organization.people.viewer)
  const [id = ''] = await plantConnections(shared, organization, [{ name: 'Hotel Sette Pini', upstreamId: '310063', leftMs: 55_000 }])
  await page.goto(pages.connection(id))
  await expect(page.getByText('The access token expires in less than two hours')).toBeVisible()
  const left = page.locator('[data-slot="countdown"]').getByText(/^\d+s$/).first()
  const before = await left.textContent()
  await expect(left).not.toHaveText(before ?? '')
})
