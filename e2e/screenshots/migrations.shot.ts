import path from 'node:path'
import type { Page } from '@playwright/test'
import { pages } from '@/contracts/paths'
import { plantKeyMigration } from '../support/plant-key-migration'
import { expect, test } from '../support/test'
import { makeNorthwind } from './northwind'

const folder = process.env['KEYRACK_PICTURES']
const LOOKS = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  { name: 'phone', colorScheme: 'light', viewport: { width: 360, height: 740 } },
  { name: 'phone-dark', colorScheme: 'dark', viewport: { width: 360, height: 740 } },
] as const

test.skip(folder === undefined, 'no folder was given for these pictures')

test('pictures of migrations, with a thousand and with five thousand lines', async ({ open, organization: empty, shared }) => {
  const organization = await makeNorthwind(shared)
  const { page } = await open(organization.people.owner, { reducedMotion: 'reduce', viewport: LOOKS[0].viewport })
  const running = await plantKeyMigration(shared, organization, { name: 'Every hotel of the old channel manager', lines: 5_000, state: 'running' })
  const stopped = await plantKeyMigration(shared, organization, { name: 'Lazio', lines: 1_000, state: 'stopped', stage: 'first_line', stopReason: 'line_not_verified' })
  await plantKeyMigration(shared, organization, { name: 'Veneto', lines: 24, state: 'finished' })
  for (const [name, address] of Object.entries({
    list: pages.keyMigrations(), running: pages.keyMigration(running), stopped: pages.keyMigration(stopped), 'old-keys': pages.oldKeys(), new: pages.newKeyMigration(),
    'api-client': pages.apiClient(organization.apiClient.id),
  })) {
    await page.goto(address)
    await take(page, name)
  }
  await page.goto(pages.oldKeys())
  await page.getByRole('button', { name: /^Select all/ }).click()
  await page.getByRole('button', { name: 'Erase' }).click()
  await take(page, 'question-erase')
  await page.goto(pages.keyMigration(running))
  await page.getByRole('button', { name: 'Cancel the migration' }).click()
  await take(page, 'question-cancel')
  await takeForm(page)

  const newcomer = await open(empty.people.owner, { reducedMotion: 'reduce', viewport: LOOKS[0].viewport })
  for (const [name, address] of Object.entries({ 'list-empty': pages.keyMigrations(), 'old-keys-empty': pages.oldKeys() })) {
    await newcomer.page.goto(address)
    await take(newcomer.page, name)
  }
})

/** The form with a file of five thousand lines, with columns that nobody knows, and with mistakes. */
async function takeForm(page: Page): Promise<void> {
  await page.goto(pages.newKeyMigration())
  const rows = Array.from({ length: 5_000 }, (_none, index) =>
    index % 6 === 5 ? `k7Qp2xVn 94L${index};${800_000 + index};Hotel ${index}` : `k7Qp2xVn94Lr${index};${index === 3 ? 324_410 : 800_000 + index};Hotel Bellavista ${index + 1}`,
  )
  await page.getByLabel('Or choose a CSV file').setInputFiles({
    name: 'keys-of-the-old-channel-manager.csv', mimeType: 'text/csv', buffer: Buffer.from(`key;property_id;name\r\n${rows.join('\r\n')}`),
  })
  await page.getByRole('radio', { name: /^Channel sync/ }).check()
  await expect(page.getByText(/keys are ready/).first()).toBeVisible()
  await take(page, 'form')
  await page.goto(pages.newKeyMigration())
  await page.getByLabel('Paste keys').fill('Alpha;Beta;Gamma\nk7Qp2xVn94Lr;700001;Hotel Miramare\nk7Qp2xVn94Ls;700002;Hotel Bellavista')
  await page.getByRole('button', { name: 'Start the migration' }).click()
  await expect(page.getByText('Choose the API client that the keys were issued for.')).toBeVisible()
  await take(page, 'form-mistakes')
}

/** One picture in each look. */
async function take(page: Page, name: string): Promise<void> {
  await expect(page.locator('[data-slot=skeleton]')).toHaveCount(0)
  await expect(page.getByRole('cell', { name: '…' })).toHaveCount(0)
  for (const look of LOOKS) {
    await page.setViewportSize(look.viewport)
    await page.emulateMedia({ colorScheme: look.colorScheme })
    await page.screenshot({ path: path.join(folder ?? '', `migrations-${name}-${look.name}.png`), fullPage: true, animations: 'disabled', timeout: 60_000 })
  }
  await page.setViewportSize(LOOKS[0].viewport)
  await page.emulateMedia({ colorScheme: 'light' })
}
