import { readFile } from 'node:fs/promises'
import { pages } from '@/contracts/paths'
import { plantMachineKeys } from '@/tests/plant-machine-keys'
import { makeSession } from '@/tests/make-organization'
import { connect } from './support/connect'
import { plantConnections } from './support/plant-connections'
import { expect, test } from './support/test'

test('an owner practises a breach from the freeze to the thaw, while production goes on and nothing real is changed', async ({ open, organization, shared }) => {
  const { owner } = organization.people
  // People of the stories have no password: a sign-in of this moment proves who they are.
  const { page } = await open(await makeSession(shared, { organizationId: organization.id, userId: owner.id }))
  const connectionId = await connect(page, organization.apiClient, { account: /^marco\.bianchi/, choice: /Ca’ del Lume/ })
  const [test_, live] = await plantMachineKeys(shared, organization, [{ name: 'Booking engine' }, { name: 'Live booking engine', environment: 'PRODUCTION' }])
  const [liveConnection = ''] = await plantConnections(shared, organization, [{ name: 'Hôtel du Lac Bleu', upstreamId: '478802', environment: 'PRODUCTION' }])
  const statusOf = async (id: string, key: string | undefined) =>
    (await fetch(`${shared.url}/api/v1/connections/${id}/access-token`, { headers: { authorization: `Bearer ${key ?? ''}` } })).status
  expect([await statusOf(connectionId, test_?.text), await statusOf(liveConnection, live?.text)]).toEqual([200, 200])

  await page.goto(pages.breach())
  await expect(page.getByText('No incident, and no drill yet')).toBeVisible()
  await page.getByRole('button', { name: 'Start a drill' }).click()
  const starting = page.getByRole('alertdialog', { name: 'Start a drill' })
  await starting.getByLabel('What is practised').fill('A key of the booking engine stood in a screenshot')
  await starting.getByRole('button', { name: 'Start it' }).click()
  await expect(page.getByText('This is a drill')).toBeVisible()
  const steps = page.getByRole('main').getByRole('listitem')
  const step = (name: string) => steps.filter({ has: page.getByRole('heading', { level: 3, name }) })

  await step('Freeze hand-outs').getByRole('button', { name: 'Freeze now' }).click()
  await expect(step('Freeze hand-outs').getByText('Done', { exact: true })).toBeVisible()
  expect([await statusOf(connectionId, test_?.text), await statusOf(liveConnection, live?.text)]).toEqual([423, 200])

  await step('Look what is held').getByRole('link', { name: 'Open the inventory' }).click()
  await page.getByLabel('Kind').selectOption('access_token')
  await expect(page.getByRole('row', { name: /Ca’ del Lume/ }).getByText(/Booking engine/)).toBeVisible()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Take all as CSV' }).click()
  expect(await readFile(await (await download).path(), 'utf8')).toContain('Ca’ del Lume')
  await page.goto(pages.breach())
  await page.getByRole('link', { name: 'A key of the booking engine stood in a screenshot' }).click()
  await page.getByRole('button', { name: 'Mark as done: Look what is held' }).click()

  await page.getByRole('button', { name: /^Draft the letter/ }).click()
  await page.getByRole('link', { name: /^Open the letter/ }).click()
  await expect(page.getByText(/credentials of our API account may be in wrong hands/)).toBeVisible()
  await expect(page.getByText('Hand-outs in sandbox mode are frozen for a drill')).toBeVisible()
  await page.getByRole('button', { name: 'I have sent it' }).click()
  await expect(page.getByRole('button', { name: 'I have sent it' })).toHaveCount(0)
  await page.getByRole('link', { name: 'Open the breach page' }).click()
  await page.getByRole('link', { name: 'A key of the booking engine stood in a screenshot' }).click()
  await expect(step('Write to Octorate').getByText('1 of 1 sent')).toBeVisible()
  await page.getByRole('button', { name: 'Mark as done: Write to Octorate' }).click()
  await page.getByRole('button', { name: 'Not needed: Replace client secrets' }).click()

  await step('End machine keys').getByRole('button', { name: 'End all machine keys' }).click()
  await page.getByRole('alertdialog', { name: 'End 1 machine key?' }).getByRole('button', { name: 'End all machine keys' }).click()
  await expect(step('End machine keys').getByText('none is left of before')).toBeVisible()
  await expect.poll(() => statusOf(connectionId, test_?.text)).toBe(401)
  expect(await statusOf(liveConnection, live?.text)).toBe(200)

  await step('Drop access tokens').getByRole('button', { name: 'Drop access tokens', exact: true }).click()
  await page.getByRole('alertdialog', { name: 'Drop stored access tokens?' }).getByRole('button', { name: 'Drop access tokens', exact: true }).click()
  await expect(step('Drop access tokens').getByText('none is left to drop')).toBeVisible()
  await expect(step('Drop access tokens').getByText(', 1 connection')).toBeVisible()

  await step('Mark for reconnect').getByRole('button', { name: 'Mark for reconnect', exact: true }).click()
  const marking = page.getByRole('alertdialog', { name: 'Mark for reconnect?' })
  await marking.getByLabel('Which connections').selectOption('One connection')
  await marking.getByLabel('Property name or Octorate id').fill('Lume')
  await marking.getByLabel('Connection', { exact: true }).selectOption(connectionId)
  await expect(marking.getByRole('button', { name: 'Mark for reconnect' })).toBeDisabled()
  await marking.getByLabel('Type “Ca’ del Lume” to go on').fill('Ca’ del Lume')
  await marking.getByRole('button', { name: 'Mark for reconnect', exact: true }).click()
  await expect(step('Mark for reconnect').getByText('1 of 1 are marked')).toBeVisible()
  await page.getByRole('button', { name: 'Not needed: Reconnect customers' }).click()

  await step('Thaw').getByRole('button', { name: 'Thaw', exact: true }).click()
  const thawing = page.getByRole('alertdialog', { name: 'Thaw hand-outs?' })
  await thawing.getByLabel('Reason').fill('Everything is new')
  await thawing.getByRole('button', { name: 'Thaw' }).click()
  await expect(step('Thaw').getByText('Done', { exact: true })).toBeVisible()
  const [fresh] = await plantMachineKeys(shared, organization, [{ name: 'New booking engine' }])
  expect([await statusOf(connectionId, fresh?.text), await statusOf(liveConnection, live?.text)]).toEqual([409, 200])
  await page.goto(pages.connection(connectionId))
  await expect(page.getByText('An owner asked for a new consent', { exact: true })).toBeVisible()
  expect(await connect(page, organization.apiClient, { account: /^marco\.bianchi/, choice: /Ca’ del Lume/ })).toBe(connectionId)
  expect(await statusOf(connectionId, fresh?.text)).toBe(200)

  await page.goto(pages.breach())
  await page.getByRole('link', { name: 'A key of the booking engine stood in a screenshot' }).click()
  await page.getByRole('button', { name: 'Close the incident' }).click()
  const closing = page.getByRole('alertdialog', { name: 'Close it?' })
  await expect(closing.getByText('Every step is settled.')).toBeVisible()
  await closing.getByRole('button', { name: 'Close the incident' }).click()
  const report = page.getByRole('table', { name: 'Acts since it was opened' })
  await expect(report.getByText('Incident: closed')).toBeVisible()
  for (const act of ['Incident: opened', 'Freeze: placed', 'Inventory: exported', 'Letter: sent', 'Machine key: revoked', 'Freeze: lifted']) {
    await expect(report.getByText(act)).toBeVisible()
  }
  await expect(report.getByText('Mark for reconnect, 1 connection')).toBeVisible()
})

