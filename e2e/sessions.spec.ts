import { hashPassword } from '@/server/auth/password'
import { pages } from '@/contracts/paths'
import { makePerson, makeSession } from '@/tests/make-organization'
import { plantConnections } from './support/plant-connections'
import { expect, test } from './support/test'
import { toast } from './support/toast'

const PASSWORD = 'four unrelated quiet words'

test('a session that is ended elsewhere lands on the sign-in page at its next click', async ({ open, organization, shared }) => {
  const { owner } = organization.people
  const here = await open(owner)
  const elsewhere = await open(await makeSession(shared, { organizationId: organization.id, userId: owner.id }))
  elsewhere.watch.expectStatus(401)
  await elsewhere.page.goto(pages.connections())
  await here.page.goto(pages.sessions())
  await here.page.getByRole('button', { name: /^End the session of/ }).click()
  await here.page.getByRole('alertdialog', { name: 'End this session?' }).getByRole('button', { name: 'End session' }).click()
  await expect(toast(here.page, 'The session has ended')).toBeVisible()
  await expect(here.page.getByRole('table', { name: 'Your sessions' }).getByRole('row')).toHaveCount(2)

  await elsewhere.page.getByRole('link', { name: 'Overview' }).first().click()
  await expect(elsewhere.page).toHaveURL(/\/sign-in/)
})

test('all other sessions end at once, because a device was lost', async ({ open, organization, shared }) => {
  const { owner } = organization.people
  const given = { organizationId: organization.id, userId: owner.id }
  const others = [await open(await makeSession(shared, given)), await open(await makeSession(shared, given))]
  const { page } = await open(owner)
  await page.goto(pages.sessions())
  await page.getByRole('button', { name: 'End all other sessions' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'End them' }).click()
  await expect(toast(page, '2 sessions have ended')).toBeVisible()
  for (const other of others) {
    await other.page.goto(pages.overview())
    await expect(other.page).toHaveURL(/\/sign-in/)
  }
  await page.goto(pages.overview())
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
})

test('signing in leads to the page that was asked for, and nothing is shown after signing out, not by the back button either', async ({ open, organization, shared }) => {
  await plantConnections(shared, organization, [{ name: 'Palazzo Aurelia', upstreamId: '310058' }])
  const person = await makePerson(shared, { organizationId: organization.id, role: 'owner', passwordHash: await hashPassword(PASSWORD) })
  const { page, watch } = await open(null)
  watch.expectStatus(401)
  await page.goto(pages.connections())
  await expect(page).toHaveURL(/\/sign-in/)

  await test.step('a wrong password is refused without saying which half was wrong', async () => {
    await page.getByLabel('E-mail').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill('not the password at all')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('That e-mail and password do not belong together.')).toBeVisible()
  })

  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/\/connections$/)
  await expect(page.getByRole('link', { name: 'Palazzo Aurelia' })).toBeVisible()

  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  await page.goBack()
  await expect(page.getByText('Palazzo Aurelia')).toHaveCount(0)
  await page.goto(pages.signIn())
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
})
