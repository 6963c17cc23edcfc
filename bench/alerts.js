import { createServer } from 'node:http'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { SMTPServer } from 'smtp-server'
import { HttpClient } from './support/http-client.js'
import { percentiles, round } from './support/percentiles.js'
import { makeDataFolder, readSetUpCode, startConsole, waitForPage } from './support/start-console.js'

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const OWNER = { email: 'owner@example.com', password: 'four unrelated quiet words' }
const CREDENTIALS = { clientId: 'bench-alerts', clientSecret: 'sbx_bench_secret_alerts' }
const ROUNDS = 3
const TOLD_WITHIN_MS = 400_000
const AIM_SECONDS = 60

/**
 * Seconds from the moment at which a connection is found to need the hotelier, to the mail in a real mail server and the
 * message at a real webhook; and from a new consent to `connection.reconnected`. The cause is a grant revoked at the
 * sandbox and refreshed until Octorate's no is confirmed. `--rounds=N`; mails after the first are five minutes apart.
 */
export async function measureAlerts({ options, defer, say }) {
  const rounds = Number(/^--rounds=(\d+)$/.exec(options[0] ?? '')?.[1] ?? ROUNDS)
  const [mails, messages] = [await openMailServer(defer), await openReceiver(defer)]
  const dataFolder = await makeDataFolder(defer)
  const running = await startConsole({
    root: ROOT, dataFolder, defer,
    env: { KEYRACK_SMTP_URL: mails.url, KEYRACK_MAIL_FROM: 'Keyrack <keyrack@example.com>', KEYRACK_WEBHOOKS_TO_LOOPBACK: 'on' },
  })
  await waitForPage(running, '/set-up', { since: performance.now(), withinMs: 180_000 })
  const console = new HttpClient(running.url, 4)
  const sandbox = new HttpClient(running.sandboxUrl, 4)
  defer(async () => [console, sandbox].forEach((client) => client.close()))
  const apiClient = await setUp({ console, sandbox, running, url: messages.url })
  const { hoteliers } = await sandbox.json('GET', '/control/state')
  const properties = hoteliers.map(({ username, accommodations }) => ({ username, id: accommodations.at(-1) }))
  const results = []
  for (const property of properties.slice(0, rounds)) {
    results.push(await revokeAndListen({ console, sandbox, apiClient, mails, messages }, property))
    say(JSON.stringify(results.at(-1)))
  }
  const [first] = results
  return {
    command: 'npm run bench -- alerts',
    rounds: results.length,
    aimSeconds: AIM_SECONDS,
    webhookSeconds: percentiles(results.map(({ webhookSeconds }) => webhookSeconds)),
    /** Of the first: those that follow wait for five minutes after it, so that nobody gets many. */
    mailSeconds: first.mailSeconds,
    laterMailSeconds: results.slice(1).map(({ mailSeconds }) => mailSeconds),
    reconnectedSeconds: percentiles(results.map(({ reconnectedSeconds }) => reconnectedSeconds)),
    isMet: first.mailSeconds <= AIM_SECONDS && results.every(({ webhookSeconds }) => webhookSeconds <= AIM_SECONDS),
  }
}

async function setUp({ console, sandbox, running, url }) {
  const code = await readSetUpCode(running)
  await console.json('POST', '/api/set-up', { code, organizationName: 'Bench', name: 'Bench Owner', ...OWNER })
  const { csrfToken } = await console.json('GET', '/api/auth/csrf')
  await console.json('POST', '/api/auth/callback/credentials', new URLSearchParams({ csrfToken, json: 'true', ...OWNER }))
  const apiClient = await console.json('POST', '/api/api-clients', { name: 'Bench', environment: 'SANDBOX', upstreamId: 'sandbox', ...CREDENTIALS })
  await sandbox.json('POST', '/control/api-clients', { ...CREDENTIALS, redirectUris: [apiClient.callbackUri] })
  const events = ['connection.reconnect_required', 'connection.reconnected']
  await console.json('POST', '/api/webhooks', { kind: 'signed', name: 'Bench', url, events })
  return apiClient
}

async function revokeAndListen(setting, property) {
  const { console, sandbox, mails, messages } = setting
  const id = await connect(setting, property)
  const { grants } = await sandbox.json('GET', '/control/state')
  await sandbox.json('POST', '/control/grants/revoke', { grant: grants.at(-1).grant })
  const [mailsBefore, messagesBefore] = [mails.received.length, messages.received.length]
  const causedAt = await untilFoundDead(console, id)
  const since = (at) => round(Math.max(0, (at - causedAt) / 1000))
  const webhookSeconds = since(await arrival(messages, messagesBefore, 'connection.reconnect_required'))
  const mailSeconds = since(await arrival(mails, mailsBefore, 'reconnected'))
  const repairedAt = performance.now()
  const told = messages.received.length
  await connect(setting, property)
  const reconnectedAt = await arrival(messages, told, 'connection.reconnected')
  return { webhookSeconds, mailSeconds, reconnectedSeconds: round((reconnectedAt - repairedAt) / 1000) }
}

/** Refreshes until the first no is confirmed, which takes half a minute; @returns the moment. */
async function untilFoundDead(console, id) {
  const begunAt = performance.now()
  await console.send('POST', `/api/connections/${id}/refresh`, {})
  while (performance.now() - begunAt < TOLD_WITHIN_MS) {
    const { status } = await console.json('GET', `/api/connections/${id}`)
    if (status === 'reconnect_required') return performance.now()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the grant was never found dead')
}

/** The moment at which something that says `word` arrived, after so many others. */
async function arrival({ received }, skipped, word) {
  const begunAt = performance.now()
  while (performance.now() - begunAt < TOLD_WITHIN_MS) {
    const found = received.slice(skipped).find(({ text }) => text.includes(word))
    if (found) return found.at
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`${word} never arrived`)
}

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

async function openMailServer(defer) {
  const received = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, _session, callback) {
      let text = ''
      stream.on('data', (chunk) => (text += chunk))
      stream.on('end', () => {
        received.push({ at: performance.now(), text })
        callback()
      })
    },
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  defer(() => new Promise((resolve) => server.close(resolve)))
  return { received, url: `smtp://127.0.0.1:${server.server.address().port}` }
}

async function openReceiver(defer) {
  const received = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => (text += chunk))
    request.on('end', () => {
      received.push({ at: performance.now(), text })
      response.writeHead(204).end()
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  defer(() => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))))
  return { received, url: `http://127.0.0.1:${server.address().port}/` }
}
