import type { Locator, Page } from '@playwright/test'

/** A notification in the corner: what is seen, not what is read out besides. */
export function toast(page: Page, text: string): Locator {
  return page.getByRole('region', { name: /^Notifications/ }).getByText(text, { exact: true })
}
