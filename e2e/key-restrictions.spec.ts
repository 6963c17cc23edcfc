import type { Page } from '@playwright/test'
import { MACHINE_API_BASE, pages } from '@/contracts/paths'
import { ask } from '@/tests/ask'
import { plantAddressList } from '@/tests/plant-address-list'
import { plantMachineKeys } from '@/tests/plant-machine-keys'
import { expect, test } from './support/test'
import { toast } from './support/toast'

const list = (page: Page) => page.getByRole('list', { name: 'Key restriction', exact: true })
const line = (page: Page, block: string) => list(page).locator('> li').filter({ has: page.getByText(block, { exact: true }) })

test('a restriction is listed, tried, enforced after a warning, and shuts out who is not on it', async ({ open, organization, shared }) => {
  const [key] = await plantMachineKeys(shared, organization, [{ name: 'Booking engine' }])
  const { page, watch } = await open(organization.people.developer)
  watch.expectStatus(409)
  const callFrom = async (from: string) => {
    const headers = { authorization: `Bearer ${key?.text ?? ''}` }
    return (await ask(shared.url, `${MACHINE_API_BASE}/connections`, { from, headers })).status
  }
  await shared.sql.query(
    `INSERT INTO key_requests (machine_key_id, organization_id, hour, address, count)
     VALUES ($1, $2, date_trunc('hour', now()), '198.51.100.7', 2), ($1, $2, date_trunc('hour', now()), 'unresolved', 1)`,
    [key?.id, organization.id],
  )

  await test.step('is one click from the key, and says from where one comes oneself', async () => {
    await page.goto(pages.machineKey(key?.id ?? ''))
    await expect(page.getByText('Off: it may be used from anywhere.')).toBeVisible()
    await page.getByRole('link', { name: 'Open the key restriction' }).click()
    await expect(page.getByText('This is what Keyrack lets in')).toBeVisible()
    await expect(page.getByText('You come from 127.0.0.1: not on the list')).toBeVisible()
  })

  await test.step('takes one’s own address by a click', async () => {
    await page.getByRole('button', { name: 'Add an entry' }).click()
    await page.getByRole('button', { name: 'Use my address: 127.0.0.1' }).click()
    await page.getByRole('textbox', { name: 'Comment' }).fill('office')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(page.getByText('You come from 127.0.0.1: allowed by line 1 “office”')).toBeVisible()
    await expect(line(page, '127.0.0.1')).toContainText('your address')
  })

  await test.step('reports what enforcement would have blocked, and lets everybody in', async () => {
    await page.getByRole('radio', { name: /^Report only/ }).check()
    await page.getByRole('button', { name: 'Set to Report only' }).click()
    await expect(toast(page, 'The mode is changed, and counts everywhere within two seconds')).toBeVisible()
    await expect(page.getByText(/^Since .+ UTC enforcement would have blocked 3 requests from 2 addresses\.$/)).toBeVisible()
    await expect(page.getByRole('list', { name: 'Addresses that the list has not' })).toContainText('address unknown')
    expect(await callFrom('127.0.0.9')).toBe(200)
  })

  await test.step('replays the last 24 hours against a list that is not saved', async () => {
    const draft = page.getByRole('textbox', { name: 'Entries to try' })
    await draft.fill('198.51.100.9/24')
    await page.getByRole('button', { name: 'Replay the last 24 hours' }).click()
    await expect(page.getByText('198.51.100.9/24: The network does not begin at this address')).toBeVisible()
    await draft.fill('198.51.100.0/24, 127.0.0.0/8')
    await page.getByRole('button', { name: 'Replay the last 24 hours' }).click()
    await expect(page.getByText('It would have blocked 1 request from 1 address')).toBeVisible()
    await expect(list(page).locator('> li')).toHaveCount(1)
  })

  await test.step('names who would be shut out, and changes nothing before that is confirmed', async () => {
    await page.getByRole('radio', { name: /^Enforced/ }).check()
    await page.getByRole('button', { name: 'Set to Enforced' }).click()
    const question = page.getByRole('alertdialog', { name: 'Shut out an address that is in use?' })
    await expect(question.getByRole('list', { name: 'Addresses that would be shut out' })).toContainText('198.51.100.7')
    await question.getByRole('button', { name: 'Cancel' }).click()
    expect(await callFrom('127.0.0.9')).toBe(200)
    await page.getByRole('button', { name: 'Set to Enforced' }).click()
    await question.getByRole('button', { name: 'Shut them out' }).click()
    await expect(question).toBeHidden()
    await expect(page.getByRole('button', { name: 'Set to Enforced' })).toBeDisabled()
  })

  await test.step('lets in who is listed, and nobody else', async () => {
    await expect.poll(() => callFrom('127.0.0.9')).toBe(403)
    expect(await callFrom('127.0.0.1')).toBe(200)
  })

  await test.step('warns before one shuts oneself out', async () => {
    await page.getByRole('button', { name: 'Remove: 127.0.0.1' }).click()
    const empty = page.getByRole('alertdialog', { name: 'Leave no entry?' })
    await empty.getByRole('textbox').fill('no entry')
    await empty.getByRole('button', { name: 'Empty the list' }).click()
    const question = page.getByRole('alertdialog', { name: 'Shut out an address that is in use?' })
    await expect(question.getByRole('list')).toContainText('127.0.0.1')
    await question.getByRole('button', { name: 'Cancel' }).click()
    await expect(line(page, '127.0.0.1')).toBeVisible()
    expect(await callFrom('127.0.0.1')).toBe(200)
  })

  await test.step('says on the key’s page what holds', async () => {
    await page.goto(pages.machineKey(key?.id ?? ''))
    await expect(page.getByText('Enforced: only from one listed entry.')).toBeVisible()
  })
})

