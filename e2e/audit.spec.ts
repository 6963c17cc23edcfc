import { readFile } from 'node:fs/promises'
import { pages } from '@/contracts/paths'
import { makeSession } from '@/tests/make-organization'
import { expect, test } from './support/test'
import { toast } from './support/toast'

test('an owner finds in the audit log what changed, checks that it is whole, and takes it along', async ({ open, organization, shared }) => {
  const { owner, developer } = organization.people
  const { page } = await open(await makeSession(shared, { organizationId: organization.id, userId: owner.id }))
  await page.goto(pages.person(developer.id))
  await page.getByRole('button', { name: 'Change role' }).click()
  await page.getByRole('radio', { name: /^Support/ }).check()
  await page.getByRole('dialog').getByRole('button', { name: 'Change role' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.goto(pages.organization())
  await page.getByLabel('Name', { exact: false }).first().fill('Northwind Stays')
  await page.getByRole('button', { name: 'Rename' }).click()
  await expect(toast(page, 'The organization is called Northwind Stays now')).toBeVisible()

  await page.goto(pages.auditLog())
  const table = page.getByRole('table', { name: 'Audit log, the newest first' })
  await expect(table.getByText('Organization: changed')).toBeVisible()
  await page.getByLabel('What', { exact: true }).selectOption({ label: 'Person: role changed' })
  await expect(page).toHaveURL(`${pages.auditLog()}?action=person.role_changed`)
  await expect(table.getByRole('row')).toHaveCount(2)
  await table.getByRole('button', { name: 'Person: role changed' }).click()
  const drawer = page.getByRole('dialog', { name: 'Person: role changed' })
  await expect(drawer.getByRole('row', { name: 'Role developer support' })).toBeVisible()
  await expect(drawer.getByText('Robin owner')).toBeVisible()
  await drawer.getByRole('button', { name: 'Only this' }).nth(1).click()
  await expect(page).toHaveURL(new RegExp(`target=${developer.id}`))
  await page.goBack()
  await page.goBack()
  await expect(table.getByText('Organization: changed')).toBeVisible()

  await page.getByRole('button', { name: 'Verify' }).click()
  await expect(page.getByText('The log is whole').filter({ visible: true }).first()).toBeVisible()

  for (const [name, holds] of [['CSV', '"person.role_changed"'], ['Whole log (JSONL)', '"type":"log"']] as const) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()])
    expect(await readFile(await download.path(), 'utf8')).toContain(holds)
  }
  await page.reload()
  await expect(table.getByText('Audit: exported').first()).toBeVisible()
})

test('a developer reads the log and takes nothing along, and an entry that was changed shows', async ({ open, organization, shared }) => {
  const { developer } = organization.people
  const { rows } = await shared.sql.query<{ id: string }>(
    `INSERT INTO audit_events (organization_id, at, action, outcome, actor_kind, actor_id, address) VALUES ($1, now(), 'api_client.deleted', 'success', 'user', $2, '192.0.2.7') RETURNING id`,
    [organization.id, developer.id],
  )
  const id = rows[0]?.id ?? ''
  const { page } = await open(developer)
  await page.goto(pages.auditLog())
  await expect(page.getByRole('link', { name: 'CSV' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Verify' })).toHaveCount(0)
  await expect.poll(async () => (await shared.sql.query('SELECT 1 FROM audit_seals WHERE event_id = $1', [id])).rowCount).toBe(1)
  await shared.sql.query(`UPDATE audit_events SET address = '10.0.0.1' WHERE id = $1`, [id])
  await page.reload()
  await expect(page.getByTitle('Changed after it was sealed')).toBeVisible()
})
