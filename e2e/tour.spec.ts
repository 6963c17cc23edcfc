import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { pages } from '@/contracts/paths'
import { makeImport } from '@/tests/make-import'
import { plantAddressList } from '@/tests/plant-address-list'
import { plantAlerts } from '@/tests/plant-alerts'
import { plantOperation } from '@/tests/plant-operations'
import { plantFreeze, plantIncident } from '@/tests/plant-incident'
import { plantMail } from '@/tests/plant-mail'
import { plantDelivery, plantWebhook } from '@/tests/plant-webhook'
import { makeLink } from '@/tests/make-link'
import { plantMachineKeys } from '@/tests/plant-machine-keys'
import { connect, leaveForConsent } from './support/connect'
import { consentAt } from './support/consent'
import { plantCampaign } from './support/plant-campaign'
import { plantConnections } from './support/plant-connections'
import { plantKeyMigration } from './support/plant-key-migration'
import { expect, test } from './support/test'

const WIDTHS = [1280, 360]
/** More rows than a list shows without scrolling: its scrolling region is a landmark of its own then. */
const LONG_LIST = 20

for (const width of WIDTHS) {
  test(`every page at ${width} px, in light and dark, is without a finding of axe and wider than its window nowhere`, async ({ open, organization, shared }) => {
    test.setTimeout(900_000)
    const { page, watch } = await open(organization.people.owner, { viewport: { width, height: 900 }, reducedMotion: 'reduce' })
    watch.expectStatus(404)
    const found: string[] = []
    const look = async (name: string) => found.push(...(await lookAt(page, name)))

    await page.goto(pages.overview())
    await look('overview, empty')
    await page.goto(pages.connections())
    await look('connections, empty')
    await page.goto(pages.newConnection(organization.apiClient.id))
    await expect(page.getByRole('button', { name: 'Continue to the sandbox' })).toBeEnabled()
    await look('connect')
    await leaveForConsent(page, organization.apiClient)
    await consentAt(page, { account: /^marco\.bianchi/, decision: 'Refuse' })
    await expect(page.getByText('The hotelier did not give consent')).toBeVisible()
    await look('attempt, refused')
    const attempt = page.url().slice(-36)

    const id = await connect(page, organization.apiClient, { account: /^giulia\.rossi/, choice: /Whole network/ })
    await page.getByRole('list', { name: 'Steps of the consent flow' }).getByRole('button', { name: /Exchange/ }).click()
    await look('connection, with an open exchange')
    await page.getByRole('button', { name: 'Disconnect' }).click()
    await expect(page.getByRole('alertdialog')).toBeVisible()
    await look('connection, asking')

    await plantConnections(shared, organization, [
      { name: 'Locanda Bianchi', upstreamId: '324410', leftMs: 90 * 60_000 },
      { name: 'Gasthof Becker', upstreamId: '455301', state: 'refresh_failing', cause: 'upstream_unreachable', outcome: 'failed:upstream_unreachable' },
      { name: 'Casa Azahar', upstreamId: '402143', state: 'reconnect_required' },
      { name: 'Villa dei Glicini', upstreamId: '310077', state: 'disconnected' },
      { name: 'Hôtel du Lac Bleu', upstreamId: '478802', environment: 'PRODUCTION' },
    ])
    await page.goto(pages.importConnections())
    await page.getByRole('textbox', { name: /^Paste tokens/ }).fill('refresh_token,property_id\nsbx_one_token_of_many,324410\nabc,1\nsbx_one_token_of_many,2')
    await page.getByRole('button', { name: /^Import / }).click()
    await look('import, with a dry run and a mistake')
    const link = await makeLink(shared, organization, { name: 'Casa Smeralda' })
    const campaign = await plantCampaign(shared, organization, {
      name: 'Outage in November',
      states: { connected: 3, consented: 1, opened: 1, mailed: 4, bounced: 1, refused: 2, wrong_property: 1, failed: 1, no_address: 1 },
    })
    const importId = await makeImport(shared, organization, { state: 'finished' })
    await page.goto(pages.connections())
    await page.getByRole('checkbox', { name: 'Select Casa Azahar' }).check()
    await look('connections, one selected')
    await page.getByRole('button', { name: 'Reconnect links…' }).click()
    await look('reconnect links of several')
    await page.getByRole('button', { name: 'Make the link' }).click()
    await expect(page.getByRole('button', { name: 'Copy link of Casa Azahar' })).toBeVisible()
    await look('reconnect links of several, made')
    await page.goto(pages.newCampaign())
    await page.getByRole('button', { name: /^Start/ }).click()
    await look('a new campaign with a mistake')
    await page.goto(pages.campaign(campaign))
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await expect(page.getByRole('alertdialog')).toBeVisible()
    await look('a campaign, asking')
    await page.goto(pages.importContacts())
    await page.getByLabel('Paste the table').fill('property_id,name,email\n324410,Marco,marco@locanda.example\n1,Nobody,nobody')
    await page.getByRole('button', { name: 'Check the table' }).click()
    await expect(page.getByText('What becomes of each line')).toBeVisible()
    await look('contacts, with a dry run and a mistake')
    await page.goto(pages.keyMigrations())
    await look('migrations, empty')
    await page.goto(pages.oldKeys())
    await look('old keys, empty')
    await page.goto(pages.newKeyMigration())
    await page.getByLabel('Paste keys').fill('key;property_id;name\nk7Qp2xVn94Lr;324425;Locanda\nk7Qp2xVn 94Ls;455301;\nk7Qp2xVn94Lr;324431;')
    await expect(page.getByText(/1 unknown property/).first()).toBeVisible()
    await page.getByRole('button', { name: 'Migrate 1 key' }).click()
    await look('a new migration, with a dry run and a mistake')
    const migration = await plantKeyMigration(shared, organization, { name: 'Veneto', lines: 24, state: 'stopped', stopReason: 'line_not_verified' })
    await page.goto(pages.breach())
    await look('breach, empty')
    await page.goto(pages.people())
    await look('people')
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    await page.getByRole('button', { name: 'Invite', exact: true }).click()
    await look('people, an invitation with a mistake')
    await page.goto(pages.person(organization.people.developer.id))
    await look('a person')
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await expect(page.getByRole('alertdialog')).toBeVisible()
    await look('a person, asking')
    await page.goto(pages.organization())
    await look('organization')
    await page.goto(pages.twoFactor())
    await look('two-factor')
    await page.goto(pages.machineKeys())
    await look('machine keys, empty')
    await page.getByRole('button', { name: 'Create a machine key' }).click()
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await look('machine keys, a form with a mistake')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Booking engine')
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await expect(page.getByText('This is shown once.')).toBeVisible()
    await look('machine keys, the key')
    const [key] = await plantMachineKeys(shared, organization, [
      { name: 'Night audit', environment: 'PRODUCTION', addresses: ['203.0.113.0/24'], properties: ['324410'], usedAgoMs: 60_000, leftMs: 5 * 86_400_000 },
      { name: 'Reports', madeAgoMs: 100 * 86_400_000, leftMs: null, scopes: ['connections:read'] },
    ])
    await plantAddressList(shared, organization, {
      holder: { apiClientId: organization.apiClient.id },
      entries: [{ block: '8.8.8.0/25', addedDaysAgo: 100 }, { block: '8.8.8.128/25' }, { block: '10.0.0.0/8' }, { block: '8.8.8.8', leftMs: 60 * 60_000 }],
    })
    await page.goto(pages.ipWhitelist(organization.apiClient.id))
    await page.getByRole('button', { name: 'Add an entry' }).click()
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await look('IP whitelist, a form with a mistake')
    await page.goto(pages.machineKey(key?.id ?? ''))
    await page.getByRole('button', { name: 'Rotate' }).click()
    await look('machine key, rotating')
    await page.goto(pages.webhooks())
    await page.getByRole('button', { name: 'Add webhook' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Add webhook' }).click()
    await look('webhooks, a form with a mistake')
    const webhookId = await plantWebhook(shared, organization)
    for (let count = 0; count < LONG_LIST; count += 1) await plantDelivery(shared, organization, webhookId)
    await plantAlerts(shared, organization, LONG_LIST)
    await plantOperation(shared, organization, { cause: 'grant', messages: ['Refresh token is not valid', 'It was revoked'] })
    const incident = await plantIncident(shared, organization)
    await plantFreeze(shared, organization, id)
    await plantMail(shared, organization, { state: 'bounced', failure: '550 5.1.1' })
    for (const [name, address, shown] of [
      ['machine keys', pages.machineKeys(), 'Unused for 90 days'],
      ['machine key', pages.machineKey(key?.id ?? ''), 'This key expires in'],
      ['overview', pages.overview(), 'Next to expire'],
      ['connections', pages.connections(), 'Casa Azahar'],
      ['runway', pages.runway(), 'If nothing is renewed'],
      ['doctor', pages.doctor(), 'For a support case'],
      ['connections, nothing found', `${pages.connections()}?q=nowhere`, 'No connection matches'],
      ['connection', pages.connection(id), 'Token lineage'],
      ['import, with an earlier one', pages.importConnections(), 'A cohort'],
      ['one import', pages.connectionImport(importId), 'Try failed lines again'],
      ['migrations', pages.keyMigrations(), 'Veneto'],
      ['migration', pages.keyMigration(migration), 'A token came that can not be used'],
      ['old keys', pages.oldKeys(), 'Select all 24 keys'],
      ['attempt', pages.authorization(attempt), 'The hotelier did not give consent'],
      ['API clients', pages.apiClients(), organization.apiClient.clientId],
      ['API client', pages.apiClient(organization.apiClient.id), 'Delete this API client'],
      ['configuration', pages.apiConfiguration(organization.apiClient.id), 'Set by Octorate'],
      ['admin tokens', pages.adminTokens(organization.apiClient.id), 'Issued by ApiLogin'],
      ['X-ray', pages.welcomeMailXray(), 'The whole mail'],
      ['check-list', pages.goLive(organization.apiClient.id), 'Which way of integrating is it'],
      ['new properties', pages.newProperties(organization.apiClient.id), 'Create many from a file'],
      ['redirect URIs', pages.redirectUris(organization.apiClient.id), 'Want another address'],
      ['register', pages.newApiClient(), 'Where it works'],
      ['IP whitelist', pages.ipWhitelist(organization.apiClient.id), 'What IP authentication means for security'],
      ['key restriction', pages.keyRestriction(key?.id ?? ''), 'This is what Keyrack lets in'],
      ['network', pages.network(), 'The way of this request'],
      ['links', pages.links(), 'Casa Smeralda'],
      ['link', pages.link(link.id), 'Seen from here'],
      ['campaigns', pages.campaigns(), 'Outage in November'],
      ['a new campaign', pages.newCampaign(), 'Without a mail address'],
      ['a campaign', pages.campaign(campaign), 'connected again'],
      ['phone list of a campaign', `${pages.campaign(campaign)}?tab=phone`, 'No address'],
      ['sessions', pages.sessions(), 'This session'],
      ['alerts', pages.alerts(), 'Who is told, and when'],
      ['webhooks', pages.webhooks(), 'Back end'],
      ['webhook', pages.webhook(webhookId), 'Answer 503'],
      ['operations', pages.operations(), 'Grant is dead'],
      ['breach', pages.breach(), 'A laptop with keys was stolen'],
      ['an incident', pages.incident(incident), 'Freeze hand-outs'],
      ['inventory', pages.inventory(), 'Audit signing key'],
      ['mail', pages.mail(), 'Reconnect Hotel Roma'],
      ['problem', pages.connectProblem('other_browser', crypto.randomUUID()), 'This connect was started in another browser'],
      ['nothing here', pages.connection(crypto.randomUUID()), 'There is nothing here that you can see'],
      ['no such page', '/no-such-page', 'There is nothing here that you can see'],
    ] as const) {
      await page.goto(address)
      await expect(page.getByText(shown).filter({ visible: true }).first()).toBeVisible()
      await look(name)
    }
    // An open page would notice.
    await page.goto('about:blank')
    await page.context().clearCookies()
    await page.goto(pages.signIn())
    await look('sign-in')
    expect(found, found.join('\n')).toEqual([])
  })
}

/** Findings on the page as it is: everything in light; in dark the contrast, for that alone differs. */
async function lookAt(page: Page, name: string): Promise<string[]> {
  // By its element: behind a question it is hidden from everybody else.
  await expect(page.locator('h1')).toHaveCount(1)
  const axe = () => new AxeBuilder({ page }).setLegacyMode()
  await paint(page, 'light')
  const light = await axe().analyze()
  await paint(page, 'dark')
  const dark = await axe().withRules(['color-contrast']).analyze()
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  return [
    ...[...light.violations, ...dark.violations].flatMap(({ id, nodes }) =>
      nodes.map((node) => `${name}: ${id} ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
    ),
    ...(overflow > 0 ? [`${name}: ${overflow} px wider than the window`] : []),
  ]
}

/** Changes the theme and waits until every colour has arrived. */
async function paint(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await expect(page.locator('html')).toHaveClass(new RegExp(colorScheme))
  await page.evaluate(() => {
    const passing = document.getAnimations().filter((animation) => animation.effect?.getTiming().iterations !== Infinity)
    return Promise.all(passing.map((animation) => animation.finished.catch(() => undefined))).then(() => undefined)
  })
}
