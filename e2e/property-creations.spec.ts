import { pages } from '@/contracts/paths'
import { expect, test } from './support/test'
import { toast } from './support/toast'

test('a property is created, is connected at once, and a known mail address is offered as connect', async ({ open, organization }) => {
  const handle = organization.id.slice(0, 8)
  const { page } = await open(organization.people.developer)
  const items = page.getByRole('list', { name: 'What became of them' }).getByRole('listitem')
  await page.goto(pages.newProperties(organization.apiClient.id))
  const form = page.locator('form').first()

  await test.step('says what is missing, and warns before the customer is mailed', async () => {
    await form.getByRole('button', { name: 'Create' }).click()
    await expect(form.getByText('Enter an e-mail address.')).toBeVisible()
    await form.getByLabel('Let Octorate mail the customer').check()
    await expect(form.getByText('Octorate mails the customer at once')).toBeVisible()
    await form.getByLabel('Let Octorate mail the customer').uncheck()
  })

  await test.step('creates and connects', async () => {
    await form.getByLabel('Property', { exact: true }).fill('Casa Nuova')
    await form.getByLabel('Given name').fill('Ada')
    await form.getByLabel('Family name').fill('Neri')
    await form.getByLabel('E-mail', { exact: true }).fill(`ada-${handle}@casanuova.example`)
    await form.getByRole('button', { name: 'Create' }).click()
    await expect(toast(page, 'Casa Nuova is created and connected')).toBeVisible()
    await expect(items.first()).toContainText('Created')
    await expect(page.getByRole('list', { name: 'Calls to Octorate' })).toContainText('POST 200')
    expect(await page.content()).not.toMatch(/sbx_[A-Za-z0-9_-]{20}/)
  })

  await test.step('names the property that has the mail address already', async () => {
    await form.getByLabel('Property', { exact: true }).fill('Locanda')
    await form.getByLabel('Given name').fill('Marco')
    await form.getByLabel('Family name').fill('Bianchi')
    await form.getByLabel('E-mail', { exact: true }).fill('marco@locandabianchi.example')
    await form.getByRole('button', { name: 'Create' }).click()
    await expect(items.first()).toContainText('Exists already')
    await expect(items.first()).toContainText('324410')
    await expect(items.first().getByRole('link', { name: 'Connect it instead' })).toHaveAttribute('href', pages.newConnection(organization.apiClient.id))
  })

  await test.step('takes many from a file, once every line is right', async () => {
    const head = 'name,givenName,familyName,email'
    await page.getByLabel('CSV').fill(`${head}\nCasa Uno,Ada,Neri,uno-${handle}@casa.example\nCasa Due,Ada,Neri,no mail`)
    await expect(page.getByText('Line 3 Casa Due: email')).toBeVisible()
    await page.getByLabel('CSV').fill(`${head}\nCasa Uno,Ada,Neri,uno-${handle}@casa.example\nCasa Due,Ada,Neri,due-${handle}@casa.example`)
    await page.getByRole('button', { name: 'Create 2 properties' }).click()
    await expect(page.getByText('2 of 2 sent')).toBeVisible()
    await expect(items.filter({ hasText: 'Casa Due' })).toContainText('Created')
  })

  await test.step('leads to the connection', async () => {
    await items.filter({ hasText: 'Casa Nuova' }).getByRole('link', { name: 'Open connection' }).click()
    await expect(page.getByRole('heading', { level: 1, name: /Casa Nuova/ })).toBeVisible()
  })
})