test('a temporary entry ends by itself, and from then on its caller is refused', async ({ open, organization, shared }) => {
  const [key] = await plantMachineKeys(shared, organization, [{ name: 'Night audit' }])
  await plantAddressList(shared, organization, {
    holder: { machineKeyId: key?.id ?? '' },
    entries: [{ block: '127.0.0.1', comment: 'office' }, { block: '127.0.0.9', comment: 'contractor', leftMs: 6 * 60 * 60_000 }],
  })
  await shared.sql.query("UPDATE address_lists SET mode = 'enforced', mode_since = now() WHERE machine_key_id = $1", [key?.id])
  const callFrom = async (from: string) => {
    const headers = { authorization: `Bearer ${key?.text ?? ''}` }
    return (await ask(shared.url, `${MACHINE_API_BASE}/connections`, { from, headers })).status
  }
  const { page } = await open(organization.people.owner)
  await page.goto(pages.keyRestriction(key?.id ?? ''))
  await expect(line(page, '127.0.0.9')).toContainText(/removes itself in [56] hours/)
  expect(await callFrom('127.0.0.9')).toBe(200)
  await shared.sql.query("UPDATE address_entries SET expires_at = now() - interval '1 second' WHERE organization_id = $1 AND block = '127.0.0.9'", [organization.id])
  await page.reload()
  await expect(line(page, '127.0.0.1')).toBeVisible()
  await expect(line(page, '127.0.0.9')).toHaveCount(0)
  await expect.poll(() => callFrom('127.0.0.9')).toBe(403)
})

test('the network page follows the person’s own request, and believes no header of a stranger', async ({ open, organization }) => {
  const { page } = await open(organization.people.developer, { extraHTTPHeaders: { 'x-forwarded-for': '6.6.6.6' } })
  await page.goto(pages.sessions())
  await page.getByRole('link', { name: 'Network' }).click()
  await expect(page.getByText('You come from 127.0.0.1')).toBeVisible()
  await expect(page.getByText('A forwarding header came from an address that is not trusted')).toBeVisible()
  const hops = page.getByRole('list', { name: 'Hops' }).getByRole('listitem')
  await expect(hops).toHaveCount(2)
  await expect(hops.first()).toContainText('Counts')
  await expect(hops.last()).toContainText('6.6.6.6')
  await expect(hops.last()).toContainText('Not believed')
  await expect(page.getByText('No proxy is trusted.')).toBeVisible()
})
