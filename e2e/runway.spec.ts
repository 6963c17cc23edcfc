import { pages } from '@/contracts/paths'
import { startConsole, type TestConsole } from '@/tests/console'
import { makeConnection } from '@/tests/make-connection'
import { expect, test } from './support/test'

const HOUR_MS = 60 * 60_000
const WAIT_MS = 90_000

/** An outage is everybody's, so it is told in a console of its own. */
let own: TestConsole

test.beforeAll(async () => {
  own = await startConsole()
})
test.afterAll(() => own.stop())

test('an outage is told with its times, passes, and a top up afterwards renews every token', async ({ open }) => {
  test.setTimeout(240_000)
  const ids: string[] = []
  for (const [index, hours] of [3, 5, 9].entries()) {
    const { id } = await makeConnection(own, own.organization, { name: `Casa ${index + 1}` })
    ids.push(id)
    await own.sql.query('UPDATE properties SET upstream_id = $2 WHERE connection_id = $1', [id, String(324_410 + index)])
    await own.sql.query('UPDATE connections SET access_expires_at = $2 WHERE id = $1', [id, new Date(Date.now() + hours * HOUR_MS)])
  }
  const { page } = await open(own.organization.people.developer, { at: { url: own.url, sandboxOrigin: own.sandbox.origin } })
  const banner = page.locator('[data-slot=alert]').filter({ hasText: 'Octorate has not answered since' })

  await test.step('while all is well there is no banner, and four kinds of ends stand side by side', async () => {
    await page.goto(pages.overview())
    for (const text of ['3 access tokens', '0 admin tokens', '3 refresh tokens', '0 open links', 'Never by themselves']) {
      await expect(page.getByText(text)).toBeVisible()
    }
    await expect(banner).toHaveCount(0)
  })

  await test.step('once Octorate falls silent it is said since when, and when the first and the last lose access', async () => {
    await own.sandbox.addFault({ endpoint: '*', kind: 'status', status: 503, count: 0 })
    await own.sql.query('UPDATE connections SET next_refresh_at = now()')
    await expect(async () => {
      await page.reload()
      await expect(banner).toBeVisible({ timeout: 2_000 })
    }).toPass({ timeout: WAIT_MS })
    await expect(banner).toContainText(/since \d\d:\d\d/)
    await expect(banner).toContainText(/The first property loses access at \d\d:\d\d.*all 3 by \d\d:\d\d/)
    await page.goto(pages.connections())
    await expect(banner).toBeVisible()
    await page.getByRole('link', { name: 'See by the hour' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Runway' })).toBeVisible()
    await expect(page.getByText(/^No answer since/)).toBeVisible()
    await page.getByText('As a table').first().click()
    await expect(page.getByRole('table', { name: 'If nothing is renewed, by the hour' }).getByRole('row')).toHaveCount(25)
  })

  await test.step('a top up is refused meanwhile', async () => {
    await page.getByRole('button', { name: 'Top up' }).click()
    await expect(page.getByRole('dialog').getByText(/Octorate gives no new tokens|There is no connection that could be refreshed/)).toBeVisible()
    await expect(page.getByRole('dialog').getByRole('button', { name: /^Renew/ })).toBeDisabled()
    await page.keyboard.press('Escape')
  })

  await test.step('the banner goes by itself once Octorate answers', async () => {
    await own.sandbox.clearFaults()
    await expect(banner).toHaveCount(0, { timeout: WAIT_MS })
    // One whose turn had not come when the circuit opened never failed: it is due still.
    const RENEWED = "SELECT 1 FROM connections WHERE state = 'connected' AND lease_owner IS NULL AND next_refresh_at > now() + interval '1 hour'"
    await expect.poll(async () => (await own.sql.query(RENEWED)).rowCount, { timeout: WAIT_MS }).toBe(3)
  })

  await test.step('a top up says what it will do, and does it', async () => {
    const versions = async () => (await own.sql.query<{ version: number }>('SELECT access_token_version AS version FROM connections ORDER BY id')).rows
    const before = await versions()
    await page.getByRole('button', { name: 'Top up' }).click()
    await expect(page.getByRole('dialog').getByText(/no token ends before \d\d:\d\d/)).toBeVisible()
    await page.getByRole('button', { name: 'Renew 3 tokens' }).click()
    const list = page.getByRole('list', { name: 'Top ups' })
    await expect(list.getByText('3 of 3 renewed.')).toBeVisible({ timeout: WAIT_MS })
    await expect(list.getByText('Done')).toBeVisible()
    expect(await versions()).toEqual(before.map(({ version }) => ({ version: version + 1 })))
  })

  await test.step('the doctor finds something of each kind, and its text for support names nobody', async () => {
    await page.goto(pages.doctor())
    for (const kind of ['Database', 'Clock against Octorate', 'Egress address', 'Versions']) {
      await expect(page.getByRole('heading', { name: kind, exact: true })).toBeVisible()
    }
    await page.getByRole('button', { name: 'Run again' }).click()
    const text = page.getByText(/^Keyrack doctor, /)
    await expect(text).toContainText('versions: Node')
    await expect(text).not.toContainText(own.organization.apiClient.clientSecret)
    await expect(text).not.toContainText('localhost')
  })
})
