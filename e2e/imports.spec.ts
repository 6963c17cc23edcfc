import { readFile } from 'node:fs/promises'
import { pages } from '@/contracts/paths'
import { expect, test } from './support/test'
import { toast } from './support/toast'

const owned = (propertyId: string) => ({ username: 'marco.bianchi', properties: [propertyId] })

test('tokens of another system are looked at, brought, told about line by line, and handed back', async ({ open, organization, shared }) => {
  const { apiClient } = organization
  const [one, two] = await Promise.all(['324410', '324417'].map((id) => shared.sandbox.grant({ ...apiClient, ...owned(id) })))
  const tokens = [one?.refreshToken ?? '', two?.refreshToken ?? '']
  const { page } = await open(organization.people.developer)
  const dryRun = page.getByRole('table', { name: 'Lines and what would become of them' })
  const lines = page.getByRole('table', { name: 'Lines of this import' })

  await test.step('leads from the list of connections, and says inline what is missing', async () => {
    await page.goto(pages.connections())
    await page.getByRole('link', { name: 'Import connections' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Import connections' })).toBeVisible()
    await expect(page.getByText('No import was started yet.')).toBeVisible()
    await page.getByRole('button', { name: 'Start the import' }).click()
    await expect(page.getByText('Enter a name of 1 to 80 characters.')).toBeVisible()
    await expect(page.getByText('There is no token to import yet.')).toBeVisible()
    await expect(page.getByLabel(/^Name of this cohort/)).toBeFocused()
  })

  await test.step('shows what would become of each line before anything is sent', async () => {
    await page.getByLabel(/^Name of this cohort/).fill('Veneto, first night')
    await page.getByLabel(/^Paste tokens/).fill(
      ['refresh_token;property_id;name', `${tokens[0]};324410;Locanda`, `${tokens[1]};324417;=cmd`, `${tokens[0]};;again`, 'abc;1;', `${tokens[1]}x;3.2E+11;`].join('\n'),
    )
    await expect(dryRun.getByRole('row', { name: /^2 324410/ })).toContainText('Ready')
    await expect(dryRun.getByRole('row', { name: /^4 / })).toContainText('The same token as in line 2')
    await expect(dryRun.getByRole('row', { name: /^5 / })).toContainText('refresh token: Too short')
    await expect(dryRun.getByRole('row', { name: /^6 / })).toContainText('property id: A spreadsheet has rounded this number')
    await expect(page.getByRole('paragraph').filter({ hasText: '2 tokens are ready · 1 duplicate · 2 lines can not be imported' })).toBeVisible()
    await expect(dryRun).not.toContainText(tokens[0] ?? '')
  })

  await test.step('brings them, and each line says what it came to', async () => {
    await page.getByRole('button', { name: 'Import 3 tokens' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Veneto, first night' })).toBeVisible()
    await expect(page.getByText('Finished', { exact: true }).first()).toBeVisible({ timeout: 30_000 })
    await expect(lines.getByRole('row', { name: /^2 324410/ })).toContainText('Connected')
    await expect(lines.getByRole('row', { name: /^4 / })).toContainText('The same token stands in an earlier line')
    await expect(page.getByText('3 of 3 lines')).toBeVisible()
  })

  await test.step('shows the same after a reload, and filters', async () => {
    await page.reload()
    // Rows are drawn in the browser alone: once they are there, the page listens.
    await expect(lines.getByRole('row')).toHaveCount(4)
    await page.getByLabel('Show').selectOption({ label: 'Duplicate (1)' })
    await expect(lines.getByRole('row')).toHaveCount(2)
    await page.getByLabel('Show').selectOption({ label: 'Refused (0)' })
    await expect(page.getByText('No line is in this state.')).toBeVisible()
    expect(await page.content()).not.toContain(tokens[0])
  })

  await test.step('gives a report that a spreadsheet opens without running anything', async () => {
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download the report' }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toBe('import-Veneto-first-night.csv')
    const report = await readFile(await download.path(), 'utf8')
    expect(report).toContain(`"2","324410","Locanda","Connected"`)
    expect(report).toContain(`"'=cmd"`)
    for (const token of tokens) expect(report).not.toContain(token)
  })

  await test.step('hands them back, so that the old system goes on', async () => {
    await page.getByRole('button', { name: 'Hand back' }).click()
    const question = page.getByRole('alertdialog')
    await expect(question).toContainText('Keyrack stops using 2 connections of this cohort')
    await question.getByRole('button', { name: 'Hand back' }).click()
    await expect(toast(page, 'The cohort was handed back')).toBeVisible()
    await page.getByLabel('Show').selectOption({ label: 'Handed back (2)' })
    await expect(lines.getByRole('row')).toHaveCount(3)
    const answer = await fetch(`${shared.sandboxOrigin}/connect/rest/v1/identity/refresh`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: apiClient.clientId, client_secret: apiClient.clientSecret, refresh_token: tokens[0] ?? '' }),
    })
    expect(answer.status).toBe(200)
    await page.goto(pages.importConnections())
    await expect(page.getByRole('link', { name: 'Veneto, first night' })).toBeVisible()
  })
})

test('a file of a thousand lines is shown by the rows that are seen, and can be cancelled', async ({ open, organization }) => {
  const { page } = await open(organization.people.owner)
  await page.goto(pages.importConnections())
  const rows = Array.from({ length: 1_000 }, (_none, index) => `sbx_unknown_token_${index};${700_000 + index};Hotel ${index + 1}`)
  await page.getByLabel('Or choose a CSV file').setInputFiles({
    name: 'tokens.csv', mimeType: 'text/csv', buffer: Buffer.from(`\uFEFFrefresh_token;property_id;name\r\n${rows.join('\r\n')}`),
  })
  await expect(page.getByText('tokens.csv, 1,000 lines')).toBeVisible()
  await expect(page.getByRole('paragraph').filter({ hasText: '1,000 tokens are ready' })).toBeVisible()
  expect(await page.getByRole('table', { name: 'Lines and what would become of them' }).getByRole('row').count()).toBeLessThan(60)
  await page.getByLabel(/^Name of this cohort/).fill('Everything')
  await page.getByRole('button', { name: 'Import 1,000 tokens' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Everything' })).toBeVisible()
  expect(await page.getByRole('table', { name: 'Lines of this import' }).getByRole('row').count()).toBeLessThan(60)
  await page.getByRole('button', { name: 'Cancel the import' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel the import' }).click()
  await expect(toast(page, 'The import was cancelled')).toBeVisible()
  await expect(page.getByText('Cancelled', { exact: true }).first()).toBeVisible()
  const region = page.getByRole('region', { name: 'Lines of this import' })
  await region.evaluate((box) => box.scrollTo({ top: box.scrollHeight, behavior: 'instant' }))
  await expect(page.getByRole('cell', { name: '700999' })).toBeVisible()
  expect(await page.getByRole('table', { name: 'Lines of this import' }).getByRole('row').count()).toBeLessThan(60)
})

test('a role that may not import finds no way there', async ({ open, organization }) => {
  const { page } = await open(organization.people.support)
  await page.goto(pages.connections())
  await expect(page.getByRole('heading', { level: 1, name: 'Connections' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Import connections' })).toHaveCount(0)
  await page.goto(pages.importConnections())
  await expect(page).toHaveURL(pages.overview())
  await page.goto(pages.connectionImport(crypto.randomUUID()))
  await expect(page).toHaveURL(pages.overview())
})
