import { pages } from '@/contracts/paths'
import { CONNECTION_PAGE } from './support/connect'
import { tabTo } from './support/keyboard'
import { expect, test } from './support/test'

test('a property is connected, refreshed and disconnected with the keyboard alone', async ({ open, organization }) => {
  const { page } = await open(organization.people.owner)
  await page.goto(pages.overview())

  await test.step('skips to the content', async () => {
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
    await page.keyboard.press('Enter')
  })

  await test.step('goes to the consent', async () => {
    await tabTo(page, 'link', { name: 'Connect a property' })
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Continue to the sandbox' })).toBeEnabled()
    await tabTo(page, 'button', { name: 'Continue to the sandbox' })
    await page.keyboard.press('Enter')
  })

  await test.step('consents', async () => {
    await expect(page.getByRole('heading', { name: 'Sign in as a hotelier' })).toBeVisible()
    await tabTo(page, 'textbox', { name: 'Username' })
    await page.keyboard.type('carmen.ruiz')
    await page.keyboard.press('Tab')
    await page.keyboard.type('hotel')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('radio', { name: /Masia Can Rovira/ })).toBeVisible()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('radio', { name: /Masia Can Rovira/ })).toBeChecked()
    await tabTo(page, 'button', { name: 'Approve' })
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(CONNECTION_PAGE)
  })

  await test.step('refreshes', async () => {
    await tabTo(page, 'button', { name: 'Refresh now' })
    await page.keyboard.press('Enter')
    await expect(page.getByRole('table', { name: 'Token lineage' }).getByRole('row')).toHaveCount(3)
    await expect(page.getByRole('button', { name: 'Refresh now' })).toBeFocused()
  })

  await test.step('leaves the question by Escape, and the focus is where it was', async () => {
    await tabTo(page, 'button', { name: 'Disconnect', backwards: true })
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alertdialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('alertdialog')).toBeHidden()
    await expect(page.getByRole('button', { name: 'Disconnect' })).toBeFocused()
  })

  await test.step('disconnects', async () => {
    await page.keyboard.press('Enter')
    const question = page.getByRole('alertdialog')
    await expect(question.getByRole('button', { name: 'Keep connected' })).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(question.getByRole('button', { name: 'Disconnect' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByText('This connection is disconnected')).toBeVisible()
    await expect(page.locator('body')).not.toBeFocused()
  })
})

test('menus open, move and close by keys, on a phone too', async ({ open, organization }) => {
  const { page } = await open(organization.people.owner, { viewport: { width: 360, height: 740 }, reducedMotion: 'reduce' })
  await page.goto(pages.connections())
  await tabTo(page, 'button', { name: 'Open menu' })
  await page.keyboard.press('Enter')
  const menu = page.getByRole('dialog')
  await expect(menu.getByRole('link', { name: 'API clients' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  await expect(page.getByRole('button', { name: 'Open menu' })).toBeFocused()

  await tabTo(page, 'button', { name: 'Theme' })
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveClass(/light|dark/)
})
