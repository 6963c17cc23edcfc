import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { pages } from '@/contracts/paths'
import { connect, leaveForConsent } from '../support/connect'
import { consentAt } from '../support/consent'
import { plantConnections } from '../support/plant-connections'
import type { StoryConsole } from '../support/shared-console'
import { expect, test } from '../support/test'
import type { TestApiClient } from '@/tests/make-organization'
import { plantMachineKeys } from '@/tests/plant-machine-keys'
import { makeNorthwind } from './northwind'
import { picturesFolder, take, WIDE } from './take'

const DAY_MS = 24 * 60 * 60_000

test.skip(picturesFolder === undefined, 'no folder was given for these pictures')

test('pictures of every page, to look through', async ({ open, organization: empty, shared }) => {
  const organization = await makeNorthwind(shared)
  const { apiClient } = organization
  const owner = await open(organization.people.owner, { reducedMotion: 'reduce', viewport: WIDE })
  owner.watch.expectStatus(404, 409, 422, 502)

  await leaveForConsent(owner.page, apiClient)
  await take(owner.page, 'sandbox-sign-in')
  await consentAt(owner.page, { account: /^giulia\.rossi/, decision: 'Refuse' })
  await expect(owner.page.getByText('The hotelier did not give consent')).toBeVisible()
  const attempt = owner.page.url().slice(-36)
  const id = await connect(owner.page, apiClient, { account: /^carmen\.ruiz/, choice: /Whole network/ })
  const [machineKey] = await plantMachineKeys(shared, organization, [
    { name: 'Booking engine, Frankfurt', environment: 'PRODUCTION', addresses: ['203.0.113.0/24'], properties: ['324410'], usedAgoMs: 90_000, usedFrom: '203.0.113.19', leftMs: 5.5 * DAY_MS },
    { name: 'Night audit', madeAgoMs: 120 * DAY_MS, leftMs: null, scopes: ['connections:read'] },
  ])
  await owner.page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(owner.page.getByRole('table', { name: 'Token lineage' }).getByRole('row')).toHaveCount(3)

  for (const [name, address] of Object.entries({
    overview: pages.overview(),
    connections: pages.connections(),
    runway: pages.runway(),
    doctor: pages.doctor(),
    'connections-nothing-found': `${pages.connections()}?q=nowhere&status=healthy`,
    connection: pages.connection(id),
    attempt: pages.authorization(attempt),
    'api-clients': pages.apiClients(),
    'api-client': pages.apiClient(apiClient.id),
    'register-api-client': pages.newApiClient(),
    'machine-keys': pages.machineKeys(),
    'machine-key': pages.machineKey(machineKey?.id ?? ''),
    'ip-whitelist': pages.ipWhitelist(apiClient.id),
    'key-restriction': pages.keyRestriction(machineKey?.id ?? ''),
    network: pages.network(),
    sessions: pages.sessions(),
    'connect-problem': pages.connectProblem('other_browser', randomUUID()),
    'not-found': pages.connection(randomUUID()),
  })) {
    await owner.page.goto(address)
    if (name === 'not-found') await expect(owner.page.getByText('There is nothing here that you can see')).toBeVisible()
    await take(owner.page, name)
  }
  for (const name of ['Gasthof Becker', 'Limonaia di Ravello', 'Casa do Pátio', 'Albergo del Ponte']) {
    await owner.page.goto(pages.connections())
    await owner.page.getByRole('link', { name }).click()
    await expect(owner.page.getByRole('heading', { level: 1, name })).toBeVisible()
    await take(owner.page, `connection-${name.toLowerCase().replace(/\W+/g, '-')}`)
  }
  await takeQuestions(owner.page, { id, apiClientId: apiClient.id })
  await takeConnecting(owner.page, { apiClient, shared })

  await plantConnections(shared, organization, Array.from({ length: 1_000 }, (_, index) => ({
    name: `Hotel Miramare ${index + 1}`, upstreamId: String(700_000 + index), leftMs: 3 * 3_600_000 + index * 60_000,
  })))
  await owner.page.goto(pages.connections())
  await take(owner.page, 'connections-thousand', { fullPage: false })

  const newcomer = await open(empty.people.owner, { reducedMotion: 'reduce' })
  await newcomer.page.goto(pages.overview())
  await take(newcomer.page, 'overview-empty')
  await newcomer.page.goto(pages.connections())
  await take(newcomer.page, 'connections-empty')
  const viewer = await open(empty.people.viewer, { reducedMotion: 'reduce' })
  await viewer.page.goto(pages.connections())
  await take(viewer.page, 'connections-empty-viewer')
  const nobody = await open(null, { reducedMotion: 'reduce' })
  await nobody.page.goto(pages.signIn())
  await take(nobody.page, 'sign-in')
})

