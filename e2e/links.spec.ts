import type { Locator, Page } from '@playwright/test'
import { AxeBuilder } from '@axe-core/playwright'
import { pages, visitorPages } from '@/contracts/paths'
import { makeConnection } from '@/tests/make-connection'
import { makeLink } from '@/tests/make-link'
import type { TestOrganization } from '@/tests/make-organization'
import { connect } from './support/connect'
import { consentAt } from './support/consent'
import { plantConnections } from './support/plant-connections'
import type { StoryConsole } from './support/shared-console'
import { expect, test, type Browsing } from './support/test'
import { toast } from './support/toast'

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, locale: 'it-IT' } as const
/** What a hotelier has to press on our own pages, from the link to the end. */
const MOST_TAPS = 1

/** Octorate has ended the grants, and Keyrack knows it. */
async function endGrants({ sandbox, sql }: Pick<StoryConsole, 'sandbox' | 'sql'>, { apiClient }: TestOrganization, ids: readonly string[]): Promise<void> {
  await sandbox.call('POST', 'grants/revoke', { clientId: apiClient.clientId })
  await sql.query(`UPDATE connections SET state = 'reconnect_required', state_since = now(), next_refresh_at = NULL WHERE id = ANY($1)`, [ids])
}

/** Sends a link from a connection's page. @returns what the dialog shows once */
async function sendLink(page: Page, connectionId: string): Promise<{ url: string; code: string }> {
  await page.goto(pages.connection(connectionId))
  await page.getByRole('button', { name: 'Send reconnect link' }).click()
  await page.getByRole('textbox', { name: /^Recipient/ }).fill('Marco Bianchi')
  await page.getByRole('dialog').getByLabel('Language', { exact: true }).selectOption('it')
  await page.getByRole('textbox', { name: /^Ticket/ }).fill('T-4711')
  await page.getByRole('button', { name: 'Make the link' }).click()
  await expect(page.getByRole('img', { name: 'QR code of the link' })).toBeVisible()
  const url = (await page.getByRole('dialog').locator('[data-slot="copy-field"] code').textContent()) ?? ''
  const code = (await page.getByRole('region', { name: 'Phone code' }).locator('code').textContent()) ?? ''
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue(new RegExp(url))
  return { url, code }
}

/** When a step happened, as the agent sees it; absent until then. */
function timeOf(page: Page, step: string): Locator {
  return page.getByRole('list', { name: 'Steps' }).getByRole('listitem').filter({ hasText: step }).locator('time')
}

/** Counts what a hotelier presses on our own pages. */
function countTaps({ page }: Browsing, sandboxOrigin: string): () => number {
  let taps = 0
  page.on('request', (request) => {
    if (request.method() === 'POST' && !request.url().startsWith(sandboxOrigin)) taps += 1
  })
  return () => taps
}

test('support reconnects a customer on another device: one tap on our pages, no session, no referrer, no script', async ({ open, organization, shared }) => {
  const owner = await open(organization.people.owner)
  const id = await connect(owner.page, organization.apiClient, { account: /^marco\.bianchi/, choice: /Locanda Bianchi/ })
  await endGrants(shared, organization, [id])

  const agent = await open(organization.people.support)
  const { url } = await sendLink(agent.page, id)
  await agent.page.getByRole('link', { name: 'Watch it' }).click()
  await expect(agent.page.getByText('Not opened yet').first()).toBeVisible()

  const hotelier = await open(null, PHONE)
  const referrers: (string | undefined)[] = []
  hotelier.page.on('request', (request) => {
    if (request.url().startsWith(shared.sandboxOrigin)) referrers.push(request.headers()['referer'])
  })
  const taps = countTaps(hotelier, shared.sandboxOrigin)
  await hotelier.page.goto(url)
  await expect(hotelier.page.getByRole('heading', { level: 1, name: 'Ricollegare Locanda Bianchi' })).toBeVisible()
  await expect(hotelier.page.getByText('Northwind Hotels Software', { exact: true })).toBeVisible()
  await expect(hotelier.page.getByText('T-4711')).toBeVisible()
  expect(await hotelier.page.locator('script').count()).toBe(0)
  await hotelier.page.getByRole('link', { name: 'Deutsch' }).click()
  await expect(hotelier.page.getByRole('heading', { level: 1, name: 'Locanda Bianchi neu verbinden' })).toBeVisible()
  await hotelier.page.getByRole('link', { name: 'Italiano' }).click()
  await hotelier.page.getByRole('button', { name: 'Continua su Octorate' }).click()
  await expect(timeOf(agent.page, 'Opened')).toBeVisible()
  await consentAt(hotelier.page, { account: /^marco\.bianchi/, choice: /Locanda Bianchi/ })
  await expect(hotelier.page.getByRole('heading', { level: 1, name: 'Locanda Bianchi è di nuovo collegata' })).toBeVisible()
  expect(taps()).toBeLessThanOrEqual(MOST_TAPS)
  expect(referrers.filter((referrer) => referrer?.includes('/link/') || referrer?.includes('/visit/'))).toEqual([])

  await expect(agent.page.getByText(/^Works since \d\d:\d\d, test read succeeded\.$/)).toBeVisible()
  await agent.page.getByRole('link', { name: 'Open the connection' }).click()
  await expect(agent.page.getByText('Healthy').first()).toBeVisible()
  await expect(agent.page.getByRole('heading', { level: 1, name: 'Locanda Bianchi' })).toBeVisible()
})

