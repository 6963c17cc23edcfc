import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect } from '../support/test'

/** Where pictures to look through are put; undefined when nobody asked for them. */
export const picturesFolder = process.env['KEYRACK_PICTURES']

export const WIDE = { width: 1280, height: 900 } as const
const LOOKS = [
  { name: 'light', colorScheme: 'light', viewport: WIDE },
  { name: 'dark', colorScheme: 'dark', viewport: WIDE },
  { name: 'phone', colorScheme: 'light', viewport: { width: 360, height: 740 } },
] as const

/** One picture in each look. */
export async function take(page: Page, name: string, { fullPage = true } = {}): Promise<void> {
  await expect(page.locator('[data-slot=skeleton]')).toHaveCount(0)
  for (const look of LOOKS) {
    await page.setViewportSize(look.viewport)
    await page.emulateMedia({ colorScheme: look.colorScheme })
    await page.screenshot({ path: path.join(picturesFolder ?? '', `${name}-${look.name}.png`), fullPage, animations: 'disabled', timeout: 60_000 })
  }
  await page.setViewportSize(WIDE)
  await page.emulateMedia({ colorScheme: 'light' })
}
