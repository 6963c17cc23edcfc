import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { eachConcurrently } from './support/each-concurrently.js'
import { HttpClient } from './support/http-client.js'
import { percentiles, round } from './support/percentiles.js'
import { makeDataFolder, readSetUpCode, startConsole, waitForPage } from './support/start-console.js'

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const FLOWS = 1_000
const CONCURRENT = 20
/** One flow each for this many properties of the sandbox, so that every flow makes a connection of its own. */
const PROPERTIES_PER_CLIENT = 40
const OWNER = { email: 'owner@example.com', password: 'four unrelated quiet words' }
const CONNECTION_PAGE = /\/connections\/[0-9a-f-]{36}$/

/**
 * How long a browser waits at the callback: from sending the request with the code to the redirect to the saved
 * connection. Twenty consent flows at a time against the sandbox; the hotelier's part is done by the sandbox's control
 * API. The same number of plain requests (the list of one's own sessions) is measured beside it, half of them before
 * and half after, to compare with.
 */
export async function measureConnect({ defer, say }) {
  const dataFolder = await makeDataFolder(defer)
  const running = await startConsole({ root: ROOT, dataFolder, defer })
  await waitForPage(running, '/set-up', { since: performance.now(), withinMs: 120_000 })
  const console = new HttpClient(running.url, CONCURRENT)
  const sandbox = new HttpClient(running.sandboxUrl, CONCURRENT)
  defer(async () => [console, sandbox].forEach((client) => client.close()))

  await signIn(console, await readSetUpCode(running))
  const flows = await planFlows({ console, sandbox })
  say(`${FLOWS} consent flows, ${CONCURRENT} at a time …`)
  const plain = await measurePlain(console)
  const truthBefore = (await readTruth(sandbox)).at(-1)?.sequence ?? 0
  const startedAt = performance.now()
  const done = []
  await eachConcurrently(flows, CONCURRENT, async (flow) => done.push(await runFlow({ console, sandbox }, flow)))
  const seconds = (performance.now() - startedAt) / 1000
  plain.push(...(await measurePlain(console)))

  const failed = done.filter(({ connectionId }) => connectionId === null)
  if (failed.length > 0) say(`First failure: ${JSON.stringify(failed[0])}`)
  const callback = percentiles(done.map(({ ms }) => ms))
  const sessionsGet = percentiles(plain)
  return {
    command: 'npm run bench -- connect',
    flows: done.length,
    concurrent: CONCURRENT,
    failures: failed.length,
    connections: new Set(done.map(({ connectionId }) => connectionId)).size,
    callbackToSavedMs: callback,
    ...codesOf(await readTruth(sandbox, truthBefore), done),
    flowsPerSecond: round(done.length / seconds),
    plainGetMs: sessionsGet,
    ratioToPlainGet: { p50: round(callback.p50 / sessionsGet.p50), p99: round(callback.p99 / sessionsGet.p99) },
  }
}

async function signIn(client, code) {
  await client.json('POST', '/api/set-up', { code, organizationName: 'Bench', name: 'Bench Owner', ...OWNER })
  const { csrfToken } = await client.json('GET', '/api/auth/csrf')
  await client.json('POST', '/api/auth/callback/credentials', new URLSearchParams({ csrfToken, json: 'true', ...OWNER }))
}

/** Registers as many API clients as it takes for every flow to be the first consent for its property. */
async function planFlows({ console, sandbox }) {
  const { hoteliers } = await sandbox.json('GET', '/control/state')
  const properties = hoteliers
    .flatMap(({ username, accommodations }) => accommodations.map((id) => ({ username, id })))
    .slice(0, PROPERTIES_PER_CLIENT)
  const flows = []
  for (let number = 0; number < FLOWS / PROPERTIES_PER_CLIENT; number += 1) {
    const credentials = { clientId: `bench-${number}`, clientSecret: `sbx_bench_secret_${number}` }
    const apiClient = await console.json('POST', '/api/api-clients', {
      name: `Bench ${number}`, environment: 'SANDBOX', upstreamId: 'sandbox', ...credentials,
    })
    await sandbox.json('POST', '/control/api-clients', { ...credentials, redirectUris: [apiClient.callbackUri] })
    flows.push(...properties.map((property) => ({ apiClientId: apiClient.id, property })))
  }
  return flows
}

async function runFlow({ console, sandbox }, { apiClientId, property }) {
  const { location } = await console.json('POST', '/oauth/authorize', { apiClientId })
  const { searchParams } = new URL(location)
  const consent = await sandbox.json('POST', '/control/consent', {
    clientId: searchParams.get('client_id'),
    redirectUri: searchParams.get('redirect_uri'),
    state: searchParams.get('state'),
    username: property.username,
    properties: [property.id],
  })
  const callback = new URL(consent.location)
  const sentAt = Date.now()
  const { status, headers, ms } = await console.send('GET', `${callback.pathname}${callback.search}`)
  const target = headers.location ?? ''
  const isSaved = status === 303 && CONNECTION_PAGE.test(target)
  return { code: consent.code, sentAt, ms, connectionId: isSaved ? target.slice(-36) : null, ...(isSaved ? {} : { status, target }) }
}

/** What became of the codes, as the sandbox saw it: the truth is upstream, not in our own answers. */
function codesOf(truth, done) {
  const sentAt = new Map(done.map((flow) => [flow.code, flow.sentAt]))
  const redeemed = truth.filter(({ type }) => type === 'code.redeemed')
  const issued = truth.filter(({ type }) => type === 'code.issued').length
  const refused = truth.filter(({ type }) => type === 'code.refused')
  return {
    callbackToTokenRequestMs: percentiles(redeemed.map(({ code, at }) => at - (sentAt.get(code) ?? Number.NaN))),
    codes: {
      issued,
      redeemed: redeemed.length,
      expiredOnOurSide: issued - redeemed.length,
      refused: refused.length,
      refusedAsExpired: refused.filter(({ reason }) => reason === 'expired').length,
    },
  }
}

async function readTruth(sandbox, since = 0) {
  const { text } = await sandbox.send('GET', `/control/truth?since=${since}`)
  return text.split('\n').filter(Boolean).map((line) => JSON.parse(line))
}

async function measurePlain(client) {
  const measured = []
  await eachConcurrently(Array.from({ length: FLOWS / 2 }), CONCURRENT, async () => {
    const { status, ms } = await client.send('GET', '/api/sessions')
    if (status !== 200) throw new Error(`GET /api/sessions: ${status}`)
    measured.push(ms)
  })
  return measured
}
