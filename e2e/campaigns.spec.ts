import type { Page } from '@playwright/test'
import { pages } from '@/contracts/paths'
import type { SandboxControl } from '@/tests/console-sandbox'
import { consentAddress } from './support/connect'
import { consentAt } from './support/consent'
import { plantConnections, type Planted } from './support/plant-connections'
import { expect, test } from './support/test'
import { toast } from './support/toast'
import { linksInMails } from './support/written-mails'

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, locale: 'en-GB' } as const
const [ASKED, WITHOUT_ADDRESS] = [50, 2]

/** Houses that the sandbox knows, each with who may speak for it. */
const REFUSE = [
  { username: 'marco.bianchi', id: '324417', name: 'Ca’ del Lume' },
  { username: 'hans.becker', id: '455309', name: 'Pension Müllerhof' },
  { username: 'claire.martin', id: '478810', name: 'Chalet des Trois Sapins' },
] as const
const CONSENT = [
  { username: 'marco.bianchi', id: '324410', name: 'Locanda Bianchi' },
  { username: 'hans.becker', id: '455301', name: 'Gasthof Becker' },
] as const
const CONSENT_UNSEEN = [
  { username: 'marco.bianchi', id: '324425', name: 'Giardino Torcello' },
  { username: 'hans.becker', id: '455316', name: 'Hotel Zur alten Mühle' },
  { username: 'claire.martin', id: '478817', name: 'Maison Éloïse' },
  { username: 'claire.martin', id: '478831', name: 'Studio Canal Saint-Martin' },
] as const
const KNOWN = [...REFUSE, ...CONSENT, ...CONSENT_UNSEEN]
const CONNECTED = CONSENT.length + CONSENT_UNSEEN.length

/** Fifty that only their hoteliers can mend, and two that nobody can. */
function outage(): readonly Planted[] {
  const others = Array.from({ length: ASKED - KNOWN.length }, (_, index) => ({ name: `Hotel Miramare ${index + 1}`, id: String(700_000 + index) }))
  return [
    ...[...KNOWN, ...others].map(({ name, id }) => ({ name, upstreamId: id, state: 'reconnect_required' as const, leftMs: -3_600_000 })),
    ...['Albergo Diana', 'Albergo Lido'].map((name, index) => ({
      name, upstreamId: String(800_000 + index), state: 'refresh_failing' as const, cause: 'quota', outcome: 'failed:upstream_quota',
    })),
  ]
}

/** How many stand in a state, as its tile says. */
async function countOf(page: Page, state: string): Promise<number> {
  const tile = page.getByRole('list', { name: 'How many stand where' }).getByRole('button', { name: new RegExp(`^${state}\\s*\\d+$`) })
  return (await tile.isVisible()) ? Number(/\d+$/.exec((await tile.innerText()).trim())?.[0]) : 0
}

/** Of all tiles together: nobody is counted twice, nobody is lost. */
async function countAll(page: Page): Promise<number> {
  const tiles = await page.getByRole('list', { name: 'How many stand where' }).getByRole('button').allInnerTexts()
  return tiles.reduce((sum, text) => sum + Number(/\d+$/.exec(text.trim())?.[0]), 0)
}

/** A hotelier's whole walk, of which only our own pages are opened. */
async function consentUnseen(page: Page, sandbox: SandboxControl, { url, username, id }: { url: string; username: string; id: string }): Promise<void> {
  await page.goto(url)
  await page.getByRole('button', { name: 'Continue to Octorate' }).click()
  await expect(page).toHaveURL(/client_id=/)
  await page.goto(await consentAddress(page, sandbox, { username, properties: [id] }))
  await expect(page.getByRole('heading', { level: 1, name: /is connected again$/ })).toBeVisible()
}

