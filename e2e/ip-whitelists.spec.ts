import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { pages } from '@/contracts/paths'
import { plantAddressList } from '@/tests/plant-address-list'
import { plantConnections } from './support/plant-connections'
import { expectProblem } from './support/problems'
import { expect, test } from './support/test'
import { toast } from './support/toast'

const HOUR_MS = 60 * 60_000
const list = (page: Page) => page.getByRole('list', { name: 'Octorate IP whitelist', exact: true })
const line = (page: Page, block: string) => list(page).locator('> li').filter({ has: page.getByText(block, { exact: true }) })
const lines = (page: Page) => list(page).locator('> li > div code')

/** Fills the form for one entry, as far as it goes. */
async function fillEntry(page: Page, block: string, comment: string): Promise<void> {
  await page.getByRole('button', { name: 'Add an entry' }).click()
  await page.getByRole('textbox', { name: 'Address or network' }).fill(block)
  await page.getByRole('textbox', { name: 'Comment' }).fill(comment)
}

test('a list goes from nothing to a letter, confirmed, and verified by what Octorate answers', async ({ open, organization, shared }) => {
  const { id, clientId } = organization.apiClient
  await plantConnections(shared, organization, [{ name: 'Hotel Fontana Chiara', upstreamId: '324410' }])
  const { page } = await open(organization.people.developer)
  const steps = page.getByRole('list', { name: 'From draft to verified' }).getByRole('listitem')
  const answers = page.getByRole('list', { name: 'What Octorate answered' }).getByRole('listitem')

  await test.step('says what belongs here, and which list this is not', async () => {
    await page.goto(pages.apiClient(id))
    await page.getByRole('link', { name: 'Octorate IP whitelist' }).click()
    await expect(page.getByText('Octorate is asked to let in no address')).toBeVisible()
    await expect(page.getByText('This is what Octorate should let in')).toBeVisible()
    await expect(page.getByText('Octorate keeps the real list in its firewall and offers no API for it.')).toBeVisible()
  })

  await test.step('offers the network that was meant, and wants to know why it is there', async () => {
    await page.getByRole('button', { name: 'Add an entry' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add an entry' })
    await dialog.getByRole('textbox', { name: 'Address or network' }).fill('8.8.8.9/24')
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(dialog.getByText('The network does not begin at this address: bits behind the prefix length are set.')).toBeVisible()
    await expect(dialog.getByText('Say why it is here. In a year nobody remembers.')).toBeVisible()
    await dialog.getByRole('button', { name: 'Use 8.8.8.0/24' }).click()
    await expect(dialog.getByText('256 addresses.')).toBeVisible()
    await dialog.getByRole('textbox', { name: 'Comment' }).fill('Data centre Frankfurt')
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(dialog).toBeHidden()
    await expect(line(page, '8.8.8.0/24')).toContainText('Data centre Frankfurt')
    await expect(line(page, '8.8.8.0/24')).toContainText('Ask Robin developer')
  })

  await test.step('takes an entry that removes itself, and says that Octorate never sees such an address', async () => {
    await fillEntry(page, '127.0.0.1', 'This console, for a trial')
    await page.getByLabel('Stays').selectOption('6 hours')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(line(page, '127.0.0.1')).toContainText(/removes itself in [56] hours/)
    await expect(line(page, '127.0.0.1')).toContainText('The machine itself. Octorate never sees it.')
    await expect(page.getByText('257 addresses, in 2 pieces.')).toBeVisible()
  })

  await test.step('makes the letter with the exact list and the difference', async () => {
    await page.getByRole('button', { name: 'Write the letter (2 more, 0 less)' }).click()
    await expect(toast(page, 'The letter is ready: send it to Octorate')).toBeVisible()
    const letter = page.getByRole('figure').filter({ hasText: 'exactly this list' })
    await expect(letter).toContainText('8.8.8.0/24\n127.0.0.1\n\nAgainst what you confirmed last these are new:\n\n8.8.8.0/24\n127.0.0.1')
    await page.getByRole('button', { name: 'I have sent it' }).click()
    await expect(page.getByText('Octorate has not confirmed any list yet')).toBeVisible()
  })

  await test.step('is refused by Octorate as long as the address is not in its firewall', async () => {
    await page.getByRole('button', { name: 'Verify from this server' }).click()
    await expect(answers).toHaveCount(1)
    await expect(answers.first()).toContainText('Refused')
    await expect(answers.first()).toContainText('status 403')
    await expect(steps.nth(3)).toHaveAttribute('data-status', 'waiting')
  })

  await test.step('is confirmed, with how Octorate said so', async () => {
    await shared.sandbox.call('PUT', `api-clients/${clientId}/addresses`, { addresses: ['8.8.8.0/24', '127.0.0.1'] })
    await page.getByRole('button', { name: 'Octorate confirmed it' }).click()
    const dialog = page.getByRole('dialog', { name: 'Octorate confirmed version 1' })
    await dialog.getByRole('button', { name: 'Write it down' }).click()
    await expect(dialog.getByText('Say how Octorate said so.')).toBeVisible()
    await dialog.getByRole('textbox', { name: 'How Octorate said so' }).fill('mail of 25 November')
    await dialog.getByRole('button', { name: 'Write it down' }).click()
    await expect(page.getByText('Octorate confirmed exactly this list')).toBeVisible()
    await expect(page.getByText('Version 1 was confirmed, says Robin developer: mail of 25 November.')).toBeVisible()
  })

  await test.step('is verified by a call that gets through', async () => {
    await page.getByRole('button', { name: 'Verify from this server' }).click()
    await expect(answers).toHaveCount(2)
    await expect(answers.first()).toContainText('Allowed')
    await expect(steps.nth(3)).toHaveAttribute('data-status', 'done')
  })

  await test.step('shows what differs from then on', async () => {
    await page.getByRole('button', { name: 'Remove: 8.8.8.0/24' }).click()
    await expect(line(page, '8.8.8.0/24')).toHaveCount(0)
    await expect(page.getByText('The list differs from what Octorate confirmed last')).toBeVisible()
    await expect(page.getByRole('list', { name: '1 entry less' })).toContainText('8.8.8.0/24')
    await expect(page.getByRole('button', { name: 'Write the letter (0 more, 1 less)' })).toBeVisible()
  })

  await test.step('loses an entry whose time is over, and the list is empty by itself', async () => {
    await shared.sql.query("UPDATE address_entries SET expires_at = now() - interval '1 second' WHERE organization_id = $1 AND block = '127.0.0.1'", [organization.id])
    await page.reload()
    await expect(page.getByText('Octorate is asked to let in no address')).toBeVisible()
  })
})

test('many entries are brought in, judged, ordered, merged, checked and handed out', async ({ open, organization, shared }) => {
  const { id } = organization.apiClient
  await plantAddressList(shared, organization, {
    holder: { apiClientId: id },
    entries: [
      { block: '8.8.8.0/25', comment: 'Cluster A', addedDaysAgo: 100 },
      { block: '8.8.8.128/25', comment: 'Cluster B' },
      { block: '8.8.8.8', comment: 'Old gateway' },
    ],
  })
  const { page } = await open(organization.people.developer)
  await page.goto(pages.ipWhitelist(id))

  await test.step('says of each line what there is to say, with the click that settles it', async () => {
    await expect(line(page, '8.8.8.8')).toContainText('Line 1 covers it already.')
    await expect(line(page, '8.8.8.0/25')).toContainText('With its neighbours it makes 8.8.8.0/24.')
    await line(page, '8.8.8.8').getByRole('button', { name: 'Remove line 3' }).click()
    await expect(lines(page)).toHaveText(['8.8.8.0/25', '8.8.8.128/25'])
  })

  await test.step('asks for a review of what nobody looked at for 90 days', async () => {
    await expect(page.getByText('One entry was not reviewed or not used for 90 days')).toBeVisible()
    await page.getByRole('button', { name: 'All reviewed' }).click()
    await expect(page.getByText('not reviewed for 90 days')).toBeHidden()
    await expect(line(page, '8.8.8.0/25')).toContainText('Reviewed')
  })

  const dialog = page.getByRole('dialog', { name: 'Import entries' })
  const entries = dialog.getByRole('textbox', { name: 'Entries' })
  await test.step('shows what an import would do, and refuses the whole for one wrong line', async () => {
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await entries.fill('8.8.8.0/25\n9.9.9.9 # dns\n9.9.9.9\n1.1.1.9/24')
    await dialog.getByRole('textbox', { name: 'Comment' }).fill('From the old sheet')
    await dialog.getByRole('button', { name: 'Check' }).click()
    const outcomes = dialog.getByRole('table', { name: 'Lines of the import' }).getByRole('row')
    await expect(outcomes.nth(1)).toContainText('There already')
    await expect(outcomes.nth(2)).toContainText('Added')
    await expect(outcomes.nth(3)).toContainText('Twice in the text')
    await expect(outcomes.nth(4)).toContainText('1.1.1.0/24')
    await expect(dialog.getByText('One wrong line refuses the whole.')).toBeVisible()
    await expect(dialog.getByRole('button', { name: /^Import:/ })).toHaveCount(0)
  })

  await test.step('imports, with the difference said before', async () => {
    await entries.fill('8.8.8.0/25\n8.8.8.128/25\n9.9.9.9 # dns\n1.1.1.0/24')
    await dialog.getByRole('button', { name: 'Check' }).click()
    await expect(dialog.getByRole('list', { name: '2 entries more' })).toContainText('9.9.9.9')
    await dialog.getByRole('button', { name: 'Import: 2 entries more, 0 less' }).click()
    await expect(dialog).toBeHidden()
    await expect(lines(page)).toHaveText(['8.8.8.0/25', '8.8.8.128/25', '9.9.9.9', '1.1.1.0/24'])
    await expect(line(page, '9.9.9.9')).toContainText('dns')
    await expect(line(page, '1.1.1.0/24')).toContainText('From the old sheet')
  })

  await test.step('keeps the order that a person sets, by keys and by buttons', async () => {
    const handle = (block: string) => page.getByRole('button', { name: `Move ${block}: drag, or use the arrow keys, Home and End` })
    await handle('1.1.1.0/24').focus()
    await page.keyboard.press('Home')
    await expect(lines(page)).toHaveText(['1.1.1.0/24', '8.8.8.0/25', '8.8.8.128/25', '9.9.9.9'])
    await expect(page.getByText('1.1.1.0/24 is line 1 now')).toBeAttached()
    await expect(handle('1.1.1.0/24')).toBeFocused()
    await page.getByRole('button', { name: 'Move 9.9.9.9 up' }).click()
    const ordered = ['1.1.1.0/24', '8.8.8.0/25', '9.9.9.9', '8.8.8.128/25']
    await expect(lines(page)).toHaveText(ordered)
    await expect.poll(() => blocksOf(page, id)).toEqual(ordered)
  })

  await test.step('merges after showing before and after, and covers the same', async () => {
    await expect(page.getByText('513 addresses, in 3 pieces.')).toBeVisible()
    await page.getByRole('button', { name: 'Merge 4 entries into 3' }).click()
    const merge = page.getByRole('dialog', { name: 'Merge 4 entries into 3' })
    await expect(merge.getByText('Before and after the same 513 addresses are covered: nobody more, nobody less.')).toBeVisible()
    await expect(merge.getByRole('list', { name: 'Merges' })).toContainText('8.8.8.128/25')
    await merge.getByRole('button', { name: 'Merge', exact: true }).click()
    await expect(lines(page)).toHaveText(['1.1.1.0/24', '8.8.8.0/24', '9.9.9.9'])
    await expect(page.getByText('513 addresses, in 3 pieces.')).toBeVisible()
  })

  await test.step('names the line that an address belongs to, or the nearest', async () => {
    const address = page.getByRole('textbox', { name: 'IPv4 address to check' })
    const check = page.getByRole('button', { name: 'Check', exact: true })
    await address.fill('8.8.8.200')
    await check.click()
    await expect(page.getByText('By line 2: 8.8.8.0/24')).toBeVisible()
    await address.fill('8.8.9.1')
    await check.click()
    await expect(page.getByText('The nearest is line 2, 8.8.8.0/24: it misses by 2 addresses, and ends before it.')).toBeVisible()
    await address.fill('8.8.8.08')
    await check.click()
    await expect(page.getByText('This is no address')).toBeVisible()
  })

  await test.step('hands the list out as a file', async () => {
    await page.getByRole('button', { name: 'Export' }).click()
    const downloading = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'Text, one entry a line' }).click()
    const text = await readFile(await (await downloading).path(), 'utf8')
    expect(text).toContain('1.1.1.0/24')
    expect(text).toContain('9.9.9.9')
  })
})

