import type { Page } from '@playwright/test'
import { pages } from '@/contracts/paths'
import { connect, leaveForConsent } from '../support/connect'
import { expect, test } from '../support/test'
import { makeNorthwind } from './northwind'

const SHARP = { deviceScaleFactor: 1.5, reducedMotion: 'reduce', colorScheme: 'light' } as const
const FOLDER = 'docs/screenshots'

test('pictures for the README', async ({ open, shared }) => {
  const organization = await makeNorthwind(shared)
  const { page } = await open(organization.people.owner, { ...SHARP, viewport: { width: 1280, height: 1120 } })
  await page.goto(`${pages.connections()}?sort=expires`)
  await expect(page.getByText('12 of 12 connections')).toBeVisible()
  await page.screenshot({ path: `${FOLDER}/connections.png` })

  await connect(page, organization.apiClient, { account: /^marco\.bianchi/, choice: /Ca’ del Lume/ })
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(page.getByRole('table', { name: 'Token lineage' }).getByRole('row')).toHaveCount(3)
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect(page.getByRole('button', { name: 'Dismiss' })).toHaveCount(0)
  await page.mouse.move(0, 0)
  await showWhole(page)
  await page.screenshot({ path: `${FOLDER}/connection.png` })

  const hotelier = await open(organization.people.owner, { ...SHARP, viewport: { width: 800, height: 600 } })
  await leaveForConsent(hotelier.page, organization.apiClient)
  await hotelier.page.getByRole('button', { name: /^marco\.bianchi/ }).click()
  await hotelier.page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await hotelier.page.getByRole('radio', { name: /Ca’ del Lume/ }).check()
  await showWhole(hotelier.page)
  await hotelier.page.screenshot({ path: `${FOLDER}/sandbox-consent.png` })
})

/** Makes the window as high as the page, so that what sticks to the window's edges stands where it belongs. */
async function showWhole(page: Page): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: page.viewportSize()?.width ?? 1280, height })
}
