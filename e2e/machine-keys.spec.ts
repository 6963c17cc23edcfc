import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { MACHINE_API_BASE, pages } from '@/contracts/paths'
import { plantMachineKeys, type PlantedKey } from '@/tests/plant-machine-keys'
import { tabTo } from './support/keyboard'
import { plantConnections } from './support/plant-connections'
import { expect, test } from './support/test'
import { toast } from './support/toast'

const KEY = /krk_(?:test|live)_[0-9A-Za-z]{49}/
const DAY_MS = 24 * 60 * 60_000

/** Status of a call that a back end would make with this key. */
async function callWith(page: Page, key: string): Promise<number> {
  const answer = await page.request.get(`${MACHINE_API_BASE}/connections`, { headers: { authorization: `Bearer ${key}` } })
  return answer.status()
}

test('a machine key is made, seen once, used, rotated and revoked', async ({ open, organization }) => {
  const { page, context } = await open(organization.people.developer, { permissions: ['clipboard-read', 'clipboard-write'] })
  const dialog = page.getByRole('dialog')
  const shown = dialog.getByText(KEY)
  const expectGone = async (key: string) => {
    expect(await page.content()).not.toContain(key.slice(9))
    expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, document.cookie]))).not.toContain(key.slice(9))
  }

  await test.step('says what a machine key is for, as long as there is none', async () => {
    await page.goto(pages.overview())
    await page.getByRole('link', { name: 'Machine keys' }).click()
    await expect(page.getByText('No machine key is made yet')).toBeVisible()
    await expect(page.getByText(/^printf 'Authorization: Bearer %s' "\$KEYRACK_MACHINE_KEY"/)).toBeVisible()
  })

  await test.step('says inline what is wrong with the fields', async () => {
    await page.getByRole('button', { name: 'Create a machine key' }).click()
    for (const scope of ['See connections', 'Get access tokens']) await dialog.getByRole('checkbox', { name: scope }).uncheck()
    await dialog.getByLabel(/^Only from these addresses/).fill('8.8.8.8\n8.8.4.9/24')
    await dialog.getByLabel(/^Only these properties/).fill('324 410')
    await dialog.getByLabel('Expires').selectOption('On a date')
    await dialog.getByLabel('Last day').fill('2020-01-01')
    await dialog.getByRole('button', { name: 'Create', exact: true }).click()
    await expect(dialog.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused()
    for (const text of [
      'Enter a name of 1 to 80 characters.',
      'Choose at least one.',
      '8.8.4.9/24: the network does not begin there. Did you mean 8.8.4.0/24?',
      'Entry 1: an id has no blanks and 100 characters at most.',
      'Choose a day from today on, within ten years.',
    ]) await expect(dialog.getByText(text)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(dialog).toBeVisible()
  })

  const first = await test.step('makes it, and shows it once', async () => {
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Booking engine')
    for (const scope of ['See connections', 'Get access tokens']) await dialog.getByRole('checkbox', { name: scope }).check()
    await dialog.getByLabel(/^Only from these addresses/).fill('127.0.0.0/8')
    await dialog.getByLabel(/^Only these properties/).fill('')
    await dialog.getByLabel('Expires').selectOption('In 30 days')
    const answered = page.waitForResponse((response) => response.request().method() === 'POST' && response.url().endsWith('/api/machine-keys'))
    await dialog.getByRole('button', { name: 'Create', exact: true }).click()
    expect((await answered).headers()['cache-control']).toBe('no-store')
    await expect(page.getByRole('dialog', { name: 'Booking engine is created' })).toBeVisible()
    const key = (await shown.textContent()) ?? ''
    expect(key).toMatch(KEY)
    return key
  })

  await test.step('lets it be copied and taken along as a file', async () => {
    await dialog.getByRole('button', { name: 'Copy Machine key' }).click()
    await expect(dialog.getByText('Copied').first()).toBeVisible()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(first)
    const downloading = page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Download .env' }).click()
    const file = await downloading
    expect(file.suggestedFilename()).toBe('keyrack.env')
    expect(await readFile(await file.path(), 'utf8')).toBe(`KEYRACK_URL=${new URL(page.url()).origin}\nKEYRACK_MACHINE_KEY=${first}\n`)
  })

  await test.step('asks before it is lost by a slip of the hand', async () => {
    await page.keyboard.press('Escape')
    await dialog.getByRole('button', { name: 'Close' }).click()
    await expect(dialog.getByText('Not stored yet?')).toBeVisible()
    await expect(shown).toHaveText(first)
  })

  await test.step('forgets it when it is stored, also for the back button', async () => {
    await dialog.getByRole('button', { name: 'I stored it' }).click()
    await expect(dialog).toBeHidden()
    await expect(toast(page, 'Booking engine is ready to be used')).toBeVisible()
    await expectGone(first)
    await page.getByRole('link', { name: 'Booking engine' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Booking engine' })).toBeVisible()
    await expectGone(first)
    await page.goBack()
    await expect(page.getByRole('table', { name: 'Machine keys' })).toBeVisible()
    await expect(dialog).toBeHidden()
    await expectGone(first)
    await page.reload()
    await expect(page.getByRole('table', { name: 'Machine keys' })).toContainText(first.slice(-4))
    await expectGone(first)
  })

  await test.step('lets a back end in, and shows that it was used', async () => {
    expect(await callWith(page, first)).toBe(200)
    await page.getByRole('link', { name: 'Booking engine' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Booking engine' })).toBeVisible()
    await expect(async () => {
      await page.reload()
      await expect(page.getByText('GET /connections', { exact: true })).toBeVisible({ timeout: 1_000 })
    }).toPass({ timeout: 20_000 })
    await expect(page.getByText('127.0.0.1', { exact: true })).toBeVisible()
  })

  const second = await test.step('rotates, with a day in which both are valid', async () => {
    await page.getByRole('button', { name: 'Rotate' }).click()
    await expect(dialog.getByText(/The old key was last used .* from 127\.0\.0\.1\./)).toBeVisible()
    await dialog.getByRole('radio', { name: /On a date/ }).check()
    await dialog.getByRole('button', { name: 'Make the successor' }).click()
    await expect(dialog.getByText('Choose a day from today on, within 90 days.')).toBeVisible()
    await dialog.getByRole('radio', { name: /In 24 hours/ }).check()
    await dialog.getByRole('button', { name: 'Make the successor' }).click()
    await expect(page.getByRole('dialog', { name: 'The successor of Booking engine' })).toBeVisible()
    const key = (await shown.textContent()) ?? ''
    expect(key).not.toBe(first)
    await dialog.getByRole('button', { name: 'I stored it' }).click()
    await expect(page.getByRole('link', { name: 'the key before it' })).toBeVisible()
    expect([await callWith(page, first), await callWith(page, key)]).toEqual([200, 200])
    await expectGone(key)
    return key
  })

  await test.step('revokes the old one, which is refused within a second', async () => {
    await page.getByRole('link', { name: 'the key before it' }).click()
    await expect(page.getByText('This key is replaced and ends soon')).toBeVisible()
    await page.getByRole('button', { name: 'Revoke' }).click()
    const question = page.getByRole('alertdialog', { name: 'Revoke Booking engine?' })
    await expect(question).toContainText(`the key ending in ${first.slice(-4)} is refused within a second`)
    await question.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByRole('button', { name: 'Revoke' })).toBeFocused()
    await page.keyboard.press('Enter')
    const revoked = page.waitForResponse((response) => response.request().method() === 'DELETE')
    await question.getByRole('button', { name: 'Revoke' }).click()
    await revoked
    await expect.poll(() => callWith(page, first), { timeout: 1_000, intervals: [50] }).toBe(401)
    expect(await callWith(page, second)).toBe(200)
    await expect(page.getByText('Revoked', { exact: true }).first()).toBeVisible()
    await expect(page.getByRole('button', { name: 'Rotate' })).toBeHidden()
  })

  await test.step('opens no door of the console', async () => {
    const stranger = await context.request.get('/api/machine-keys', { headers: { authorization: `Bearer ${second}`, cookie: '' } })
    expect(stranger.status()).toBe(401)
  })
})

test('a machine key is made with the keyboard alone', async ({ open, organization }) => {
  const { page } = await open(organization.people.owner)
  await page.goto(pages.machineKeys())
  await tabTo(page, 'button', { name: 'Create a machine key' })
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused()
  await page.keyboard.type('Night audit')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Night audit is created' })).toBeVisible()
  await tabTo(page, 'button', { name: 'I stored it' })
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByRole('button', { name: 'Create a machine key' })).toBeFocused()
  await tabTo(page, 'link', { name: 'Night audit' })
})

/** A thousand keys: every fiftieth is revoked, one is the Pension Ticino's. */
function thousand(): readonly PlantedKey[] {
  return Array.from({ length: 1_000 }, (_, index) => ({
    name: index === 500 ? 'Pension Ticino' : `Back end ${index + 1}`,
    madeAgoMs: (index + 1) * 60_000,
    leftMs: (index + 1) * DAY_MS,
    ...(index % 50 === 7 ? { revokedAgoMs: 1_000 } : {}),
    ...(index % 2 === 0 ? { usedAgoMs: index * 1_000 } : {}),
  }))
}

test('a thousand keys are searched, filtered, sorted and paged by the address, so that it can be shared', async ({ open, organization, shared }) => {
  await plantMachineKeys(shared, organization, thousand())
  const { page } = await open(organization.people.owner)
  const rows = page.getByRole('table', { name: 'Machine keys' }).getByRole('row')
  const summary = page.getByRole('navigation', { name: 'Pages of machine keys' })
  const search = page.getByRole('searchbox', { name: 'Search by name or last four characters' })

  await page.goto(pages.machineKeys())
  await expect(summary).toContainText('50 of 980 machine keys')
  await expect(rows.nth(1)).toContainText('Back end 1')

  await test.step('filters', async () => {
    await page.getByLabel('Show').selectOption('Ended')
    await expect(page).toHaveURL(/\?show=ended$/)
    await expect(summary).toContainText('20 of 20 machine keys')
    await expect(rows.nth(1)).toContainText('Revoked')
    await page.goBack()
    await expect(summary).toContainText('50 of 980 machine keys')
  })

  await test.step('searches', async () => {
    await search.fill('ticino')
    await expect(page).toHaveURL(/\?q=ticino$/)
    await expect(summary).toContainText('1 of 1 machine key')
    await search.fill('Back end 8')
    await expect(rows.nth(1)).toContainText('Back end 80')
    await search.fill('nowhere')
    await expect(page.getByText('No machine key matches').first()).toBeVisible()
    await page.getByRole('button', { name: 'Clear all' }).first().click()
    await expect(summary).toContainText('50 of 980 machine keys')
  })

  await test.step('sorts', async () => {
    await page.getByRole('button', { name: 'Expires' }).click()
    await expect(page).toHaveURL(/sort=expires&direction=asc/)
    await expect(rows.nth(1)).toContainText('Back end 1')
    await page.getByRole('button', { name: 'Expires' }).click()
    await expect(rows.nth(1)).toContainText('Back end 1000')
  })

  await test.step('pages, and the back button goes back a page', async () => {
    await page.goto(pages.machineKeys())
    await expect(page.getByRole('button', { name: 'Previous' })).toBeDisabled()
    await page.getByRole('button', { name: 'Next' }).click()
    await expect(page).toHaveURL(/\?page=2$/)
    await expect(rows.nth(1)).toContainText('Back end 52')
    await page.goBack()
    await expect(rows.nth(1)).toContainText('Back end 1')
    await page.goto(`${pages.machineKeys()}?page=20`)
    await expect(page.getByRole('button', { name: 'Next' })).toBeDisabled()
    await expect(summary).toContainText('30 of 980 machine keys')
  })
})

test('what needs somebody is said: a key that expires soon, one that expired, and one that nobody uses', async ({ open, organization, shared }) => {
  const planted = await plantMachineKeys(shared, organization, [
    { name: 'In a month', leftMs: 29.5 * DAY_MS },
    { name: 'In a week', leftMs: 6.5 * DAY_MS },
    { name: 'Tomorrow', leftMs: 23.5 * 60 * 60_000 },
    { name: 'Over', leftMs: -DAY_MS },
    { name: 'Forgotten', madeAgoMs: 200 * DAY_MS, usedAgoMs: 91 * DAY_MS, leftMs: null },
  ])
  const { page } = await open(organization.people.owner)
  await page.goto(pages.machineKeys())
  const row = (name: string) => page.getByRole('row').filter({ hasText: name })
  await expect(row('In a month')).toContainText('in 29 days')
  await expect(row('In a week')).toContainText('in 6 days')
  await expect(row('Tomorrow')).toContainText('in 23 hours')
  await expect(row('Forgotten')).toContainText('Unused for 90 days')
  await expect(row('Over')).toBeHidden()
  for (const [index, text] of [
    [0, 'This key expires in 29 days'],
    [2, 'This key expires in 23 hours'],
    [3, 'This key has expired'],
    [4, 'This key has not been used for 90 days'],
  ] as const) {
    await page.goto(pages.machineKey(planted[index]?.id ?? ''))
    await expect(page.getByText(text)).toBeVisible()
  }
})

test('a connection and a key tell who was handed a token from where, to those who may see keys', async ({ open, organization, shared }) => {
  const [id = ''] = await plantConnections(shared, organization, [{ name: 'Hotel Fontana Chiara', upstreamId: '310046' }])
  const [key] = await plantMachineKeys(shared, organization, [{ name: 'Booking engine' }])
  const { page } = await open(organization.people.owner)
  for (let call = 0; call < 2; call += 1) {
    const answer = await page.request.get(`${MACHINE_API_BASE}/connections/${id}/access-token`, { headers: { authorization: `Bearer ${key?.text ?? ''}` } })
    expect(answer.status()).toBe(200)
  }
  await page.goto(pages.connection(id))
  const taker = page.getByRole('table', { name: 'Handed out to' }).getByRole('row').filter({ hasText: 'Booking engine' })
  await expect(taker).toContainText('127.0.0.1')
  await expect(taker).toContainText('new')
  await expect(taker.getByRole('cell', { name: '2', exact: true })).toHaveCount(2)
  await taker.getByRole('link', { name: 'Booking engine' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Booking engine' })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Handed out to' }).getByRole('row').nth(1)).toContainText('127.0.0.1')

  const { page: supporter } = await open(organization.people.support)
  await supporter.goto(pages.connection(id))
  await expect(supporter.getByRole('heading', { name: 'Token lineage' })).toBeVisible()
  await expect(supporter.getByText('Handed out to')).toBeHidden()
})