test('every address there is: refused to a developer, and typed by an owner', async ({ open, organization }) => {
  const { id } = organization.apiClient
  const developer = await open(organization.people.developer)
  developer.watch.expectStatus(422)
  await developer.page.goto(pages.ipWhitelist(id))
  await fillEntry(developer.page, '0.0.0.0/0', 'Everybody')
  await expect(developer.page.getByText('This is wider than /8. Only an owner may add it.')).toBeVisible()
  await developer.page.getByRole('button', { name: 'Add', exact: true }).click()
  await expectProblem(developer.page, 'whitelist_too_wide')

  const owner = await open(organization.people.owner)
  owner.watch.expectStatus(422)
  await owner.page.goto(pages.ipWhitelist(id))
  await fillEntry(owner.page, '0.0.0.0/0', 'Everybody')
  await owner.page.getByRole('button', { name: 'Add', exact: true }).click()
  const question = owner.page.getByRole('alertdialog', { name: 'Cover more than a /8?' })
  await expect(question.getByRole('list', { name: 'Networks' })).toHaveText('0.0.0.0/0')
  await expect(question.getByRole('button', { name: 'Cover it' })).toBeDisabled()
  await question.getByRole('textbox').fill('0.0.0.0/0')
  await question.getByRole('button', { name: 'Cover it' }).click()
  await expect(line(owner.page, '0.0.0.0/0')).toContainText('Every address there is: with it IP authentication protects nothing.')
  await expect(owner.page.getByText('The list covers every address there is')).toBeVisible()
})