test('a developer freezes one connection on its page and sees why, and an owner thaws it', async ({ open, organization, shared }) => {
  const [id = ''] = await plantConnections(shared, organization, [{ name: 'Palazzo Aurelia', upstreamId: '310058' }])
  const { page } = await open(organization.people.developer)
  await page.goto(pages.connection(id))
  await page.getByRole('button', { name: 'Freeze' }).click()
  const asking = page.getByRole('alertdialog', { name: 'Freeze hand-outs of Palazzo Aurelia?' })
  await asking.getByLabel('Reason').fill('Their laptop is gone')
  await asking.getByRole('button', { name: 'Freeze' }).click()
  await expect(page.getByText('Hand-outs of Palazzo Aurelia are frozen')).toBeVisible()
  await expect(page.getByText('Reason: Their laptop is gone')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Thaw' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Freeze' })).toHaveCount(0)

  const owner = await open(organization.people.owner)
  await owner.page.goto(pages.overview())
  await expect(owner.page.getByText('Hand-outs of Palazzo Aurelia are frozen')).toBeVisible()
  await owner.page.getByRole('link', { name: 'Open', exact: true }).click()
  await owner.page.getByRole('button', { name: 'Thaw' }).click()
  const thawing = owner.page.getByRole('alertdialog', { name: 'Thaw Palazzo Aurelia?' })
  await thawing.getByLabel('Reason').fill('It was found')
  await thawing.getByRole('button', { name: 'Thaw' }).click()
  await expect(owner.page.getByText('Hand-outs of Palazzo Aurelia are frozen')).toHaveCount(0)
})
