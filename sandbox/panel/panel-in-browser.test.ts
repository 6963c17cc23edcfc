import { existsSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type BrowserContextOptions } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createSandbox } from '../create-sandbox'
import { createCaller } from '../testing/start'

const EXECUTABLE = '/usr/bin/chromium'
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

/** All that opens, with two hoteliers to stand for all: one connected, one revoked and with markup in a name. */
const OPENED = 'details:not([id^="hotelier-"]), [id="hotelier-marco.bianchi"], [id="hotelier-elena.ferri"]'

let browser: Browser

beforeAll(async () => {
  // Never skipped in silence: without a browser these promises would be unproven.
  if (!existsSync(EXECUTABLE)) throw new Error(`Chromium is missing: the panel cannot be tried without ${EXECUTABLE}`)
  browser = await chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS })
})

afterAll(() => browser.close())

/** The panel of a sandbox that has seen something; whatever the browser complains about ends in `complaints`. */
async function openPanel(options: BrowserContextOptions = {}) {
  const sandbox = await createSandbox()
  const caller = createCaller(sandbox)
  await caller.connect()
  await caller.connect(['337203'], 'elena.ferri')
  await sandbox.control.revoke({ accommodation: '337203' })
  await caller.redeem('nonsense', { grant_type: 'authorization_code' })
  sandbox.control.faults.add({ endpoint: 'identity/refresh', kind: 'status', status: 503, count: 3 })
  await sandbox.control.takeSnapshot()
  const context = await browser.newContext(options)
  onTestFinished(async () => {
    await context.close()
    await sandbox.close()
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(sandbox.url)
  return { sandbox, caller, page, complaints }
}

describe('the panel in a browser', () => {
  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
    ['dark', 360],
  ] as const)('is accessible with its parts open, %s, %i px wide, and never scrolls sideways', async (colorScheme, width) => {
    const { page } = await openPanel({ colorScheme, viewport: { width, height: 800 } })
    await page.evaluate((opened) => document.querySelectorAll<HTMLDetailsElement>(opened).forEach((each) => (each.open = true)), OPENED)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  })

  it('is driven by keyboard: the act is said aloud, and the focus stays where it was', async () => {
    const { page, sandbox, complaints } = await openPanel()
    const focused = () => page.evaluate(() => document.activeElement?.textContent)
    for (let presses = 0; presses < 40 && (await focused()) !== '+24 h'; presses += 1) await page.keyboard.press('Tab')
    const before = sandbox.control.clock.get().now
    await page.keyboard.press('Enter')
    await page.getByRole('status').getByText('It shows').waitFor()
    expect(sandbox.control.clock.get().now - before).toBeGreaterThanOrEqual(86_400_000)
    await page.getByText('shifted, running').waitFor()
    expect(await focused()).toBe('+24 h')
    expect(complaints).toEqual([])
  })

  it('shows new requests by itself, without closing what is open or touching what is being typed', async () => {
    const { page, caller, sandbox, complaints } = await openPanel()
    await page.locator('#request-3 summary').click()
    await page.getByLabel('Name of the snapshot').fill('half a na')
    await page.getByRole('button', { name: 'Next call: quota' }).click()
    await page.getByText('Next call: 403 quota used up').waitFor()
    await sandbox.control.takeSnapshot('another one')
    await page.getByText('another one', { exact: true }).waitFor()
    await caller.adminToken().catch(() => undefined)
    await page.locator('#request-4').waitFor()
    expect(await page.locator('#request-3').getAttribute('open')).toBe('')
    expect(await page.getByLabel('Name of the snapshot').inputValue()).toBe('half a na')
    expect(complaints).toEqual([])
  })

  it('copies a request as curl and replays it', async () => {
    const { page, sandbox } = await openPanel({ permissions: ['clipboard-read', 'clipboard-write'] })
    await page.locator('#request-3 summary').click()
    await page.locator('#request-3').getByRole('link', { name: 'Copy as curl' }).click()
    await page.getByRole('status').getByText('Copied').waitFor()
    const curl = await page.evaluate(() => navigator.clipboard.readText())
    expect(curl).toContain(`curl -i -X POST '${sandbox.apiUrl}/rest/v1/identity/token'`)
    await page.locator('#request-3').getByRole('button', { name: 'Replay' }).click()
    await page.getByText('replay of 3').waitFor()
    expect(sandbox.control.tape.read().at(-1)).toMatchObject({ replayOf: 3, status: 400 })
  })

  it('says what is wrong with a wish, and keeps what was typed', async () => {
    const { page } = await openPanel()
    await page.locator('#clock-set summary').click()
    await page.getByLabel('Instant (ISO 8601)').fill('yesterday')
    await page.getByRole('button', { name: 'Set', exact: true }).click()
    await page.getByRole('status').getByText('at: expected an instant').waitFor()
    expect(await page.getByLabel('Instant (ISO 8601)').inputValue()).toBe('yesterday')
  })

  it('acts without script too', async () => {
    const { page, sandbox } = await openPanel({ javaScriptEnabled: false })
    await page.getByRole('button', { name: 'Freeze' }).click()
    await page.getByText('frozen').waitFor()
    expect(sandbox.control.clock.get().mode).toBe('frozen')
    await page.locator('#hotelier-marco\\.bianchi > summary').click()
    await page.getByRole('button', { name: 'Revoke grant 1, Locanda Bianchi' }).click()
    await page.waitForURL(/#hoteliers$/)
    expect(sandbox.control.state().grants.map(({ revokedAt }) => revokedAt === null)).toEqual([false, false])
  })

  it('says so when the sandbox has gone', async () => {
    const { page, sandbox } = await openPanel()
    await sandbox.close()
    await page.getByRole('button', { name: 'Freeze' }).click()
    await page.getByRole('status').getByText('does not answer').waitFor()
    expect(await page.getByRole('status').textContent()).toBe('The sandbox does not answer. Is it still running?')
  })
})