test('after an outage fifty hoteliers are asked at once: three refuse, some consent, the numbers add up, and it is stopped', async ({ open, organization, shared }) => {
  test.setTimeout(180_000)
  const planted = outage()
  await plantConnections(shared, organization, planted)
  const agent = await open(organization.people.support)
  const { page } = agent
  const mailOf = (id: string) => `house-${id}@${organization.id.slice(0, 8)}.example`
  const addressed = planted.slice(0, ASKED - WITHOUT_ADDRESS).map(({ upstreamId }) => upstreamId)

  await test.step('contacts come from a file, and it is said before what it changes', async () => {
    await page.goto(pages.importContacts())
    const lines = [...addressed.map((id) => `${id},Reception ${id},${mailOf(id)},en`), '999999,Nobody,nobody@nowhere.example,en', `${addressed[0] ?? ''},Twice,twice@nowhere.example,en`]
    await page.getByLabel('Paste the table').fill(['property_id,name,email,language', ...lines].join('\n'))
    await page.getByRole('button', { name: 'Check the table' }).click()
    await page.getByLabel('Show').selectOption('Can not be taken (2)')
    await expect(page.getByText('No connection of yours covers this property.')).toBeVisible()
    await expect(page.getByText('An earlier line is about the same connection.')).toBeVisible()
    await page.getByRole('button', { name: `Take over ${addressed.length} contacts` }).click()
    await expect(toast(page, `${addressed.length} contacts were taken over`)).toBeVisible()
  })

  await test.step('whom it would ask, whom not, and why, is seen before anything is sent', async () => {
    await page.goto(pages.connections())
    await page.getByRole('link', { name: 'Start a campaign' }).click()
    await expect(page.getByText('Have a mail address').locator('..')).toContainText(String(addressed.length))
    await expect(page.getByText('Without a mail address', { exact: true }).locator('..')).toContainText(String(WITHOUT_ADDRESS))
    await page.getByText('Which 2 are left out, and why').click()
    await expect(page.getByText('No hotelier can help now: quota used up.')).toHaveCount(2)
    await page.getByRole('button', { name: /^Start and send/ }).click()
    await expect(page.getByText('Give it a name.')).toBeVisible()
    await page.getByRole('textbox', { name: 'Name' }).fill('Outage in November')
    await page.getByRole('textbox', { name: /^Ticket/ }).fill('T-4712')
    await page.getByRole('button', { name: `Start and send ${addressed.length} mails` }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Outage in November' })).toBeVisible()
  })

  const links = await linksInMails(shared, addressed.map(mailOf))
  await expect.poll(() => countOf(page, 'Asked')).toBe(addressed.length)
  await expect.poll(() => countOf(page, 'No address')).toBe(WITHOUT_ADDRESS)
  const linkOf = (id: string) => links.get(mailOf(id)) ?? ''

  await test.step('three refuse and two consent in browsers of their own', async () => {
    for (const { username, id, name } of REFUSE) {
      const hotelier = await open(null, PHONE)
      await hotelier.page.goto(linkOf(id))
      await hotelier.page.getByRole('button', { name: 'Continue to Octorate' }).click()
      await consentAt(hotelier.page, { account: new RegExp(`^${username}`), choice: new RegExp(name), decision: 'Refuse' })
      await expect(hotelier.page.getByRole('button', { name: 'Try again' })).toBeVisible()
    }
    for (const { username, id, name } of CONSENT) {
      const hotelier = await open(null, PHONE)
      await hotelier.page.goto(linkOf(id))
      await hotelier.page.getByRole('button', { name: 'Continue to Octorate' }).click()
      await consentAt(hotelier.page, { account: new RegExp(`^${username}`), choice: new RegExp(name) })
      await expect(hotelier.page.getByRole('heading', { level: 1, name: `${name} is connected again` })).toBeVisible()
    }
  })

  await test.step('others consent too', async () => {
    const hotelier = await open(null, PHONE)
    for (const house of CONSENT_UNSEEN) await consentUnseen(hotelier.page, shared.sandbox, { ...house, url: linkOf(house.id) })
  })

  await test.step('whoever started it sees all of that, and the numbers are those of all who were asked', async () => {
    await expect.poll(() => countOf(page, 'Connected')).toBe(CONNECTED)
    await expect.poll(() => countOf(page, 'Refused')).toBe(REFUSE.length)
    await expect.poll(() => countOf(page, 'Asked')).toBe(addressed.length - CONNECTED - REFUSE.length)
    expect(await countAll(page)).toBe(ASKED)
    await expect(page.getByText(`${CONNECTED} of ${ASKED} connected again`).first()).toBeVisible()
    await page.getByRole('button', { name: /^Refused\s*3$/ }).click()
    await expect(page).toHaveURL(/state=refused$/)
    const rows = page.getByRole('table', { name: 'Recipients' }).getByRole('row')
    await expect(rows).toHaveCount(1 + REFUSE.length)
    for (const { name } of REFUSE) await expect(page.getByRole('link', { name })).toBeVisible()
  })

  await test.step('who has no address is called, with a code to read aloud', async () => {
    await page.getByRole('tab', { name: /^Phone list/ }).click()
    await expect(page.getByRole('table', { name: 'Phone list' }).getByText('No address')).toHaveCount(WITHOUT_ADDRESS)
    await page.getByRole('button', { name: /^Phone code for/ }).first().click()
    await page.getByRole('button', { name: 'Make a phone code' }).click()
    await expect(page.getByRole('region', { name: 'Phone code' }).locator('code')).toHaveText(/^\w{4}-\w{4}$/)
    await page.keyboard.press('Escape')
  })

  await test.step('it is stopped: what nobody opened ends, and still nobody is lost', async () => {
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await page.getByRole('button', { name: 'Stop the campaign' }).click()
    await expect(toast(page, 'The campaign is stopped')).toBeVisible()
    await expect.poll(() => countOf(page, 'Asked')).toBe(0)
    expect(await countOf(page, 'Connected')).toBe(CONNECTED)
    expect(await countAll(page)).toBe(ASKED)
    const late = await open(null, PHONE)
    late.watch.expectStatus(410)
    await late.page.goto(linkOf('700000'))
    await expect(late.page.getByRole('heading', { level: 1, name: 'This link was withdrawn' })).toBeVisible()
  })
})

test('several connections are selected by the keyboard, and their links are made at once', async ({ open, organization, shared }) => {
  await plantConnections(shared, organization, [
    ...['Casa Azahar', 'Hotel Costa Serena', 'Locanda Bianchi'].map((name, index) => ({ name, upstreamId: String(700_000 + index), state: 'reconnect_required' as const })),
    { name: 'Gasthof Becker', upstreamId: '455301', state: 'refresh_failing', cause: 'quota', outcome: 'failed:upstream_quota' },
  ])
  const { page } = await open(organization.people.support)
  await page.goto(`${pages.connections()}?sort=name`)
  const bar = page.getByRole('region', { name: 'Selected connections' })
  const all = page.getByRole('checkbox', { name: 'Select all on this page' })

  await test.step('one by one, and all of the page', async () => {
    await page.getByRole('checkbox', { name: 'Select Casa Azahar' }).focus()
    await page.keyboard.press('Space')
    await expect(bar).toContainText('1 connection selected')
    await expect(all).toBeChecked({ indeterminate: true })
    await all.focus()
    await page.keyboard.press('Space')
    await expect(bar).toContainText('4 connections selected')
    await page.getByRole('checkbox', { name: 'Select Locanda Bianchi' }).uncheck()
    await expect(bar).toContainText('3 connections selected')
  })

  await test.step('who is asked gets a link, who can not be helped is named with the reason', async () => {
    await bar.getByRole('button', { name: 'Reconnect links…' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('Make 3 reconnect links')
    await dialog.getByRole('button', { name: 'Make 3 links' }).click()
    await expect(dialog.getByRole('list', { name: 'Reconnect links' }).getByRole('listitem')).toHaveCount(2)
    await expect(dialog.getByText('One connection got no link')).toBeVisible()
    await expect(dialog.getByText(/^Gasthof Becker: No customer can repair this connection now/)).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Copy link of Casa Azahar' })).toBeVisible()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(bar).toHaveCount(0)
  })

  await page.goto(pages.links())
  await expect(page.getByRole('table', { name: 'Reconnect links' }).getByRole('row')).toHaveCount(3)
})

test('more than twenty are better asked by a campaign, which takes over what was selected', async ({ open, organization, shared }) => {
  await plantConnections(shared, organization, Array.from({ length: 24 }, (_, index) => ({
    name: `Hotel Miramare ${index + 1}`, upstreamId: String(700_000 + index), state: 'reconnect_required' as const,
  })))
  const { page } = await open(organization.people.support)
  await page.goto(pages.connections())
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
  await page.getByRole('checkbox', { name: 'Select Hotel Miramare 7', exact: true }).uncheck()
  await page.getByRole('button', { name: 'Reconnect links…' }).click()
  await page.getByRole('dialog').getByRole('link', { name: 'Start a campaign' }).click()
  await expect(page.getByText('23 connections that were selected in the list.')).toBeVisible()
  await expect(page.getByText('Chosen', { exact: true }).locator('..')).toContainText('23')
  await page.getByRole('button', { name: 'Choose by filters instead' }).click()
  await expect(page.getByText('Chosen', { exact: true }).locator('..')).toContainText('24')
})

test('links by file are handed over once, and nobody is mailed', async ({ open, organization, shared }) => {
  await plantConnections(shared, organization, [{ name: 'Casa Azahar', upstreamId: '700001', state: 'reconnect_required' }])
  const { page } = await open(organization.people.developer)
  await page.goto(pages.newCampaign())
  await page.getByRole('textbox', { name: 'Name' }).fill('By our own tool')
  await page.getByRole('radio', { name: 'As a file' }).check()
  await page.getByRole('button', { name: 'Start for one property' }).click()
  await page.getByRole('button', { name: 'Save the links' }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save the file' }).click()])
  expect(file.suggestedFilename()).toMatch(/\.csv$/)
  await expect(page.getByText(/^The links were saved/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save the links' })).toHaveCount(0)
  await page.goto(pages.campaigns())
  await expect(page.getByRole('table', { name: 'Campaigns' }).getByRole('row')).toHaveCount(2)
  await expect(page.getByText('0 of 1')).toBeVisible()
})

test('a viewer selects nothing and finds no campaigns', async ({ open, organization, shared }) => {
  await plantConnections(shared, organization, [{ name: 'Casa Azahar', upstreamId: '700001', state: 'reconnect_required' }])
  const { page, watch } = await open(organization.people.viewer)
  await page.goto(pages.connections())
  await expect(page.getByRole('link', { name: 'Casa Azahar' })).toBeVisible()
  await expect(page.getByRole('checkbox')).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Start a campaign' })).toHaveCount(0)
  watch.expectStatus(403, 404)
  await page.goto(pages.campaigns())
  await expect(page.getByRole('table', { name: 'Campaigns' })).toHaveCount(0)
})
