import { randomUUID } from 'node:crypto'
import { pages } from '@/contracts/paths'
import { openWebhookReceiver } from '@/tests/webhook-receiver'
import { verifyWebhook } from '@/sdk/verify-webhook'
import { connect } from './support/connect'
import { expect, test } from './support/test'
import { toast } from './support/toast'

test('a revoked grant is told by mail and by webhook, and that it works again as well', async ({ open, organization, shared }) => {
  test.setTimeout(120_000)
  const receiver = await openWebhookReceiver()
  const { page } = await open(organization.people.owner)
  const dialog = page.getByRole('dialog')

  const secret = await test.step('a webhook is added, and its signing secret is shown once', async () => {
    await page.goto(pages.overview())
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('link', { name: 'Webhooks' }).click()
    await expect(page.getByText('No webhooks yet')).toBeVisible()
    await page.getByRole('button', { name: 'Add webhook' }).click()
    await dialog.getByRole('button', { name: 'Add webhook' }).click()
    await expect(dialog.getByText('Give it a name.')).toBeVisible()
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Booking back end')
    await dialog.getByRole('textbox', { name: 'Address' }).fill(receiver.url)
    await dialog.getByRole('button', { name: 'Add webhook' }).click()
    const shown = (await dialog.getByText(/^whsec_/).textContent()) ?? ''
    await dialog.getByRole('button', { name: 'I stored it' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Booking back end' })).toBeVisible()
    expect(await page.content()).not.toContain(shown.slice(6))
    return shown
  })
  const webhook = page.url()
  const told = (type: string) => expect.poll(() => receiver.received.map(({ json }) => json.type), { timeout: 60_000 }).toContain(type)

  const connectionId = await connect(page, organization.apiClient, { account: /^marco\.bianchi/, choice: /Ca’ del Lume/ })
  await told('connection.connected')

  await test.step('the grant is found dead: the webhook is told, signed, and a mail follows', async () => {
    await shared.sql.query(`UPDATE connections SET state = 'reconnect_required', cause = NULL, state_since = now() WHERE id = $1`, [connectionId])
    await told('connection.reconnect_required')
    const message = receiver.received.find(({ json }) => json.type === 'connection.reconnect_required')
    const event = verifyWebhook({ headers: message?.headers ?? {}, body: message?.body ?? '', secret })
    expect(event).toMatchObject({ type: 'connection.reconnect_required', data: { connection: { id: connectionId } } })
    await page.goto(pages.mail())
    const mail = page.getByRole('button', { name: /^Open .* has to be reconnected$/ }).filter({ visible: true }).first()
    await expect(mail).toBeVisible({ timeout: 60_000 })
    await mail.click()
    await expect(dialog.getByText('Only the hotelier can repair this')).toBeVisible()
    await expect(dialog.getByText(pages.connection(connectionId))).toHaveCount(0)
    await dialog.getByRole('button', { name: 'Show with links' }).click()
    await expect(dialog.getByText(pages.connection(connectionId))).toBeVisible()
  })

  await test.step('the hotelier consents anew, and the back end hears that it may go on', async () => {
    await connect(page, organization.apiClient, { account: /^marco\.bianchi/, choice: /Ca’ del Lume/ })
    await told('connection.reconnected')
  })

  await test.step('a message that was not taken is seen and sent again', async () => {
    receiver.status = 500
    receiver.answer = 'out of order'
    await page.goto(webhook)
    await page.getByRole('button', { name: 'Send a test' }).click()
    await expect(toast(page, 'The test is on its way')).toBeVisible()
    const test500 = page.getByRole('button', { name: /^Open Test/ }).filter({ visible: true }).first()
    await expect(page.getByRole('row', { name: /Test.*Answer 500/ }).first()).toBeVisible({ timeout: 30_000 })
    await test500.click()
    await expect(dialog.getByText('out of order').first()).toBeVisible()
    receiver.status = 200
    await dialog.getByRole('button', { name: 'Send again' }).click()
    await expect(toast(page, 'The message is on its way')).toBeVisible()
    await expect(dialog.getByText('Delivered')).toBeVisible({ timeout: 30_000 })
    await dialog.getByRole('button', { name: 'Close' }).first().click()
  })

  await test.step('alerts are listed, and who gets them is chosen', async () => {
    await page.goto(pages.alerts())
    await expect(page.getByRole('link', { name: /has to be reconnected$/ }).first()).toBeVisible()
    await page.getByRole('checkbox', { name: 'Support' }).check()
    await page.getByRole('checkbox', { name: 'Keep quiet at night' }).check()
    await page.getByLabel('Time zone').fill('Rome')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('Enter a time zone such as Europe/Rome.')).toBeVisible()
    await page.getByLabel('Time zone').fill('Europe/Rome')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(toast(page, 'Saved')).toBeVisible()
    await expect(page.getByText('3 recipients get mails')).toBeVisible()
    await page.reload()
    await expect(page.getByLabel('Time zone')).toHaveValue('Europe/Rome')
  })
  await receiver.close()
})

test('a webhook is changed, its secret replaced, switched off and removed', async ({ open, organization }) => {
  const receiver = await openWebhookReceiver()
  const { page, watch } = await open(organization.people.developer)
  watch.expectStatus(400)
  const dialog = page.getByRole('dialog')
  await page.goto(pages.webhooks())
  await page.getByRole('button', { name: 'Add webhook' }).click()
  await dialog.getByRole('radio', { name: /^Slack-compatible/ }).check()
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Channel')
  await dialog.getByRole('textbox', { name: 'Address' }).fill('http://10.0.0.1/hook')
  await dialog.getByRole('button', { name: 'Add webhook' }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await dialog.getByRole('radio', { name: /^Signed/ }).check()
  await dialog.getByRole('textbox', { name: 'Address' }).fill(receiver.url)
  await dialog.getByRole('button', { name: 'Add webhook' }).click()
  await dialog.getByRole('button', { name: 'I stored it' }).click()
  await page.getByRole('button', { name: 'Change' }).click()
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Reports')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Reports' })).toBeVisible()
  await page.getByRole('button', { name: 'Replace secret' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Replace secret' }).click()
  await expect(dialog.getByText(/^whsec_/)).toBeVisible()
  await dialog.getByRole('button', { name: 'I stored it' }).click()
  await expect(page.getByText('the one before signs too until')).toBeVisible()
  await page.getByRole('button', { name: 'Switch off' }).click()
  await expect(page.getByText('It is switched off')).toBeVisible()
  await page.getByRole('button', { name: 'Switch on' }).click()
  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove webhook' }).click()
  await expect(page.getByText('No webhooks yet')).toBeVisible()
  const address = pages.webhook(randomUUID())
  expect((await page.request.get(address)).status()).toBe(404)
  await receiver.close()
})