test('the wrong hotel consents: nothing changes, both are named, and both are alive at the end', async ({ open, organization, shared }) => {
  const agent = await open(organization.people.support)
  const wanted = await connect(agent.page, organization.apiClient, { account: /^marco\.bianchi/, choice: /Locanda Bianchi/ })
  const other = await connect(agent.page, organization.apiClient, { account: /^marco\.bianchi/, choice: /Burano Colori/ })
  await endGrants(shared, organization, [wanted, other])
  const { url } = await sendLink(agent.page, wanted)
  await agent.page.getByRole('link', { name: 'Watch it' }).click()

  const { page } = await open(null, PHONE)
  await page.goto(`${url}?lang=en`)
  await page.getByRole('button', { name: 'Continue to Octorate' }).click()
  await consentAt(page, { account: /^marco\.bianchi/, choice: /Burano Colori/ })
  await expect(page.getByRole('heading', { level: 1, name: 'That was another property' })).toBeVisible()
  await expect(page.getByText(/You authorised Burano Colori/)).toBeVisible()
  await expect(page.getByText(/asked for Locanda Bianchi/)).toBeVisible()
  await expect(agent.page.getByText('Another property consented: Burano Colori B&B')).toBeVisible()
  await expect(agent.page.getByText(/both properties work/)).toBeVisible()

  await page.getByRole('button', { name: 'Try again' }).click()
  await consentAt(page, { account: /^marco\.bianchi/, choice: /Locanda Bianchi/ })
  await expect(page.getByRole('heading', { level: 1, name: 'Locanda Bianchi is connected again' })).toBeVisible()
  for (const id of [wanted, other]) {
    await agent.page.goto(pages.connection(id))
    await expect(agent.page.getByText('Healthy').first()).toBeVisible()
  }
})

test('a receptionist types a phone code, while the agent sees each step and reads aloud that it works', async ({ open, organization, shared }) => {
  const agent = await open(organization.people.support)
  const id = await connect(agent.page, organization.apiClient, { account: /^marco\.bianchi/, choice: /Locanda Bianchi/ })
  await endGrants(shared, organization, [id])
  const { code } = await sendLink(agent.page, id)
  await agent.page.getByRole('link', { name: 'Watch it' }).click()
  const reception = await open(null, { ...PHONE, locale: 'en-GB' })
  reception.watch.expectStatus(422)
  const { page } = reception
  await page.goto(visitorPages.phoneCode())
  await page.getByRole('textbox', { name: 'Code' }).fill('CDFH-JKMN')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('alert')).toContainText('This code is not right')
  await page.getByRole('textbox', { name: 'Code' }).fill(code.toLowerCase())
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /Locanda Bianchi/ })).toBeVisible()
  await expect(timeOf(agent.page, 'Opened')).toBeVisible()
  await expect(timeOf(agent.page, 'Signed in')).toHaveCount(0)
  await page.getByRole('button').click()
  await consentAt(page, { account: /^marco\.bianchi/, choice: /Locanda Bianchi/ })
  await expect(page.getByRole('heading', { level: 1, name: /Locanda Bianchi/ })).toBeVisible()
  await expect(agent.page.getByText(/^Works since \d\d:\d\d, test read succeeded\.$/)).toBeVisible()
})

test('a first connect leads back to the integrator’s product, at the address on the list', async ({ open, organization }) => {
  const owner = await open(organization.people.owner)
  await owner.page.goto(pages.redirectUris(organization.apiClient.id))
  await owner.page.getByRole('textbox', { name: 'Return address' }).fill('https://shop.example/connected')
  await owner.page.getByRole('textbox', { name: 'Return address' }).press('Enter')
  await expect(owner.page.getByText('https://shop.example/connected')).toBeVisible()
  const agent = await open(organization.people.support)
  await agent.page.goto(pages.links())
  await expect(agent.page.getByText('No link was sent yet')).toBeVisible()
  await agent.page.getByRole('button', { name: 'New connect link' }).click()
  await agent.page.getByLabel('Lead back after success to').selectOption('https://shop.example/connected')
  await agent.page.getByRole('button', { name: 'Make the link' }).click()
  const url = (await agent.page.getByRole('dialog').locator('[data-slot="copy-field"] code').textContent()) ?? ''
  const hotelier = await open(null, PHONE)
  hotelier.watch.allowOrigin('https://shop.example')
  await hotelier.context.route('https://shop.example/**', (route) => route.fulfill({ contentType: 'text/html', body: '<h1>Back in the shop</h1>' }))
  await hotelier.page.goto(url)
  await hotelier.page.getByRole('button').click()
  await consentAt(hotelier.page, { account: /^marco\.bianchi/, choice: /Locanda Bianchi/ })
  await expect(hotelier.page).toHaveURL('https://shop.example/connected')
})

