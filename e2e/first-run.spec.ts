import { chmod, mkdtemp } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pages } from '@/contracts/paths'
import { stopConsole, removeData } from '@/tests/console'
import { findFreePort, launchConsole, type ConsoleProcess } from '@/tests/console-process'
import { consentAt } from './support/consent'
import { expect, test } from './support/test'
import { toast } from './support/toast'

const A_MINUTE_MS = 60_000
const OWNER = { name: 'Robin Keller', email: 'robin@northwind.example', password: 'four unrelated quiet words' }

let dataFolder: string
let running: ConsoleProcess
let at: { url: string; sandboxOrigin: string }

test.beforeAll(async () => {
  dataFolder = await mkdtemp(path.join(os.tmpdir(), 'keyrack-first-run-'))
  await chmod(dataFolder, 0o755)
  const [port, sandboxPort] = [await findFreePort(), await findFreePort()]
  running = launchConsole({ dataFolder, port, sandboxPort })
  at = { url: `http://localhost:${port}`, sandboxOrigin: `http://127.0.0.1:${sandboxPort}` }
  await running.ready()
})

test.afterAll(async () => {
  await stopConsole(running)
  await removeData(dataFolder)
})

test('a newcomer connects, refreshes and disconnects a property within a minute, because everything is prepared', async ({ open }) => {
  await expect.poll(() => /Set-up code: (\S+)/.exec(running.output())?.[1]).toBeTruthy()
  const code = /Set-up code: (\S+)/.exec(running.output())?.[1] ?? ''
  const { page, watch } = await open(null, { at })
  const startedAt = performance.now()

  await test.step('sets up the organization', async () => {
    await page.goto(pages.overview())
    await expect(page).toHaveURL(/\/set-up$/)
    await page.getByLabel('Set-up code').fill(code)
    await page.getByLabel('Organization').fill('Northwind Hotels Software')
    await page.getByLabel('Your name').fill(OWNER.name)
    await page.getByLabel('E-mail').fill(OWNER.email)
    await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
    await page.getByRole('button', { name: 'Create organization' }).click()
    await expect(page.getByRole('heading', { name: 'From here to the first connected property' })).toBeVisible()
  })

  await test.step('finds the API client of the sandbox', async () => {
    await expect(page.getByText('Sandbox came with the sandbox on this machine')).toBeVisible()
    await page.getByRole('link', { name: 'Connect a property' }).first().click()
  })

  await test.step('passes the checks and consents as a hotelier', async () => {
    const checks = page.getByRole('list', { name: 'Checks' })
    await expect(checks.getByRole('listitem').filter({ hasText: /Passed/ })).toHaveCount(6)
    await page.getByRole('button', { name: 'Continue to the sandbox' }).click()
    await consentAt(page, { account: /^giulia\.rossi/, choice: /Whole network: Rossi Collection Roma/ })
  })

  await test.step('sees what it got', async () => {
    await expect(page.getByRole('heading', { level: 1, name: 'Hotel Fontana Chiara' })).toBeVisible()
    await expect(page.getByRole('table', { name: 'Properties' }).getByText('Ostia Lido Apartments')).toBeVisible()
    await expect(page.getByText('giulia.rossi@rossi-collection.example')).toBeVisible()
    const strip = page.getByRole('list', { name: 'Steps of the consent flow' })
    for (const step of ['Authorize', 'Callback', 'Exchange', 'Verify']) await expect(strip.getByText(step, { exact: true })).toBeVisible()
    await expect(page.getByText('23h 59m')).toBeVisible()
  })

  await test.step('refreshes', async () => {
    const lineage = page.getByRole('table', { name: 'Token lineage' })
    await expect(lineage.getByRole('row')).toHaveCount(2)
    await page.getByRole('button', { name: 'Refresh now' }).click()
    await expect(toast(page, 'New access token for Hotel Fontana Chiara')).toBeVisible()
    await expect(lineage.getByRole('row')).toHaveCount(3)
  })

  await test.step('disconnects after reading what follows', async () => {
    await page.getByRole('button', { name: 'Disconnect' }).click()
    const question = page.getByRole('alertdialog', { name: 'Disconnect Hotel Fontana Chiara?' })
    await expect(question).toContainText('Your software can no longer act for these 9 properties.')
    await expect(question).toContainText('The consent at Octorate stays until the hotelier withdraws it there.')
    await question.getByRole('button', { name: 'Disconnect' }).click()
    await expect(page.getByText('This connection is disconnected')).toBeVisible()
    await expect(page.getByText('Wiped when this connection was disconnected.')).toBeVisible()
  })

  expect(performance.now() - startedAt).toBeLessThan(A_MINUTE_MS)
  watch.expectStatus(404)
  await page.goto(pages.setUp())
  await expect(page.getByRole('heading', { name: 'There is nothing here that you can see' }), 'the set-up page works once').toBeVisible()
})
