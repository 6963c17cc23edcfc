import { pages } from '@/contracts/paths'
import { hashPassword } from '@/server/auth/password'
import { expectProblem } from './support/problems'
import { expect, test } from './support/test'
import { toast } from './support/toast'

const PASSWORD = 'four unrelated plain words'

test('an admin token is obtained, switched, tested, and revealed once to an owner with a password and a reason', async ({ open, organization, shared }) => {
  const { id, clientId } = organization.apiClient
  await shared.sql.query('UPDATE users SET password_hash = $1 WHERE id = $2', [await hashPassword(PASSWORD), organization.people.owner.id])
  const { page, watch } = await open(organization.people.owner)
  const tokens = page.getByRole('list', { name: 'Issued by ApiLogin' }).getByRole('listitem')

  await test.step('logs in and shows its end', async () => {
    await page.goto(pages.adminTokens(id))
    await page.getByRole('button', { name: 'Log in at Octorate' }).click()
    await expect(tokens).toHaveCount(1)
    await expect(tokens.first()).toContainText('In use')
    await expect(tokens.first()).toContainText(/36[45]d/)
  })

  await test.step('switches, and promises nothing about the one before', async () => {
    await page.getByRole('button', { name: 'Log in again and switch' }).click()
    await expect(toast(page, 'Octorate issued a new admin token, and it is in use from now on').first()).toBeVisible()
    await expect(tokens).toHaveCount(2)
    await expect(tokens.nth(1)).toContainText('Whether Octorate still takes it, nobody says')
  })

  await test.step('tests the replaced one without changing anything', async () => {
    await tokens.nth(1).getByRole('button', { name: /^Test without changing anything/ }).click()
    await expect(tokens.nth(1)).toContainText('Octorate took it')
    await expect(page.getByRole('list', { name: 'Calls to Octorate' })).toContainText('GET 200')
  })

  await test.step('refuses a wrong password', async () => {
    watch.expectStatus(403)
    await tokens.first().getByRole('button', { name: /^Reveal/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Reveal', exact: true }).click()
    await expect(dialog.getByText('Say why it is needed.')).toBeVisible()
    await dialog.getByLabel('Reason').fill('ticket 4711')
    await dialog.getByLabel('Your password', { exact: true }).fill('not the password at all')
    await dialog.getByRole('button', { name: 'Reveal', exact: true }).click()
    await expectProblem(page, 'password_wrong')
  })

  await test.step('reveals it once: it is gone with the dialog, on going back and in the source', async () => {
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Your password', { exact: true }).fill(PASSWORD)
    await dialog.getByRole('button', { name: 'Reveal', exact: true }).click()
    const token = (await dialog.getByRole('region', { name: 'Admin token' }).locator('code').textContent()) ?? ''
    expect(token).toMatch(/^sbx_/)
    await dialog.getByRole('button', { name: 'I stored it' }).click()
    await expect(dialog).toBeHidden()
    expect(await page.content()).not.toContain(token)
    await page.getByRole('link', { name: 'Overview', exact: true }).last().click()
    // Going back before the other page is there would leave the console.
    await expect(page).not.toHaveURL(pages.adminTokens(id))
    await page.goBack()
    await expect(page).toHaveURL(pages.adminTokens(id))
    await expect(tokens).toHaveCount(2)
    expect(await page.content()).not.toContain(token)
    await page.reload()
    expect(await page.content()).not.toContain(token)
  })

  await test.step('prepares the letter that asks Octorate to end one', async () => {
    await tokens.nth(1).getByRole('button', { name: /^Letter to end it/ }).click()
    await expect(page.getByText(`End an ApiLogin token of client id ${clientId}`)).toBeVisible()
  })
})

test('a developer is offered everything but revealing', async ({ open, organization }) => {
  const { page } = await open(organization.people.developer)
  await page.goto(pages.adminTokens(organization.apiClient.id))
  await page.getByRole('button', { name: 'Log in at Octorate' }).click()
  await expect(page.getByRole('button', { name: /^Test without changing anything/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Reveal/ })).toHaveCount(0)
})

test('a token that ends within a week is pointed out', async ({ open, organization, shared }) => {
  const { page } = await open(organization.people.developer)
  await page.goto(pages.adminTokens(organization.apiClient.id))
  await page.getByRole('button', { name: 'Log in at Octorate' }).click()
  await expect(page.getByText('In use', { exact: true })).toBeVisible()
  await shared.sql.query("UPDATE admin_tokens SET expires_at = now() + interval '6 days' WHERE api_client_id = $1", [organization.apiClient.id])
  await page.reload()
  await expect(page.getByText('The admin token ends within 7 days')).toBeVisible()
})