test('no link is offered where no customer can help, and the page says so', async ({ open, organization, shared }) => {
  const [id = ''] = await plantConnections(shared, organization, [
    { name: 'Gasthof Becker', upstreamId: '455301', state: 'refresh_failing', cause: 'quota', outcome: 'failed:upstream_quota' },
  ])
  const { page } = await open(organization.people.support)
  await page.goto(pages.connection(id))
  await expect(page.getByText('No customer can help with this, so no link is offered.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Send reconnect link' })).toHaveCount(0)
})

test('a contact is kept, a link is revoked, and a property is found by its stable address', async ({ open, organization, shared }) => {
  const connection = await makeConnection(shared, organization, { name: 'Casa Azahar' })
  const { id, token } = await makeLink(shared, organization, { connectionId: connection.id })
  const { page } = await open(organization.people.support)
  await page.goto(pages.property('324410'))
  await expect(page).toHaveURL(pages.connection(connection.id))
  await page.getByRole('button', { name: 'Edit contact' }).click()
  await page.getByRole('textbox', { name: 'E-mail' }).fill('reception@azahar.example')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(toast(page, 'The contact is saved')).toBeVisible()
  await expect(page.getByText('reception@azahar.example')).toBeVisible()

  await page.goto(pages.links())
  await page.getByRole('searchbox').fill('T-4711')
  await expect(page).toHaveURL(/q=T-4711/)
  await page.getByRole('link', { name: 'Casa Azahar' }).click()
  await expect(page).toHaveURL(pages.link(id))
  await page.getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(toast(page, 'The link is revoked')).toBeVisible()
  const hotelier = await open(null, PHONE)
  hotelier.watch.expectStatus(410)
  await hotelier.page.goto(visitorPages.link(token))
  await expect(hotelier.page.getByRole('heading', { level: 1, name: 'Questo link è stato ritirato' })).toBeVisible()
})

test("the hotelier's pages are without a finding of axe on a phone, light and dark, in every language", async ({ open, organization, shared }) => {
  const { token } = await makeLink(shared, organization, { name: 'Locanda Bianchi' })
  const { page, watch } = await open(null, PHONE)
  watch.expectStatus(404)
  const found: string[] = []
  const addresses = [
    ...['en', 'it', 'es', 'de', 'fr'].map((language) => `${visitorPages.link(token)}?lang=${language}`),
    visitorPages.phoneCode(), visitorPages.link('unknown'),
  ]
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const address of addresses) {
      await page.goto(address)
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      found.push(...violations.map(({ id, nodes }) => `${colorScheme} ${address}: ${id} ${nodes[0]?.html}`), ...(overflow > 0 ? [`${address}: too wide`] : []))
    }
  }
  expect(found).toEqual([])
})

test('a link goes out by our own mail, and where no mail server is, the page says so', async ({ open, organization, shared }) => {
  const { id } = await makeConnection(shared, organization, { name: 'Casa Azahar' })
  await endGrants(shared, organization, [id])
  const { page } = await open(organization.people.support)
  await page.goto(pages.connection(id))
  await page.getByRole('button', { name: 'Send reconnect link' }).click()
  await page.getByRole('checkbox', { name: /^Send it by mail from Keyrack/ }).check()
  await page.getByRole('button', { name: 'Make and mail the link' }).click()
  await expect(page.getByText('Write one e-mail address')).toBeVisible()
  await page.getByRole('textbox', { name: 'E-mail of the recipient' }).fill('reception@azahar.example')
  await page.getByRole('button', { name: 'Make and mail the link' }).click()
  await expect(page.getByText('No mail server is set up, so the mail to reception@azahar.example goes no further')).toBeVisible()
  await page.getByRole('link', { name: 'Watch it' }).click()
  await expect(page.getByText('Written')).toBeVisible({ timeout: 20_000 })
})

test('a property that two connections cover is listed at its stable address', async ({ open, organization, shared }) => {
  const [first] = [await makeConnection(shared, organization, { name: 'Casa Azahar' }), await makeConnection(shared, organization, { name: 'Casa Azahar, second' })]
  const { page } = await open(organization.people.viewer)
  await page.goto(pages.property('324410'))
  await expect(page.getByRole('list', { name: 'Connections of the property' }).getByRole('listitem')).toHaveCount(2)
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([])
  await page.getByRole('link', { name: 'Casa Azahar', exact: true }).click()
  await expect(page).toHaveURL(pages.connection(first.id))
})
