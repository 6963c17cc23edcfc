import { hashPassword } from '@/server/auth/password'
import { pages } from '@/contracts/paths'
import { makePerson, makeSession } from '@/tests/make-organization'
import { plantConnections } from './support/plant-connections'
import { expect, test } from './support/test'
import { toast } from './support/toast'

const PASSWORD = 'four unrelated quiet words'

test('an owner invites a support person, who joins and signs in on another browser and sees what support sees', async ({ open, organization, shared }) => {
  await plantConnections(shared, organization, [{ name: 'Palazzo Aurelia', upstreamId: '310058' }])
  const { page } = await open(organization.people.owner)
  await page.goto(pages.people())
  await expect(page.getByRole('table', { name: 'People of this organization' }).getByRole('row')).toHaveCount(5)
  const email = `sofia-${organization.id.slice(0, 8)}@keyrack.example`
  await page.getByRole('button', { name: 'Invite somebody' }).click()
  await page.getByRole('dialog').getByLabel('E-mail').fill(email)
  await page.getByRole('radio', { name: /^Support/ }).check()
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  const link = await page.getByRole('region', { name: 'Invitation link' }).locator('code').innerText()
  expect(link).toMatch(new RegExp(`^${shared.url}${pages.join()}#`))
  await page.getByRole('button', { name: 'I handed it over' }).click()
  await expect(page.getByRole('table', { name: 'Invitations that nobody has taken yet' }).getByText(email)).toBeVisible()

  const support = await open(null)
  await support.page.goto(link)
  await expect(support.page.getByText('You become Support there')).toBeVisible()
  await support.page.getByLabel('Your name').fill('Sofia Marino')
  await support.page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await support.page.getByRole('button', { name: 'Create account and join' }).click()
  await expect(support.page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await expect(support.page.getByRole('link', { name: 'Connections', exact: true })).toBeVisible()
  await expect(support.page.getByRole('link', { name: 'API clients', exact: true })).toHaveCount(0)
  await support.page.goto(pages.people(), { waitUntil: 'commit' })
  await expect(support.page).toHaveURL(pages.overview())

  const late = await open(null)
  late.watch.expectStatus(404)
  await late.page.goto(link)
  await expect(late.page.getByText('This link does not work any more.')).toBeVisible()

  await page.reload()
  await expect(page.getByRole('link', { name: 'Sofia Marino' })).toBeVisible()
  await expect(page.getByText('Invited', { exact: true })).toHaveCount(0)
})

test('an owner removes a developer, whose open page and personal key stop at once, while the service key goes on, flagged', async ({ open, organization, shared }) => {
  const { owner, developer } = organization.people
  const theirs = await open(developer)
  theirs.watch.expectStatus(401)
  const make = async (name: string, belongsTo: string) => {
    await theirs.page.goto(pages.machineKeys())
    await theirs.page.getByRole('button', { name: 'Create a machine key' }).click()
    await theirs.page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
    await theirs.page.getByRole('radio', { name: new RegExp(`^${belongsTo}`) }).check()
    await theirs.page.getByRole('button', { name: 'Create', exact: true }).click()
    const key = await theirs.page.getByRole('region', { name: 'Machine key' }).locator('code').innerText()
    await theirs.page.getByRole('button', { name: 'I stored it' }).click()
    return key
  }
  const [service, personal] = [await make('Booking engine', 'The organization'), await make('My trials', 'You')]
  const statusOf = async (key: string) =>
    (await fetch(`${shared.url}/api/v1/connections`, { headers: { authorization: `Bearer ${key}` } })).status
  expect([await statusOf(service), await statusOf(personal)]).toEqual([200, 200])

  // People of the stories have no password: a sign-in of this moment proves who they are.
  const here = await open(await makeSession(shared, { organizationId: organization.id, userId: owner.id }))
  await here.page.goto(pages.person(developer.id))
  await here.page.getByRole('button', { name: 'Remove', exact: true }).click()
  const dialog = here.page.getByRole('alertdialog', { name: /^Remove/ })
  await expect(dialog.getByText(/1 personal machine key: My trials/)).toBeVisible()
  await expect(dialog.getByText(/1 machine key of the organization: Booking engine/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await expect(here.page).toHaveURL(pages.people())

  await expect(theirs.page).toHaveURL(/\/sign-in/)
  await expect.poll(() => statusOf(personal)).toBe(401)
  expect(await statusOf(service)).toBe(200)
  await here.page.goto(pages.machineKeys())
  await here.page.getByRole('link', { name: 'Booking engine' }).click()
  await expect(here.page.getByText(/^Made by somebody who left: rotate it/)).toBeVisible()
})

test('the last owner cannot go, another becomes one, and a demotion reaches an open page', async ({ open, organization, shared }) => {
  const { owner, developer } = organization.people
  const { page } = await open(await makeSession(shared, { organizationId: organization.id, userId: owner.id }))
  await page.goto(pages.person(owner.id))
  await expect(page.getByText('This is the only owner')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Remove' })).toHaveCount(0)
  const theirs = await open(developer)
  await theirs.page.goto(pages.machineKeys())

  await page.goto(pages.person(developer.id))
  await page.getByRole('button', { name: 'Change role' }).click()
  await page.getByRole('radio', { name: /^Viewer/ }).check()
  await page.getByRole('dialog').getByRole('button', { name: 'Change role' }).click()
  await expect(toast(page, 'Robin developer has the role Viewer now')).toBeVisible()
  await expect(theirs.page).toHaveURL(pages.overview())
  await expect(theirs.page.getByRole('link', { name: 'Machine keys' })).toHaveCount(0)
})

test('an owner makes a second organization and goes back and forth between the two', async ({ open, organization }) => {
  const { page } = await open(organization.people.owner)
  await page.goto(pages.organization())
  await page.getByLabel('Name', { exact: false }).first().fill('Northwind Stays')
  await page.getByRole('button', { name: 'Rename' }).click()
  await expect(toast(page, 'The organization is called Northwind Stays now')).toBeVisible()
  await page.getByRole('button', { name: 'Create an organization' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Harbour Systems')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(page.getByRole('button', { name: /Organization: Harbour Systems/ })).toBeVisible()
  await page.getByRole('button', { name: /Organization: Harbour Systems/ }).click()
  await page.getByRole('menuitem', { name: 'Northwind Stays' }).click()
  await expect(page.getByRole('button', { name: /Organization: Northwind Stays/ })).toBeVisible()
})

test('a link for an owner who is locked out is nothing without its token', async ({ open, shared, organization }) => {
  const { page, watch } = await open(null)
  watch.expectStatus(400, 404)
  await page.goto(`${pages.recover()}#${'A'.repeat(43)}`)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Set password' }).click()
  await expect(page.getByText('This link does not work any more.')).toBeVisible()
  const known = await makePerson(shared, { organizationId: organization.id, role: 'viewer', passwordHash: await hashPassword(PASSWORD) })
  await page.goto(pages.signIn())
  await page.getByLabel('E-mail').fill(known.email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
})
