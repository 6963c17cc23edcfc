import { expect, type Page } from '@playwright/test'

export interface Wish {
  /** Button that fills in one of the sandbox's accounts. */
  readonly account: RegExp
  /** The property, or the whole network; left out when the account has one property only. */
  readonly choice?: RegExp
  readonly decision?: 'Approve' | 'Refuse'
}

const EXCHANGE_WITHIN_MS = 25_000

/** Does the hotelier's part on the sandbox's consent page: signs in, chooses, decides. */
export async function consentAt(page: Page, { account, choice, decision = 'Approve' }: Wish): Promise<void> {
  const other = page.getByRole('button', { name: 'Use another account' })
  const shown = page.getByRole('button', { name: account })
  await expect(shown.or(other)).toBeVisible()
  if (await other.isVisible()) await other.click()
  await shown.click()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  if (choice) await page.getByRole('radio', { name: choice }).check()
  // The click ends when the browser has come back, which takes as long as the exchange.
  await page.getByRole('button', { name: decision, exact: true }).click({ timeout: EXCHANGE_WITHIN_MS })
}
