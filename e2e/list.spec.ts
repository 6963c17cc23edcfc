import { pages } from '@/contracts/paths'
import { plantConnections, type Planted } from './support/plant-connections'
import { expect, test } from './support/test'

const KINDS = ['Hotel', 'Locanda', 'Residenza', 'Pension', 'Villa', 'Casa', 'Albergo', 'Quinta', 'Hostal', 'Auberge']
const NAMES = ['Aurora', 'Belvedere', 'Centrale', 'Diana', 'Esperia', 'Fontana', 'Giardino', 'Imperiale', 'Lido', 'Miramare']
const HOUR_MS = 3_600_000

/** A thousand connections: every hundredth needs the hotelier, one of them is the Pension Ticino. */
function thousand(): readonly Planted[] {
  return Array.from({ length: 1_000 }, (_, index) => ({
    name: `${KINDS[index % 10] ?? ''} ${NAMES[Math.floor(index / 10) % 10] ?? ''} ${1 + Math.floor(index / 100)}`,
    upstreamId: String(700_000 + index),
    leftMs: 3 * HOUR_MS + index * 60_000,
    ...(index % 100 === 7 ? { state: 'reconnect_required' as const, leftMs: -HOUR_MS } : {}),
    ...(index === 500 ? { name: 'Pension Ticino' } : {}),
  }))
}

test('a thousand connections are searched, filtered, sorted and paged by the address, so that it can be shared', async ({ open, organization, shared }) => {
  await plantConnections(shared, organization, thousand())
  const { page } = await open(organization.people.viewer)
  const rows = page.getByRole('table', { name: 'Connections' }).getByRole('row')
  const search = page.getByRole('searchbox', { name: 'Search by property name or id' })
  const summary = page.getByRole('navigation', { name: 'Pages of connections' })

  await test.step('shows the first to expire first', async () => {
    await page.goto(pages.connections())
    await expect(summary).toContainText('50 of 1,000 connections')
    await expect(rows.nth(1)).toContainText('expired')
  })

  await test.step('filters', async () => {
    await page.getByLabel('Status').selectOption('Reconnect required')
    await expect(page).toHaveURL(/\?status=reconnect_required$/)
    await expect(summary).toContainText('10 of 10 connections')
    await page.goBack()
    await expect(page).toHaveURL(/\/connections$/)
    await expect(summary).toContainText('50 of 1,000 connections')
  })

  await test.step('searches by name and by id', async () => {
    await search.fill('ticino')
    await expect(page).toHaveURL(/\?q=ticino$/)
    await expect(summary).toContainText('1 of 1 connection')
    await search.fill('700999')
    await expect(rows.nth(1)).toContainText('Octorate id 700999')
    await page.reload()
    await expect(search).toHaveValue('700999')
    await expect(summary).toContainText('1 of 1 connection')
    await search.fill('nowhere')
    await expect(page.getByText('No connection matches').first()).toBeVisible()
    await page.getByRole('button', { name: 'Clear search and filters' }).first().click()
    await expect(summary).toContainText('50 of 1,000 connections')
  })

  await test.step('sorts', async () => {
    await page.getByRole('button', { name: 'Property' }).click()
    await expect(page).toHaveURL(/sort=name/)
    await expect(page.getByRole('columnheader', { name: 'Property' })).toHaveAttribute('aria-sort', 'ascending')
    await expect(rows.nth(1)).toContainText('Albergo Aurora 1')
    await page.getByRole('button', { name: 'Property' }).click()
    await expect(page.getByRole('columnheader', { name: 'Property' })).toHaveAttribute('aria-sort', 'descending')
    await expect(rows.nth(1)).toContainText('Villa Miramare')
  })

  await test.step('pages, and the back button goes back a page', async () => {
    await page.goto(`${pages.connections()}?sort=name`)
    // The row's own text counts down.
    const name = rows.nth(1).getByRole('link')
    const first = await name.textContent()
    const next = page.getByRole('button', { name: 'Next' })
    await expect(page.getByRole('button', { name: 'Previous' })).toBeDisabled()
    await next.click()
    await expect(name).not.toHaveText(first ?? '')
    const second = await name.textContent()
    await next.click()
    await expect(name).not.toHaveText(second ?? '')
    await page.goBack()
    await expect(name).toHaveText(second ?? '')
    await page.getByRole('button', { name: 'Previous' }).click()
    await expect(name).toHaveText(first ?? '')
  })
})

test('a row leads to its connection, and the cards of the overview to their part of the list', async ({ open, organization, shared }) => {
  await plantConnections(shared, organization, [
    { name: 'Hotel Fontana Chiara', upstreamId: '310046' },
    { name: 'Gasthof Becker', upstreamId: '455301', state: 'refresh_failing', cause: 'quota', outcome: 'failed:quota' },
  ])
  const { page } = await open(organization.people.support)
  await page.goto(pages.overview())
  await page.getByRole('link', { name: /^Refresh failing\s*1/ }).click()
  await expect(page).toHaveURL(/\?status=refresh_failing$/)
  await page.getByRole('link', { name: 'Gasthof Becker' }).click()
  await expect(page.getByText("Octorate's quota is used up, so the refresh is refused")).toBeVisible()
})

test('a connection says so when the token covers more properties than it shows', async ({ open, organization, shared }) => {
  const [id = ''] = await plantConnections(shared, organization, [{ name: 'Stella Group', upstreamId: '700001', network: ['Stella Mare'] }])
  const { page } = await open(organization.people.viewer)
  await page.goto(pages.connection(id))
  await expect(page.getByRole('table', { name: 'Properties' })).toBeVisible()
  await expect(page.getByText('The list ends after 2 properties')).toHaveCount(0)
  await shared.sql.query('UPDATE connections SET properties_complete = false WHERE id = $1', [id])
  await page.reload()
  await expect(page.getByText('The list ends after 2 properties')).toBeVisible()
})
