import { pages } from '@/contracts/paths'
import { plantOperation } from '@/tests/plant-operations'
import { connect } from './support/connect'
import { expect, test } from './support/test'

test('every call to Octorate is in the log: filtered in the address, grouped by cause, opened with its masked exchange', async ({ open, organization, shared }) => {
  for (let number = 0; number < 60; number += 1) await plantOperation(shared, organization, { agoMs: 60_000 + number * 1_000 })
  await plantOperation(shared, organization, { cause: 'quota', messages: ['Quota exceeded', 'Wait five minutes'] })
  const { page } = await open(organization.people.developer)
  const rows = page.getByRole('table', { name: 'Calls to Octorate' }).getByRole('row')
  const dialog = page.getByRole('dialog')

  await test.step('groups failures by cause and says what to do', async () => {
    await page.goto(pages.overview())
    await page.getByRole('link', { name: 'Operation log' }).click()
    await expect(page.getByText('Quota used up: Refresh')).toBeVisible()
    await expect(page.getByText(/slow down your own calls/)).toBeVisible()
    await expect(rows).toHaveCount(51)
    await page.getByRole('button', { name: 'Next' }).click()
    await expect(page).toHaveURL(/\?page=2$/)
    await expect(rows).toHaveCount(12)
  })

  await test.step('leads from a cause to its calls, by an address that can be shared', async () => {
    await page.getByRole('button', { name: 'Show these calls' }).click()
    await expect(page).toHaveURL(/outcome=failed/)
    await expect(rows).toHaveCount(2)
    await page.reload()
    await expect(rows).toHaveCount(2)
    await page.getByRole('button', { name: /^Open Refresh/ }).filter({ visible: true }).click()
    for (const text of ['Quota exceeded', 'Wait five minutes', 'client_secret=••••wxyz']) await expect(dialog.getByText(text).first()).toBeVisible()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await expect(page).toHaveURL(/\/operations$/)
  })

  await test.step('shows within seconds what Keyrack itself has just asked', async () => {
    await connect(page, organization.apiClient, { account: /^marco\.bianchi/, choice: /Ca’ del Lume/ })
    await page.goto(`${pages.operations()}?call=code_exchange`)
    await expect(rows).toHaveCount(2, { timeout: 20_000 })
    await page.getByRole('button', { name: /^Open Code exchange/ }).filter({ visible: true }).click()
    await expect(dialog.getByText(/client_secret=••••/)).toBeVisible()
  })
})
