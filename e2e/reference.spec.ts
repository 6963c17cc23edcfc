import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './support/test'

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [{ width: 1280, height: 800 }, { width: 360, height: 740 }]) {
    test(`the reference of the machine API is read without signing in, ${colorScheme} and ${viewport.width} px wide`, async ({ open }) => {
      const { page } = await open(null, { colorScheme, viewport })
      await page.goto('/api/v1/reference')
      await expect(page.getByRole('heading', { level: 1, name: 'Keyrack machine API' })).toBeVisible()
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
      expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([])
    })
  }
}

test('the reference leads to each operation and to the shapes that it speaks of', async ({ open }) => {
  const { page } = await open(null)
  await page.goto('/api/v1/reference')
  await page.getByRole('navigation', { name: 'Operations' }).getByRole('link', { name: 'GET /connections/{id}/access-token' }).click()
  await expect(page.getByRole('heading', { name: 'GET /connections/{id}/access-token' })).toBeInViewport()
  const operation = page.getByRole('region', { name: 'GET /connections/{id}/access-token', exact: true })
  await expect(operation).toContainText('reconnect_required')
  await operation.getByRole('link', { name: 'AccessToken' }).click()
  await expect(page.getByRole('heading', { name: 'AccessToken' })).toBeInViewport()
})
