import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { HttpClient } from './support/http-client.js'
import { percentiles, round } from './support/percentiles.js'
import { makeDataFolder, readSetUpCode, startConsole, waitForPage } from './support/start-console.js'

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const DEBIAN_CHROMIUM = '/usr/bin/chromium'
const OWNER = { email: 'owner@example.com', password: 'four unrelated quiet words' }
const CREDENTIALS = { clientId: 'bench-revoked', clientSecret: 'sbx_bench_secret_revoked' }
const REPORTING_ROUNDS = 5
const CALLS_EVERY_MS = 1_000
const SHOWN_WITHIN_MS = 120_000
/** Octorate's tokens live a day; without a report, a revoked grant is noticed when the next refresh is due. */
const SHORT_LIFE_MS = 60_000
const DAY_HOURS = 24

/**
 * A hotelier withdraws the access. How long until the page of the connection, open in a browser, shows that Octorate
 * refused, and until it asks for a reconnect: with a back end that calls Octorate once a second and reports the first
 * refusal, and with one that reports nothing. The second is measured with tokens that live a minute, and stated as a
 * share of their life.
 */
export async function measureRevoked({ defer, say }) {
  const labels = readLabels(JSON.parse(await readFile(path.join(ROOT, 'messages/en/connections.json'), 'utf8')))
  const dataFolder = await makeDataFolder(defer)
  const running = await startConsole({ root: ROOT, dataFolder, defer })
  await waitForPage(running, '/set-up', { since: performance.now(), withinMs: 120_000 })
  const console = new HttpClient(running.url, 4)
  const sandbox = new HttpClient(running.sandboxUrl, 4)
  defer(async () => [console, sandbox].forEach((client) => client.close()))
  const setting = { running, console, sandbox, labels, ...(await setUp(console, sandbox, running)) }
  setting.page = await openBrowser(setting, defer)
  const { hoteliers } = await sandbox.json('GET', '/control/state')
  const properties = hoteliers.map(({ username, accommodations }) => ({ username, id: accommodations.at(-1) }))

  const withReport = []
  for (const property of properties.slice(0, REPORTING_ROUNDS)) {
    withReport.push(await revokeAndWatch(setting, property, { reports: true }))
    say(`with a report: ${JSON.stringify(withReport.at(-1))}`)
  }
  await sandbox.json('PATCH', '/control/settings', { accessTokenLifetimeMs: SHORT_LIFE_MS })
  const without = await revokeAndWatch(setting, properties[REPORTING_ROUNDS], { reports: false })
  say(`without: ${JSON.stringify(without)}`)
  return {
    command: 'npm run bench -- revoked',
    withReport: {
      rounds: withReport.length,
      callsEverySeconds: CALLS_EVERY_MS / 1000,
      refusalShownSeconds: percentiles(withReport.map(({ refusalShownSeconds }) => refusalShownSeconds)),
      reconnectShownSeconds: percentiles(withReport.map(({ reconnectShownSeconds }) => reconnectShownSeconds)),
    },
    withoutReport: {
      tokenLifeSeconds: SHORT_LIFE_MS / 1000,
      ...without,
      tokenOfADay: `noticed at the next refresh, at most ${round(0.8 * DAY_HOURS)} hours after the latest`,
    },
  }
}

/** What the page says of a connection; a failing refresh stands there with its cause, here a refusal. */
function readLabels({ status, failing }) {
  return { ...status, refresh_failing: failing.named.replace('{cause}', failing.cause.unknown) }
}

/** An owner who is signed in, an API client, and a key for a back end. */
async function setUp(console, sandbox, running) {
  const code = await readSetUpCode(running)
  await console.json('POST', '/api/set-up', { code, organizationName: 'Bench', name: 'Bench Owner', ...OWNER })
  const { csrfToken } = await console.json('GET', '/api/auth/csrf')
  await console.json('POST', '/api/auth/callback/credentials', new URLSearchParams({ csrfToken, json: 'true', ...OWNER }))
  const apiClient = await console.json('POST', '/api/api-clients', {
    name: 'Bench', environment: 'SANDBOX', upstreamId: 'sandbox', ...CREDENTIALS,
  })
  await sandbox.json('POST', '/control/api-clients', { ...CREDENTIALS, redirectUris: [apiClient.callbackUri] })
  const { key } = await console.json('POST', '/api/machine-keys', { name: 'Back end', environment: 'SANDBOX', scopes: ['tokens:read'] })
  return { apiClient, key }
}