/** Dialogs, and forms with mistakes. */
async function takeQuestions(page: Page, { id, apiClientId }: { id: string; apiClientId: string }): Promise<void> {
  await page.goto(pages.connection(id))
  await page.getByRole('list', { name: 'Steps of the consent flow' }).getByRole('button', { name: /Exchange/ }).click()
  await take(page, 'connection-exchange')
  await page.getByRole('button', { name: 'Disconnect' }).click()
  await take(page, 'question-disconnect', { fullPage: false })
  for (const [name, button] of [['edit', 'Edit'], ['replace-secret', 'Replace secret']] as const) {
    await page.goto(pages.apiClient(apiClientId))
    await page.getByRole('button', { name: button }).click()
    await take(page, `question-${name}`, { fullPage: false })
  }
  await page.goto(pages.newApiClient())
  await page.getByRole('radio', { name: /An address that Octorate already has/ }).check()
  await page.getByLabel('Address', { exact: true }).fill('http://example.com/#x')
  await page.getByRole('button', { name: 'Register' }).click()
  await take(page, 'register-mistakes')
}

/** The way to a connection: ready, with a wrong secret, and by hand. */
async function takeConnecting(page: Page, { apiClient, shared }: { apiClient: TestApiClient; shared: StoryConsole }): Promise<void> {
  const go = page.getByRole('button', { name: 'Continue to the sandbox' })
  await page.goto(pages.newConnection())
  await take(page, 'connect-choose')
  await page.goto(pages.newConnection(apiClient.id))
  await expect(go).toBeEnabled()
  await take(page, 'connect-ready')
  await shared.sql.query("UPDATE api_clients SET foreign_redirect_uri = 'https://localhost' WHERE id = $1", [apiClient.id])
  await shared.sandbox.call('PATCH', `api-clients/${apiClient.clientId}/configuration`, { redirectUri: ['https://localhost'] })
  await page.goto(pages.newConnection(apiClient.id))
  await go.click()
  const [consent] = await Promise.all([page.waitForEvent('popup'), page.getByRole('link', { name: /Open the consent/ }).click()])
  await consent.close()
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await page.getByLabel('Address that the browser ended on').fill('https://example.com/?code=abc')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(page.getByText('That address does not belong to this connect.')).toBeVisible()
  await take(page, 'connect-by-hand')
  await page.goto(pages.apiClient(apiClient.id))
  await page.getByRole('button', { name: 'Check at Octorate' }).click()
  await expect(page.getByText('Octorate has the redirect URI in use')).toBeVisible()
  await take(page, 'api-client-by-hand')
  await shared.sandbox.call('PUT', `api-clients/${apiClient.clientId}/secret`, { clientSecret: 'sbx_another_secret' })
  await shared.sandbox.call('POST', 'admin-tokens/expire', { clientId: apiClient.clientId })
  await page.goto(pages.newConnection(apiClient.id))
  await expect(page.getByText('At least one check failed')).toBeVisible()
  await take(page, 'connect-not-ready')
}
