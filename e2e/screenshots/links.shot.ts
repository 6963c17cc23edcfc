import { pages, visitorPages } from '@/contracts/paths'
import { makeLink } from '@/tests/make-link'
import { plantOperation } from '@/tests/plant-operations'
import { plantCampaign } from '../support/plant-campaign'
import { plantConnections } from '../support/plant-connections'
import { expect, test } from '../support/test'
import { makeNorthwind } from './northwind'
import { picturesFolder, take, WIDE } from './take'

test.skip(picturesFolder === undefined, 'no folder was given for these pictures')

test('pictures of links, campaigns and what hoteliers see, to look through', async ({ open, organization: empty, shared }) => {
  const organization = await makeNorthwind(shared)
  const { page, watch } = await open(organization.people.owner, { reducedMotion: 'reduce', viewport: WIDE })
  watch.expectStatus(404, 409, 410, 422)
  const link = await makeLink(shared, organization, { name: 'Locanda Bianchi' })
  await shared.sql.query(`UPDATE links SET recipient_name = 'Marco Bianchi', recipient_email = 'marco@locandabianchi.example' WHERE id = $1`, [link.id])
  const campaign = await plantCampaign(shared, organization, {
    name: 'Secret leaked, November',
    states: { connected: 41, consented: 2, opened: 6, mailed: 70, bounced: 3, refused: 3, wrong_property: 1, failed: 2, no_address: 5 },
  })
  await shared.sql.query(
    `INSERT INTO campaign_recipients (id, organization_id, campaign_id, connection_id, left_out, left_out_cause)
     SELECT gen_random_uuid(), $1, $2, id, 'hotelier_cannot_help', 'quota' FROM connections WHERE organization_id = $1 AND state = 'refresh_failing'`,
    [organization.id, campaign],
  )
  await plantOperation(shared, organization, { cause: 'grant', messages: ['Refresh token is not valid'] })

  await page.goto(pages.connections())
  for (const name of ['Limonaia di Ravello', 'Gasthof Becker', 'Locanda Bianchi']) await page.getByRole('checkbox', { name: `Select ${name}` }).first().check()
  await take(page, 'selection')
  await take(page, 'selection-top', { fullPage: false })
  await page.getByRole('button', { name: 'Reconnect links…' }).click()
  await take(page, 'many-form', { fullPage: false })
  await page.getByRole('button', { name: 'Make 3 links' }).click()
  await expect(page.getByText('One connection got no link')).toBeVisible()
  await take(page, 'many-made', { fullPage: false })

  for (const [name, address] of Object.entries({
    links: pages.links(),
    link: pages.link(link.id),
    campaigns: pages.campaigns(),
    'campaign-new': pages.newCampaign(),
    campaign: pages.campaign(campaign),
    'campaign-phone': `${pages.campaign(campaign)}?tab=phone`,
    'campaign-left-out': `${pages.campaign(campaign)}?tab=left-out`,
    people: pages.people(),
    operations: pages.operations(),
    audit: pages.auditLog(),
    mail: pages.mail(),
  })) {
    await page.goto(address)
    await take(page, name)
  }
  await page.goto(`${pages.campaign(campaign)}?tab=phone`)
  await page.getByRole('button', { name: /^Phone code for/ }).first().click()
  await page.getByRole('button', { name: 'Make a phone code' }).click()
  await expect(page.getByRole('region', { name: 'Phone code' })).toBeVisible()
  await take(page, 'campaign-code', { fullPage: false })
  await page.goto(pages.campaign(campaign))
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await take(page, 'campaign-stop', { fullPage: false })
  await page.goto(pages.importContacts())
  await take(page, 'contacts')
  await page.getByLabel('Paste the table').fill('property_id,name,email,phone\n324410,Marco Bianchi,marco@locanda.example,\n237210,Elena Ferri,elena@ravello.example,+39 089 555 12\n1,Nobody,nobody@nowhere.example,\n324410,Twice,x,')
  await page.getByRole('button', { name: 'Check the table' }).click()
  await expect(page.getByText('What becomes of each line')).toBeVisible()
  await take(page, 'contacts-checked')

  const [failing = ''] = (await shared.sql.query(`SELECT id FROM connections WHERE organization_id = $1 AND name = 'Limonaia di Ravello'`, [organization.id])).rows.map(({ id }: { id: string }) => id)
  await page.goto(pages.connection(failing))
  await page.getByRole('button', { name: 'Send reconnect link' }).click()
  await page.getByRole('textbox', { name: /^E-mail/ }).fill('elena@ravello.example')
  await page.getByRole('checkbox', { name: /^Send it by mail/ }).check()
  await take(page, 'send-link', { fullPage: false })
  await page.getByRole('button', { name: 'Make and mail the link' }).click()
  await expect(page.getByRole('img', { name: 'QR code of the link' })).toBeVisible()
  await take(page, 'send-link-made', { fullPage: false })
  await page.goto(pages.overview())
  await page.getByRole('button', { name: 'Search', exact: true }).first().click()
  await page.getByRole('searchbox').last().fill('T-4711')
  await expect(page.getByRole('list', { name: 'Links' })).toBeVisible()
  await take(page, 'search', { fullPage: false })

  await plantConnections(shared, organization, Array.from({ length: 1_000 }, (_, index) => ({
    name: `Pension Belvedere ${index + 1}`, upstreamId: String(900_000 + index), state: 'reconnect_required' as const, leftMs: -60_000,
  })))
  await page.goto(`${pages.connections()}?status=reconnect_required`)
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
  await take(page, 'selection-thousand', { fullPage: false })
  await page.getByRole('button', { name: 'Reconnect links…' }).click()
  await take(page, 'many-campaign', { fullPage: false })
  await page.goto(`${pages.newCampaign()}?status=reconnect_required`)
  await take(page, 'campaign-new-thousand')

  const newcomer = await open(empty.people.owner, { reducedMotion: 'reduce', viewport: WIDE })
  for (const [name, address] of Object.entries({ 'links-empty': pages.links(), 'campaigns-empty': pages.campaigns(), 'campaign-new-empty': pages.newCampaign() })) {
    await newcomer.page.goto(address)
    await take(newcomer.page, name)
  }
  const hotelier = await open(null, { reducedMotion: 'reduce', viewport: WIDE, locale: 'en-GB' })
  hotelier.watch.expectStatus(404, 410)
  for (const [name, address] of Object.entries({ 'visit-link': visitorPages.link(link.token), 'visit-code': visitorPages.phoneCode(), 'visit-unknown': visitorPages.link('unknown') })) {
    await hotelier.page.goto(address)
    await take(hotelier.page, name)
  }
  await shared.sql.query(`UPDATE links SET state = 'revoked' WHERE id = $1`, [link.id])
  await hotelier.page.goto(visitorPages.link(link.token))
  await take(hotelier.page, 'visit-revoked')
})
