import { hashPassword } from '@/server/auth/password'
import { pages } from '@/contracts/paths'
import { makePerson } from '@/tests/make-organization'
import { codeOfSecret } from '@/tests/totp-code'
import { expect, test } from './support/test'
import { toast } from './support/toast'

const PASSWORD = 'four unrelated quiet words'

test('a person sets up two-factor sign-in, and signs in with a recovery code on another browser', async ({ open, organization, shared }) => {
  const person = await makePerson(shared, { organizationId: organization.id, role: 'developer', passwordHash: await hashPassword(PASSWORD) })
  const { page } = await open(person)
  await page.goto(pages.twoFactor())
  await page.getByRole('button', { name: 'Set up' }).click()
  await page.getByLabel('Your password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByRole('img', { name: 'QR code for an authenticator' })).toBeVisible()
  const secret = (await page.getByRole('dialog').locator('code').innerText()).replaceAll(' ', '')
  await page.getByLabel('Code', { exact: true }).fill(codeOfSecret(secret))
  await page.getByRole('button', { name: 'Turn on' }).click()
  const codes = (await page.getByRole('region', { name: 'Recovery codes' }).locator('code').innerText()).split('\n')
  expect(codes).toHaveLength(10)
  await page.getByRole('button', { name: 'I stored them' }).click()
  await expect(toast(page, 'Two-factor sign-in is on')).toBeVisible()

  const other = await open(null)
  other.watch.expectStatus(401)
  const signIn = async () => {
    await other.page.goto(pages.signIn())
    await other.page.getByLabel('E-mail').fill(person.email)
    await other.page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await other.page.getByRole('button', { name: 'Sign in' }).click()
    await expect(other.page.getByLabel('Code', { exact: true })).toBeFocused()
  }
  await signIn()
  await other.page.getByLabel('Code', { exact: true }).fill('000000')
  await other.page.getByRole('button', { name: 'Go on' }).click()
  await expect(other.page.getByText('That code is not right, or it was used already.')).toBeVisible()
  await other.page.getByLabel('Code', { exact: true }).fill(codes[0] ?? '')
  await other.page.getByRole('button', { name: 'Go on' }).click()
  await expect(other.page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await other.page.goto(pages.twoFactor())
  await expect(other.page.getByText('Recovery codes left').locator('..')).toContainText('9')
})

test('an organization that asks for two-factor sign-in leads who has none to it, and closes everything else', async ({ open, organization, shared }) => {
  const hash = await hashPassword(PASSWORD)
  const person = await makePerson(shared, { organizationId: organization.id, role: 'developer', passwordHash: hash })
  const theirs = await open(person)
  await theirs.page.goto(pages.connections())
  await expect(theirs.page.getByRole('heading', { level: 1 })).toBeVisible()
  await shared.sql.query('UPDATE organizations SET requires_two_factor = true WHERE id = $1', [organization.id])
  await expect(theirs.page).toHaveURL(pages.twoFactor())
  await expect(theirs.page.getByText('Your organization asks for two-factor sign-in')).toBeVisible()
  await expect(theirs.page.getByRole('link', { name: 'Connections', exact: true })).toHaveCount(0)
})