async function openBrowser({ console, running }, defer) {
  const browser = await chromium.launch(existsSync(DEBIAN_CHROMIUM) ? { executablePath: DEBIAN_CHROMIUM } : {})
  defer(() => browser.close())
  const page = await browser.newPage()
  const session = await page.context().newCDPSession(page)
  for (const [name, value] of console.cookies) {
    await session.send('Network.setCookie', { name, value, url: running.url, path: '/', secure: true, httpOnly: true, sameSite: 'Lax' })
  }
  return page
}

async function revokeAndWatch(setting, property, { reports }) {
  const { running, sandbox, page, labels } = setting
  const id = await connect(setting, property)
  await page.goto(`${running.url}/connections/${id}`)
  // A token that lives a minute is about to end from its first moment.
  await shown(page, labels.healthy, labels.expiring)
  const backEnd = keepCalling(setting, id, reports)
  const grant = (await sandbox.json('GET', '/control/state')).grants.at(-1).grant
  const revokedAt = performance.now()
  await sandbox.json('POST', '/control/grants/revoke', { grant })
  const since = () => round((performance.now() - revokedAt) / 1000)
  await shown(page, labels.refresh_failing)
  const refusalShownSeconds = since()
  await shown(page, labels.reconnect_required)
  const reconnectShownSeconds = since()
  return { refusalShownSeconds, reconnectShownSeconds, reported: await backEnd.stop() }
}

/** Waits until the page says one of these. */
function shown(page, ...labels) {
  const saying = labels.map((label) => page.getByText(label, { exact: true })).reduce((one, other) => one.or(other))
  return saying.first().waitFor({ timeout: SHOWN_WITHIN_MS })
}

/** @returns the id of the new connection */
async function connect({ console, sandbox, apiClient }, { username, id }) {
  const { location } = await console.json('POST', '/oauth/authorize', { apiClientId: apiClient.id })
  const { searchParams } = new URL(location)
  const consent = await sandbox.json('POST', '/control/consent', {
    clientId: searchParams.get('client_id'), redirectUri: searchParams.get('redirect_uri'), state: searchParams.get('state'),
    username, properties: [id],
  })
  const callback = new URL(consent.location)
  const { headers, status } = await console.send('GET', `${callback.pathname}${callback.search}`)
  const found = /\/connections\/([0-9a-f-]{36})$/.exec(headers.location ?? '')
  if (!found) throw new Error(`the consent for ${id} ended with ${status} ${headers.location}`)
  return found[1]
}

/** A back end that uses its token once a second, and perhaps reports the first refusal, as the contract asks it to. */
function keepCalling(setting, id, reports) {
  const { sandboxUrl } = setting.running
  const work = { isOver: false, reported: null }
  const loop = async () => {
    const token = await machine(setting, `connections/${id}/access-token`)
    while (!work.isOver) {
      const answer = await fetch(`${sandboxUrl}/connect/rest/v1/user/info`, { headers: { authorization: `Bearer ${token.accessToken}` } })
      if ([401, 403].includes(answer.status) && reports && work.reported === null) {
        const { type = null } = await answer.json()
        const report = { fingerprint: token.fingerprint, status: answer.status, type }
        work.reported = (await machine(setting, `connections/${id}/access-token/rejected`, report)).outcome
      }
      await new Promise((resolve) => setTimeout(resolve, CALLS_EVERY_MS))
    }
    return work.reported
  }
  const ended = loop()
  return {
    stop() {
      work.isOver = true
      return ended
    },
  }
}

async function machine({ running, key }, call, body) {
  const response = await fetch(`${running.url}/api/v1/${call}`, {
    headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${call}: ${response.status} ${await response.text()}`)
  return response.json()
}
