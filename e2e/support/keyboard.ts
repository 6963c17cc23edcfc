import { expect, type Page } from '@playwright/test'

const MOST_TABS = 60

interface Target {
  readonly name: string
  readonly backwards?: boolean
}

/** Presses Tab until the focus is on it, as somebody without a mouse would; and it can be seen where the focus is. */
export async function tabTo(page: Page, role: 'link' | 'button' | 'textbox', { name, backwards = false }: Target): Promise<void> {
  const target = page.getByRole(role, { name, exact: true }).first()
  await expect(target).toBeVisible()
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      const outline = await target.evaluate((element) => getComputedStyle(element).outlineStyle)
      expect(outline, `${name} shows that it has the focus`).not.toBe('none')
      return
    }
    await page.keyboard.press(backwards ? 'Shift+Tab' : 'Tab')
  }
  throw new Error(`${role} "${name}" is not reached by pressing Tab ${MOST_TABS} times`)
}
