import { pages } from '@/contracts/paths'
import { connect, CONNECTION_PAGE, leaveForConsent } from './support/connect'
import { consentAt } from './support/consent'
import { expect, test } from './support/test'

const SLOW = { offline: false, latency: 700, downloadThroughput: 60_000, uploadThroughput: 30_000 }

test('two connects in two tabs both succeed, because each has a cookie of its own', async ({ open, organization }) => {
  const { page, context } = await open(organization.people.owner)
  const second = await context.newPage()
  await leaveForConsent(page, organization.apiClient)
  await leaveForConsent(second, organization.apiClient)
  await consentAt(second, { account: /^claire\.martin/, choice: /Hôtel du Lac Bleu/ })
  await expect(second).toHaveURL(CONNECTION_PAGE)
  // The sandbox has one visit per browser: the first tab finds itself signed in.
  await page.reload()
  await page.getByRole('radio', { name: /Maison Éloïse/ }).check()
  await page.getByRole('button', { name: 'Approve' }).click()
  await expect(page).toHaveURL(CONNECTION_PAGE)
  await expect(page.getByRole('heading', { level: 1, name: 'Maison Éloïse' })).toBeVisible()
  await page.goto(pages.connections())
  await expect(page.getByText('2 of 2 connections')).toBeVisible()
})

test('what one tab disconnects the other shows by itself, because nobody reloads', async ({ open, organization }) => {
  const { page, context } = await open(organization.people.owner)
  const id = await connect(page, organization.apiClient, { account: /^claire\.martin/, choice: /Chalet des Trois Sapins/ })
  const second = await context.newPage()
  await second.goto(pages.connection(id))
  await page.getByRole('button', { name: 'Disconnect' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).click()
  await expect(page.getByText('This connection is disconnected')).toBeVisible()
  await second.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect(second.getByText('This connection is disconnected')).toBeVisible({ timeout: 30_000 })
})

test('on a slow network the button is busy and sends once, because a second click means nothing new', async ({ open, organization, shared }) => {
  const { page, context } = await open(organization.people.owner)
  const started: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') started.push(new URL(request.url()).pathname)
  })
  await page.goto(pages.newConnection(organization.apiClient.id))
  const go = page.getByRole('button', { name: 'Continue to the sandbox' })
  await expect(go).toBeEnabled()
  const network = await context.newCDPSession(page)
  await network.send('Network.emulateNetworkConditions', SLOW)
  await go.dblclick({ noWaitAfter: true })
  await expect(go).toHaveAttribute('aria-busy', 'true')
  await consentAt(page, { account: /^claire\.martin/, choice: /Studio Canal Saint-Martin/ })
  await expect(page).toHaveURL(CONNECTION_PAGE)
  expect(started.filter((path) => path === '/oauth/authorize')).toHaveLength(1)

  // Buttons work once the scripts are there, which takes its time on such a network.
  await page.waitForLoadState('load')
  const refresh = page.getByRole('button', { name: 'Refresh now' })
  await refresh.dblclick()
  await expect(refresh).toHaveAttribute('aria-busy', 'true')
  await expect(page.getByRole('table', { name: 'Token lineage' }).getByRole('row')).toHaveCount(3)
  await expect(refresh).not.toHaveAttribute('aria-busy', 'true')
  const refreshes = (await shared.sandbox.truth()).filter(
    ({ type, clientId }) => type === 'token.refreshed' && clientId === organization.apiClient.clientId,
  )
  expect(refreshes).toHaveLength(1)
})

test('a refresh that Octorate refuses says so and keeps what is there, because nothing is lost', async ({ open, organization, shared }) => {
  const { page, watch } = await open(organization.people.owner)
  watch.expectStatus(502, 503)
  await connect(page, organization.apiClient, { account: /^claire\.martin/, choice: /L’Auberge de la Rivière/ })
  const fault = await shared.sandbox.call<{ id: number }>('POST', 'faults', {
    endpoint: 'identity/refresh', clientId: organization.apiClient.clientId, kind: 'status', status: 503, count: 0,
  })
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Octorate could not be reached, or answered with an error of its own.' })).toContainText('Request id')
  await expect(page.getByText('Refresh failing: Octorate down')).toBeVisible()
  await expect(page.getByRole('definition').filter({ hasText: "Octorate's turn" })).toBeVisible()
  await expect(page.getByRole('definition').filter({ hasText: /tr(y|ies) failed/ })).toBeVisible()
  await expect(page.getByText('23h 59m')).toBeVisible()
  await shared.sandbox.call('DELETE', `faults/${fault.id}`)
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(page.getByText('Healthy', { exact: true })).toBeVisible()
})
