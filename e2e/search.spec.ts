import { pages } from '@/contracts/paths'
import { plantConnections } from './support/plant-connections'
import { expect, test } from './support/test'

const HOUR_MS = 3_600_000

test('cards over the list lead to what somebody should look at, and the search finds a property from every page', async ({ open, organization, shared }) => {
  const [first = ''] = await plantConnections(shared, organization, [
    { name: 'Locanda Bianchi', upstreamId: '324410' },
    { name: 'Gasthof Becker', upstreamId: '455301', state: 'refresh_failing', cause: 'upstream_unreachable', outcome: 'failed:upstream_unreachable' },
    { name: 'Casa Azahar', upstreamId: '402143', state: 'reconnect_required', leftMs: -HOUR_MS },
    { name: 'Hôtel du Lac', upstreamId: '478802', network: ['Chalet Bleu'] },
  ])
  await shared.sql.query(`UPDATE connections SET consented_by_email = 'greta@becker.example' WHERE name = 'Gasthof Becker' AND organization_id = $1`, [organization.id])
  await shared.sql.query('INSERT INTO hand_out_origins (machine_key_id, connection_id, address, first_at) VALUES ($1, $1, $2, now())', [first, '192.0.2.1'])
  const { page } = await open(organization.people.support)
  const rows = page.getByRole('table', { name: 'Connections' }).getByRole('row')
  const dialog = page.getByRole('dialog')

  await test.step('a card filters, in the address, and a second press shows all again', async () => {
    await page.goto(pages.connections())
    const card = page.getByRole('button', { name: /^Needs reconnect/ })
    await expect(card).toHaveText(/1$/)
    await card.click()
    await expect(page).toHaveURL(/\?bucket=reconnect$/)
    await expect(rows).toHaveCount(2)
    await expect(rows.nth(1)).toContainText('Casa Azahar')
    await card.click()
    await expect(rows).toHaveCount(5)
    await page.getByRole('button', { name: /^Never used/ }).click()
    await expect(rows).toHaveCount(4)
    await expect(page.getByRole('table', { name: 'Connections' })).not.toContainText('Locanda Bianchi')
  })

  await test.step('a slash opens the search on every page, and finds by name, covered property, id and mail', async () => {
    await page.goto(pages.overview())
    await expect(page.getByRole('button', { name: 'Search', exact: true }).filter({ visible: true })).toBeVisible()
    await page.keyboard.press('/')
    const box = dialog.getByRole('searchbox')
    await expect(box).toBeFocused()
    const found = dialog.getByRole('list', { name: 'Found connections' }).getByRole('link')
    for (const [text, name] of [['chalet', 'Hôtel du Lac'], ['402143', 'Casa Azahar'], ['greta@', 'Gasthof Becker'], ['locanda', 'Locanda Bianchi']] as const) {
      await box.fill(text)
      await expect(found).toHaveCount(1)
      await expect(found).toContainText(name)
    }
    await box.fill('nowhere at all')
    await expect(dialog.getByText('Nothing here has that in its name, id, mail or ticket.')).toBeVisible()
    await box.fill('locanda')
    await expect(found).toHaveCount(1)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(new RegExp(`${pages.connection(first)}$`))
    await expect(dialog).toBeHidden()
  })
})