test('a list of a thousand is shown a page at a time, and moved across pages', async ({ open, organization, shared }) => {
  const { id } = organization.apiClient
  await plantAddressList(shared, organization, {
    holder: { apiClientId: id },
    entries: Array.from({ length: 1_000 }, (_, index) => ({ block: `8.${index >> 8}.${index & 255}.1`, comment: `Server ${index + 1}`, leftMs: 30 * 24 * HOUR_MS })),
  })
  const { page } = await open(organization.people.owner)
  await page.goto(pages.ipWhitelist(id))
  await expect(page.getByText('1 to 25 of 1000')).toBeVisible()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByText('26 to 50 of 1000')).toBeVisible()
  await expect(lines(page).first()).toHaveText('8.0.25.1')
  await page.getByRole('button', { name: 'Move 8.0.25.1 up' }).click()
  await expect(lines(page).first()).toHaveText('8.0.24.1')
  await page.getByRole('button', { name: 'Previous' }).click()
  await expect(lines(page).last()).toHaveText('8.0.25.1')
})

/** The order as the server has it. */
async function blocksOf(page: Page, apiClientId: string): Promise<string[]> {
  const answer = await page.request.get(`/api/api-clients/${apiClientId}/ip-whitelist`)
  return ((await answer.json()) as { entries: { block: string }[] }).entries.map(({ block }) => block)
}
