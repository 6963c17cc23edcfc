import type { Request } from '@playwright/test'
import { pages } from '@/contracts/paths'
import { CONNECTION_PAGE, leaveForConsent } from './support/connect'
import { consentAt } from './support/consent'
import { expect, test } from './support/test'

test('code and state stand in the one callback and nowhere else, because addresses are kept and passed on', async ({ open, organization, shared }) => {
  const { page, context } = await open(organization.people.owner)
  const requests: Request[] = []
  context.on('request', (request) => requests.push(request))
  await leaveForConsent(page, organization.apiClient)
  const state = new URL(page.url()).searchParams.get('state') ?? ''
  await consentAt(page, { account: /^hans\.becker/, choice: /Gasthof Becker/ })
  await expect(page).toHaveURL(CONNECTION_PAGE)
  await expect(page.getByRole('table', { name: 'Token lineage' })).toBeVisible()
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await page.getByRole('link', { name: 'Overview' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()

  const code = new URL(requests.find(isCallback)?.url() ?? '').searchParams.get('code') ?? ''
  expect(code.length).toBeGreaterThan(10)
  const isSecret = (text: string) => text.includes(code) || text.includes(state)

  const ours = requests.filter((request) => request.url().startsWith(shared.url))
  expect(ours.filter((request) => isSecret(request.url())).map((request) => new URL(request.url()).pathname)).toEqual([
    new URL(organization.apiClient.redirectUri).pathname,
  ])
  for (const request of requests) {
    const headers = await request.allHeaders().catch(() => ({}) as Record<string, string>)
    expect(isSecret(headers['referer'] ?? ''), `Referer of ${new URL(request.url()).pathname}`).toBe(false)
  }
  const answer = await requests.find(isCallback)?.response()
  expect(answer?.status()).toBe(303)
  expect(answer?.headers()).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' })
  expect(answer?.headers()['location']).toMatch(CONNECTION_PAGE)

  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, document.referrer, document.cookie]))
  expect(isSecret(kept)).toBe(false)
  const { entries } = await (await context.newCDPSession(page)).send('Page.getNavigationHistory')
  const visited = entries.filter(({ url }) => url.startsWith(shared.url))
  expect(visited.length).toBeGreaterThan(1)
  expect(visited.filter(({ url, title }) => isSecret(url) || isSecret(title))).toEqual([])
})

test('no token is in any page or answer that a browser gets, because it has no use for one', async ({ open, organization, shared }) => {
  const { page, context } = await open(organization.people.owner)
  const bodies: Promise<string>[] = []
  context.on('response', (response) => {
    if (response.url().startsWith(shared.url) && !response.url().includes('/_next/static/')) bodies.push(response.text().catch(() => ''))
  })
  await leaveForConsent(page, organization.apiClient)
  await consentAt(page, { account: /^hans\.becker/, choice: /Pension Müllerhof/ })
  await expect(page).toHaveURL(CONNECTION_PAGE)
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(page.getByRole('table', { name: 'Token lineage' }).getByRole('row')).toHaveCount(3)
  for (const box of ['Exchange', 'Verify']) await page.getByRole('list', { name: 'Steps of the consent flow' }).getByRole('button', { name: new RegExp(box) }).click()
  await page.goto(pages.apiClient(organization.apiClient.id))
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()

  const truth = await shared.sandbox.truth()
  const own = truth.filter(({ clientId }) => clientId === organization.apiClient.clientId)
  const tokens = own.flatMap((fact) => [fact['accessToken'], fact['refreshToken'], fact['code']]).filter((token) => typeof token === 'string')
  expect(new Set(tokens).size).toBeGreaterThanOrEqual(4)
  const received = (await Promise.all(bodies)).join('\n')
  expect(received.length).toBeGreaterThan(10_000)
  for (const secret of [...tokens, organization.apiClient.clientSecret]) expect(received.includes(secret)).toBe(false)
})

function isCallback(request: Request): boolean {
  return new URL(request.url()).pathname.startsWith('/oauth/callback/')
}
