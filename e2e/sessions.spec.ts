import type { Request } from '@playwright/test'
import { digest } from '@/server/crypto/digest'
import { hashPassword } from '@/server/auth/password'
import { pages } from '@/contracts/paths'
import { makePerson, makeSession } from '@/tests/make-organization'
import { plantConnections } from './support/plant-connections'
import { expect, test } from './support/test'
import { toast } from './support/toast'

const PASSWORD = 'four unrelated quiet words'

test('a page whose session is ended elsewhere is gone within seconds, without a click', async ({ open, organization, shared }) => {
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

test('a page that is left open asks on for five minutes, keeps no session alive by it, and asks anew when somebody is back', async ({ open, organization, shared }) => {
  const { owner } = organization.people
  await plantConnections(shared, organization, [{ name: 'Palazzo Aurelia', upstreamId: '310058' }])
  const { page, watch } = await open(owner)
  const polls = { begun: 0, over: 0 }
  const isPoll = (request: Request) => request.url().includes('/api/connections')
  page.on('request', (request) => (polls.begun += isPoll(request) ? 1 : 0))
  page.on('response', (response) => (polls.over += isPoll(response.request()) ? 1 : 0))
  /** Lets a minute pass in the browser, then everything that it asked for come back, and be read. */
  const passMinute = async () => {
    const before = polls.begun
    await page.clock.runFor(60_000)
    await expect.poll(() => polls.begun - polls.over).toBe(0)
    await page.evaluate(async () => (await fetch('/healthz')).text())
    return polls.begun - before
  }
  const letIdle = (minutes: number) =>
    shared.sql.query(`UPDATE sessions SET last_seen_at = now() - make_interval(mins => $2) WHERE id = $1`, [owner.sessionId, minutes])
  const idleMinutes = async () => {
    const { rows } = await shared.sql.query<{ idle: number }>(
      'SELECT extract(epoch FROM now() - last_seen_at)::float8 / 60 AS idle FROM sessions WHERE id = $1', [owner.sessionId],
    )
    return rows[0]?.idle ?? 0
  }
  await page.clock.install()
  await page.goto(pages.connections())
  await expect(page.getByRole('link', { name: 'Palazzo Aurelia' })).toBeVisible()
  await letIdle(50)

  await test.step('nobody is there: it asks, and stops asking', async () => {
    const asked: number[] = []
    for (let minute = 1; minute <= 9; minute += 1) asked.push(await passMinute())
    // A browser whose minutes pass at once does not manage one of them every time.
    expect(asked.slice(0, 6).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(1)
    expect(asked.slice(6)).toEqual([0, 0, 0])
    expect(await idleMinutes()).toBeGreaterThan(49)
  })

  await test.step('somebody is back: it asks at once, and that counts', async () => {
    await page.keyboard.press('Shift')
    await expect.poll(idleMinutes).toBeLessThan(5)
  })

  await test.step('the hour is over: the next request leads to the sign-in page', async () => {
    watch.expectStatus(401)
    await letIdle(61)
    await expect(async () => {
      await page.clock.runFor(30_000)
      await expect(page).toHaveURL(/\/sign-in/, { timeout: 500 })
    }).toPass({ timeout: 20_000 })
  })
})

test('after too many tries the sign-in page counts the seconds to wait', async ({ open, organization, shared }) => {
  const person = await makePerson(shared, { organizationId: organization.id, role: 'viewer', passwordHash: await hashPassword(PASSWORD) })
  const { page, watch } = await open(null)
  watch.expectStatus(401)
  await page.goto(pages.signIn())
  const alert = page.getByRole('alert').filter({ hasText: 'There were too many attempts.' })
  const tryWrong = async () => {
    await page.getByLabel('E-mail').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill('not the password at all')
    await page.getByRole('button', { name: 'Sign in' }).click()
  }
  await tryWrong()
  await expect(page.getByText('That e-mail and password do not belong together.')).toBeVisible()
  await shared.sql.query("UPDATE sign_in_throttles SET blocked_until = now() + interval '10 seconds' WHERE key = $1", [
    digest(`account ${person.email}`),
  ])
  await tryWrong()
  await expect(alert).toContainText(/Wait before you try again:\s*\d+s/)
  await expect(alert).toContainText('you can try again now', { timeout: 30_000 })
})
