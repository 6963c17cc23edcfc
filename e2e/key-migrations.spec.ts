import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { pages } from '@/contracts/paths'
import type { TestOrganization } from '@/tests/make-organization'
import { plantConnections } from './support/plant-connections'
import type { StoryConsole } from './support/shared-console'
import { expect, test } from './support/test'
import { toast } from './support/toast'

/** With a doubted token it is half a minute until the second look. */
const MIGRATED_MS = 90_000

test('a file with all verdicts is looked at line by line, migrated, and becomes verified connections', async ({ open, organization, shared }) => {
  test.setTimeout(120_000)
  const keys = await giveKeys(shared, organization.apiClient.clientId, ['455301', '455309', '455316'])
  await plantConnections(shared, organization, [{ name: 'Casa Azahar', upstreamId: '402143' }])
  const { page } = await open(organization.people.developer)
  const dryRun = page.getByRole('table', { name: 'Lines and what would become of them' })
  const lines = page.getByRole('table', { name: 'Lines of this migration' })

  await test.step('leads there from the navigation, and says inline what is missing', async () => {
    await page.goto(pages.overview())
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Migrations' }).click()
    await expect(page.getByText('No old key was migrated yet')).toBeVisible()
    await page.getByRole('link', { name: 'Migrate old keys' }).first().click()
    await page.getByRole('button', { name: 'Start the migration' }).click()
    await expect(page.getByText('Enter a name of 1 to 80 characters.')).toBeVisible()
    await expect(page.getByText('There is no key to migrate yet.').first()).toBeVisible()
  })

  await test.step('migrates one key ahead', async () => {
    await page.getByLabel('Paste keys').fill(`${keys['455316']};455316`)
    await nameIt(page, 'One ahead')
    await page.getByRole('button', { name: 'Migrate 1 key' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'One ahead' })).toBeVisible()
    await expectState(page, 'Finished')
    await expect(lines.getByRole('row', { name: /^1 455316/ })).toContainText('Verified')
  })

  await test.step('lets columns be chosen that the heading does not tell, and never shows a key', async () => {
    await page.goto(pages.newKeyMigration())
    const rows = [
      'Alpha;Beta;Gamma',
      `${keys['455301']};455301;Gasthof Becker`,
      `${keys['455309']};455309;=cmd`,
      `${keys['455301']};455301;again`,
      `${keys['455316']};455316;`,
      'k7Qp2xVn94Lr;402143;Casa Azahar',
      'k7Qp2xVn 94Ls;455322;',
      'k7Qp2xVn94Lt;4,55E+05;',
    ]
    await page.getByLabel('Or choose a CSV file').setInputFiles({ name: 'keys.csv', mimeType: 'text/csv', buffer: Buffer.from(`\uFEFF${rows.join('\r\n')}\r\n`) })
    await expect(page.getByText('Line 1, column 1 (Alpha): No column is named as the old key')).toBeVisible()
    await page.getByLabel('Old key', { exact: true }).selectOption({ label: 'Column 1, Alpha' })
    await page.getByLabel('Property id').selectOption({ label: 'Column 2, Beta' })
    await page.getByLabel('Name of the property').selectOption({ label: 'Column 3, Gamma' })
    await expect(page.getByRole('table', { name: 'First lines of the file' })).toContainText('Gasthof Becker')
    for (const key of Object.values(keys)) expect(await page.locator('main').innerText()).not.toContain(key)
  })

  await test.step('says what would become of each line before anything is sent', async () => {
    await expect(dryRun.getByRole('row', { name: /^2 455301/ })).toContainText('Ready')
    await expect(dryRun.getByRole('row', { name: /^4 / })).toContainText('The same key and property as in line 2')
    await expect(dryRun.getByRole('row', { name: /^5 455316/ })).toContainText('Already migrated')
    await expect(dryRun.getByRole('row', { name: /^6 402143/ })).toContainText('Already connected')
    await expect(dryRun.getByRole('row', { name: /^7 / })).toContainText('column 1 (Alpha): A blank stands within the key')
    await expect(dryRun.getByRole('row', { name: /^8 / })).toContainText('column 2 (Beta): A spreadsheet has rounded this number')
    await page.getByLabel('Show').selectOption({ label: 'Malformed (2)' })
    await expect(dryRun.getByRole('row')).toHaveCount(3)
    expect(await issuedOnce(shared, organization)).toEqual({ '455316': 1 })
  })

  await test.step('migrates what is ready, and records what is done already', async () => {
    await nameIt(page, 'Baviera')
    await page.getByRole('button', { name: 'Migrate 4 keys' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Baviera' })).toBeVisible()
    await expectState(page, 'Finished')
    await expect(page.getByText(/^4 of 4 lines/)).toBeVisible()
    await expect(lines.getByRole('row', { name: /^2 455301/ })).toContainText('Verified')
    await expect(lines.getByRole('row', { name: /^5 455316/ })).toContainText('An earlier migration did it')
    await expect(lines.getByRole('row', { name: /^6 402143/ })).toContainText('The property is connected already')
    expect(await issuedOnce(shared, organization)).toEqual({ '455316': 1, '455301': 1, '455309': 1 })
  })

  await test.step('shows the same after a reload, filters, and gives a report that runs nothing', async () => {
    await page.reload()
    await expect(lines.getByRole('row')).toHaveCount(5)
    await page.getByLabel('Show').selectOption({ label: 'Skipped (2)' })
    await expect(lines.getByRole('row')).toHaveCount(3)
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download the report' }).click()
    const report = await readFile(await (await downloading).path(), 'utf8')
    expect(report).toContain('455301')
    expect(report).not.toMatch(/(^|,)"?=cmd/m)
    for (const key of Object.values(keys)) expect(report).not.toContain(key)
    for (const key of Object.values(keys)) expect(await page.content()).not.toContain(key)
  })

  await test.step('leaves connections like any other', async () => {
    await page.goto(pages.connections())
    await page.getByRole('link', { name: 'Gasthof Becker' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Gasthof Becker' })).toBeVisible()
    await expect(page.getByText('Healthy').first()).toBeVisible()
  })
})

test('the wrong API client stops at the first key, and all others are left as they were', async ({ open, organization, shared }) => {
  test.setTimeout(150_000)
  const other = `other-${organization.id}`
  await shared.sandbox.addApiClient({ clientId: other, clientSecret: 'sbx_other', redirectUris: [] })
  const keys = await giveKeys(shared, other, ['478802', '478810', '478817', '478825'])
  const { page } = await open(organization.people.owner)
  await page.goto(pages.newKeyMigration())
  await expect(page.getByText('The wrong API client uses keys up')).toBeVisible()
  await page.getByLabel('Paste keys').fill(tableOf(keys))
  await nameIt(page, 'Annecy')
  await page.getByRole('button', { name: 'Migrate 4 keys' }).click()
  await expectState(page, 'Stopped by itself')
  await expect(page.getByText('A token came that can not be used: the API client is most likely the wrong one')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Lines of this migration' }).getByRole('row', { name: /^2 / })).toContainText('it can not be refreshed as this API client')
  await expect(step(page, '1 key')).toContainText('Stopped')
  expect(Object.values(await issuedOnce(shared, organization, other))).toEqual([1])
  await page.getByRole('button', { name: 'Cancel the migration' }).click()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('3 waiting lines are skipped')
  await question.getByRole('button', { name: 'Cancel the migration' }).click()
  await expect(toast(page, 'The migration was cancelled')).toBeVisible()
  await expectState(page, 'Cancelled')
  expect(Object.values(await issuedOnce(shared, organization, other))).toEqual([1])
})

test('a migration is paused, is still paused after a reload, and goes on at another pace', async ({ open, organization, shared }) => {
  const keys = await giveKeys(shared, organization.apiClient.clientId, [
    '310046', '310051', '310058', '310063', '310070', '310077', '310082', '310089', '310094', '324410', '324417', '324425', '324431',
  ])
  const { page } = await open(organization.people.owner)
  await page.goto(pages.newKeyMigration())
  await page.getByLabel('Paste keys').fill(tableOf(keys))
  await nameIt(page, 'Roma')
  await page.getByLabel('Keys a second').selectOption({ label: '1 a second' })
  await page.getByRole('button', { name: 'Migrate 13 keys' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Roma' })).toBeVisible()
  await expect(page.getByText(/^[1-9]\d* of 13 lines/)).toBeVisible({ timeout: MIGRATED_MS })
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(toast(page, 'Nothing new is sent')).toBeVisible()
  await page.reload()
  await expectState(page, 'Paused')
  await expect(step(page, 'The rest')).toContainText('Waiting')
  await page.getByLabel('Pace').selectOption({ label: '20 a second' })
  await expect(toast(page, 'The pace was changed')).toBeVisible()
  await page.getByRole('button', { name: 'Go on' }).click()
  await expectState(page, 'Finished')
  await expect(page.getByText(/^13 of 13 lines/)).toBeVisible()
  expect(Object.values(await issuedOnce(shared, organization))).toEqual(Array.from({ length: 13 }, () => 1))
})

test('a lost answer leaves a line whose fate is unknown, which is never sent again and leads to a consent', async ({ open, organization, shared }) => {
  const { clientId } = organization.apiClient
  const keys = await giveKeys(shared, clientId, ['611402', '611409'])
  await shared.sandbox.addFault({ endpoint: 'identity/migrate', clientId, kind: 'reset', when: 'after' })
  const { page } = await open(organization.people.owner)
  await page.goto(pages.newKeyMigration())
  await page.getByLabel('Paste keys').fill(tableOf(keys))
  await nameIt(page, 'Portugal')
  await page.getByRole('button', { name: 'Migrate 2 keys' }).click()
  await expectState(page, 'Stopped by itself')
  await expect(page.getByText('An answer of Octorate was lost, and the next may be too')).toBeVisible()
  await expect(page.getByText('The fate of 1 key is unknown')).toBeVisible()
  await page.getByRole('button', { name: 'Go on' }).click()
  await expectState(page, 'Finished')
  const lines = page.getByRole('table', { name: 'Lines of this migration' })
  const [lost, good] = [lines.getByRole('row', { name: /^2 611402/ }), lines.getByRole('row', { name: /^3 611409/ })]
  await expect(good).toContainText('Verified')
  await expect(lost).toContainText('It may have issued a token that never reached us')
  expect(await issuedOnce(shared, organization)).toEqual({ '611402': 1, '611409': 1 })
  await lost.getByRole('button', { name: 'Let the hotelier consent' }).click()
  const dialog = page.getByRole('dialog', { name: 'Connect a property by link' })
  await expect(dialog.getByLabel(/^Octorate id of the property/)).toHaveValue('611402')
})

test('old keys are retired and erased by typing a word, and those in use are left', async ({ open, organization, shared }) => {
  const keys = await giveKeys(shared, organization.apiClient.clientId, ['590114', '590121'])
  const { page } = await open(organization.people.owner)
  await page.goto(pages.oldKeys())
  await expect(page.getByText('No old key was brought yet')).toBeVisible()
  await page.goto(pages.newKeyMigration())
  await page.getByLabel('Paste keys').fill(`${tableOf(keys)}\nsbx_legacy_of_nobody;590128`)
  await nameIt(page, 'Kyoto')
  await page.getByRole('button', { name: 'Migrate 3 keys' }).click()
  await expectState(page, 'Finished')
  await expect(page.getByRole('table', { name: 'Lines of this migration' }).getByRole('row', { name: /^4 / })).toContainText('Octorate does not know this key')

  await page.goto(pages.keyMigrations())
  await page.getByRole('link', { name: 'Old keys', exact: true }).click()
  const ledger = page.getByRole('table', { name: 'Ledger of old keys' })
  await expect(ledger.getByRole('row')).toHaveCount(4)
  await page.getByRole('button', { name: 'Select all 3 keys' }).click()
  await expect(page.getByText('3 keys are selected')).toBeVisible()
  await page.getByRole('button', { name: 'Retire' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Retire' }).click()
  await expect(toast(page, '2 keys were retired, 1 was left as it is')).toBeVisible()
  await expect(ledger.getByRole('row').filter({ hasText: '590128' })).toContainText('Not migrated')

  await page.getByLabel('Show').selectOption({ label: 'Retired (2)' })
  await page.getByRole('checkbox', { name: 'Select the key of property 590114' }).check()
  await page.getByRole('button', { name: 'Erase' }).click()
  const question = page.getByRole('alertdialog')
  const confirm = question.getByRole('button', { name: 'Erase for good' })
  await expect(confirm).toBeDisabled()
  await question.getByLabel('Type “erase” to go on').fill('erase')
  await confirm.click()
  await expect(toast(page, '1 key was erased')).toBeVisible()
  await page.getByLabel('Show').selectOption({ label: 'Erased (1)' })
  await expect(ledger.getByRole('row').filter({ hasText: '590114' })).toContainText('Erased')
  const { rows } = await shared.sql.query('SELECT property_id, key_sealed FROM old_keys WHERE organization_id = $1 ORDER BY property_id', [organization.id])
  expect(rows.map(({ property_id: id, key_sealed: sealed }) => [id, sealed === null])).toEqual([['590114', true], ['590121', false], ['590128', false]])
})

test('a file of five thousand lines is shown by the rows that are seen', async ({ open, organization }) => {
  const { page } = await open(organization.people.owner)
  await page.goto(pages.newKeyMigration())
  const rows = Array.from({ length: 5_000 }, (_none, index) => `sbx_legacy_${700_000 + index};${700_000 + index};Hotel ${index + 1}`)
  await page.getByLabel('Or choose a CSV file').setInputFiles({ name: 'keys.csv', mimeType: 'text/csv', buffer: Buffer.from(`key;property_id;name\r\n${rows.join('\r\n')}`) })
  await expect(page.getByText('5,000 lines were read').first()).toBeVisible()
  await expect(page.getByRole('paragraph').filter({ hasText: '5,000 keys are ready' })).toBeVisible()
  expect(await page.getByRole('table', { name: 'Lines and what would become of them' }).getByRole('row').count()).toBeLessThan(60)
  const region = page.getByRole('region', { name: 'Lines and what would become of them' })
  await region.evaluate((box) => box.scrollTo({ top: box.scrollHeight, behavior: 'instant' }))
  await expect(page.getByRole('cell', { name: '704999' })).toBeVisible()
})

test('support sees nothing of migrations', async ({ open, organization }) => {
  const { page } = await open(organization.people.support)
  await page.goto(pages.overview())
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Migrations' })).toHaveCount(0)
  for (const address of [pages.keyMigrations(), pages.newKeyMigration(), pages.oldKeys(), pages.keyMigration(crypto.randomUUID())]) {
    await page.goto(address, { waitUntil: 'commit' })
    await expect(page).toHaveURL(pages.overview())
  }
})

/** Old keys of the deprecated API, by property. */
async function giveKeys({ sandbox }: StoryConsole, clientId: string, properties: readonly string[]): Promise<Record<string, string>> {
  const keys: Record<string, string> = {}
  for (const accommodation of properties) {
    const key = `sbx_legacy_${accommodation}_${clientId.slice(-12)}`
    await sandbox.call('POST', 'legacy-keys', { key, accommodation, clientId })
    keys[accommodation] = key
  }
  return keys
}

function tableOf(keys: Readonly<Record<string, string>>): string {
  return ['key;property_id', ...Object.entries(keys).map(([property, key]) => `${key};${property}`)].join('\n')
}

async function nameIt(page: Page, name: string): Promise<void> {
  await page.getByLabel(/^Name of this migration/).fill(name)
}

/** Beside the heading: the same words stand in the list of stages and lines. */
async function expectState(page: Page, state: string): Promise<void> {
  await expect(page.locator('[data-slot=page-header]').getByText(state, { exact: true })).toBeVisible({ timeout: MIGRATED_MS })
}

function step(page: Page, label: string): Locator {
  return page.getByRole('list', { name: 'Stages of the migration' }).getByRole('listitem').filter({ hasText: label })
}

/** How often Octorate has really issued tokens for a key of these properties. */
async function issuedOnce({ sandbox }: StoryConsole, { apiClient }: TestOrganization, clientId = apiClient.clientId): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { accommodation, clientId: of } of (await sandbox.truth({ type: 'key.migrated' })) as { accommodation: string; clientId: string }[]) {
    if (of === clientId) counts[accommodation] = (counts[accommodation] ?? 0) + 1
  }
  return counts
}
