import { AxeBuilder } from '@axe-core/playwright'
import { machineReferencePath, pages } from '@/contracts/paths'
import { plantConnections } from './support/plant-connections'
import { expect, test } from './support/test'

const TABS = ['curl', 'Node', 'Python', 'PHP']

test('a developer copies the program that asks for this property’s token, in the language of their back end', async ({ open, organization, shared }) => {
  const { page, context } = await open(organization.people.developer)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const [id = ''] = await plantConnections(shared, organization, [{ name: 'Locanda Bianchi', upstreamId: '324410' }])
  await page.goto(pages.connection(id))
  const tabs = page.getByRole('tablist', { name: 'Languages' }).getByRole('tab')
  await expect(tabs).toHaveText(TABS)
  await expect(page.getByRole('tab', { name: 'curl' })).toHaveAttribute('aria-selected', 'true')

  await page.getByRole('tab', { name: 'curl' }).focus()
  for (const name of TABS.slice(1)) {
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('tab', { name })).toBeFocused()
    await page.getByRole('button', { name: `Copy ${name} program` }).click()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    const shown = await page.getByRole('tabpanel', { name }).locator('code').textContent()
    expect(copied).toBe(shown)
    expect([copied.includes(shared.url), copied.includes('324410'), copied.includes('KEYRACK_MACHINE_KEY')]).toEqual([true, true, true])
    await page.getByRole('tab', { name }).focus()
  }

  const links = page.getByRole('main')
  await expect(links.getByRole('link', { name: 'Machine keys' })).toHaveAttribute('href', pages.machineKeys())
  await links.getByRole('link', { name: 'Reference of the machine API' }).click()
  await expect(page).toHaveURL(machineReferencePath)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

test('the programs fit a phone, in light and dark, and have no finding of axe', async ({ open, organization, shared }) => {
  const { page } = await open(organization.people.viewer, { viewport: { width: 360, height: 800 }, reducedMotion: 'reduce' })
  const [id = ''] = await plantConnections(shared, organization, [{ name: 'Locanda Bianchi', upstreamId: '324410' }])
  await page.goto(pages.connection(id))
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveClass(new RegExp(colorScheme))
    for (const name of TABS) {
      await page.getByRole('tab', { name }).click()
      await expect(page.getByRole('tabpanel', { name }).getByText('KEYRACK_MACHINE_KEY').first()).toBeVisible()
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('[data-slot="tabs"]').analyze()
      expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    }
  }
})

test('a disconnected property offers no program, because there is no token', async ({ open, organization, shared }) => {
  const { page } = await open(organization.people.owner)
  const [id = ''] = await plantConnections(shared, organization, [{ name: 'Villa dei Glicini', upstreamId: '310077', state: 'disconnected' }])
  await page.goto(pages.connection(id))
  await expect(page.getByRole('heading', { name: 'Token lineage' })).toBeVisible()
  await expect(page.getByRole('tablist')).toHaveCount(0)
})
