import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { HttpClient } from './support/http-client.js'
import { becomeOwner } from './support/owner.js'
import { round } from './support/percentiles.js'
import { makeDataFolder, startConsole, waitForPage } from './support/start-console.js'

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const KEYS = 10_000
const UPSTREAM_MS = 100
/** Calls that one process has in flight for migrations: what the best time is reckoned with. */
const IN_FLIGHT = 32
/** Migrate and probe, one after the other. */
const CALLS_IN_TURN = 2
const LIST_REQUESTS = 200
const LIST_EVERY_MS = 100
const LOOK_MS = 200
const LONGEST_MS = 600_000
const API_CLIENT = { clientId: 'bench-migration', clientSecret: 'sbx_bench_secret_migration' }
const PLACE = { currency: 'EUR', timeZone: 'Europe/Rome', city: 'Roma', country: 'IT', zip: '00100', latitude: 41.9, longitude: 12.5 }

/**
 * How long ten thousand old keys take without a throttle, against what 32 calls in flight and 100 ms at Octorate allow at
 * best; what the console's process takes for it; and how long the list of a migration's lines takes meanwhile, against
 * when nothing is done. The console is the real one, with its pages, database and sandbox on the same machine.
 */
export async function measureMigration({ defer, say, options }) {
  const count = Number(options[0] ?? KEYS)
  const dataFolder = await makeDataFolder(defer)
  const running = await startConsole({ root: ROOT, dataFolder, defer, env: { KEYRACK_REFRESH_RATE: '0', KEYRACK_REFRESH_IN_FLIGHT: '64' } })
  await waitForPage(running, '/set-up', { since: performance.now(), withinMs: 180_000 })
  const console = new HttpClient(running.url, 8)
  const sandbox = new HttpClient(running.sandboxUrl, 8)
  defer(async () => [console, sandbox].forEach((client) => client.close()))
  await becomeOwner(console, running)
  const lines = await plantOldHotels(sandbox, count)
  const { id: apiClientId } = await console.json('POST', '/api/api-clients', {
    name: 'Bench', environment: 'SANDBOX', upstreamId: 'sandbox', ...API_CLIENT,
  })
  await sandbox.json('POST', '/control/faults', { endpoint: '*', kind: 'delay', delayMs: UPSTREAM_MS, count: 0 })

  const memoryBeforeMb = await peakMb(running.pid)
  const wish = { apiClientId, name: 'Bench', perSecond: null, lines }
  say(`${count} old keys …`)
  const startedAt = performance.now()
  const { id } = await console.json('POST', '/api/key-migrations', wish)
  const submittedAt = performance.now()
  const list = measureList(console, id)
  const last = await untilOver(console, id)
  const seconds = (performance.now() - submittedAt) / 1000
  const busy = await list.stop()
  const idle = measureList(console, id)
  await idle.until(LIST_REQUESTS)
  const quiet = await idle.stop()
  const given = await countGiven(sandbox)

  const bestSeconds = (count * UPSTREAM_MS * CALLS_IN_TURN) / 1000 / IN_FLIGHT
  return {
    command: 'npm run bench -- migration',
    keys: count,
    upstreamMs: UPSTREAM_MS,
    inFlight: IN_FLIGHT,
    submitSeconds: round((submittedAt - startedAt) / 1000),
    seconds: round(seconds),
    bestSeconds: round(bestSeconds),
    ratioToBest: round(seconds / bestSeconds, 2),
    counts: last.counts,
    migratedAtTheSandbox: given,
    memoryBeforeMb,
    memoryPeakMb: await peakMb(running.pid),
    listP95Ms: { running: busy, idle: quiet, ratio: round(busy / quiet, 2) },
  }
}

/** A world of so many properties, each with a key of the deprecated API that belongs to the bench's API client. */
async function plantOldHotels(sandbox, count) {
  const lines = Array.from({ length: count }, (_, index) => ({ number: index + 1, key: `sbx_legacy_${index}_f3a91c`, propertyId: String(700_001 + index) }))
  const accommodations = lines.map(({ propertyId }) => ({ ...PLACE, id: propertyId, name: `Casa ${propertyId}` }))
  await sandbox.json('POST', '/control/reset', {
    seed: {
      apiClients: [{ ...API_CLIENT, name: 'Bench', environment: 'SANDBOX', redirectUris: ['https://localhost'] }],
      accommodations,
      networks: [],
      hoteliers: [{ username: 'marco', password: 'hotel', name: 'Marco', email: 'marco@casa.example', accommodations: accommodations.map(({ id }) => id) }],
      legacyKeys: lines.map(({ key, propertyId }) => ({ key, accommodation: propertyId, clientId: API_CLIENT.clientId })),
    },
  })
  return lines
}

async function untilOver(console, id) {
  const startedAt = performance.now()
  for (;;) {
    const migration = await console.json('GET', `/api/key-migrations/${id}`)
    if (migration.state !== 'running') return migration
    if (performance.now() - startedAt > LONGEST_MS) throw new Error(`not over yet: ${JSON.stringify(migration.counts)}`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

/** Asks for a page of lines again and again, one request at a time. @returns stop(), which resolves with the p95 in milliseconds */
function measureList(console, id) {
  const times = []
  const state = { isStopped: false }
  const asking = (async () => {
    while (!state.isStopped) {
      const { status, ms } = await console.send('GET', `/api/key-migrations/${id}/lines?limit=200`)
      if (status !== 200) throw new Error(`the list of lines answered ${status}`)
      times.push(ms)
      await new Promise((resolve) => setTimeout(resolve, LIST_EVERY_MS))
    }
  })()
  return {
    async until(count) {
      while (times.length < count) await Promise.race([asking, new Promise((resolve) => setTimeout(resolve, LIST_EVERY_MS))])
    },
    async stop() {
      state.isStopped = true
      await asking
      const sorted = times.toSorted((one, other) => one - other)
      return round(sorted[Math.ceil(0.95 * sorted.length) - 1] ?? Number.NaN)
    },
  }
}

async function countGiven(sandbox) {
  const { text } = await sandbox.send('GET', '/control/truth?since=0&type=key.migrated')
  return text.split('\n').filter(Boolean).length
}

async function peakMb(pid) {
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024)
}
