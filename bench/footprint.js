import { execFile } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { findDatabaseUrl } from './support/find-database-url.js'
import { round } from './support/percentiles.js'
import { plantConnections } from './support/plant-connections.js'
import { cpuMs, memoryMb, processesOf } from './support/processes.js'
import { makeDataFolder, startConsole, waitForPage } from './support/start-console.js'

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const CONNECTIONS = 3_000
const REST_MS = 30_000
const IDLE_MS = 120_000
const REFRESHES_PER_SECOND = 20

/**
 * What Keyrack takes of a small machine with one processor and three thousand connections: memory and CPU while nothing
 * happens, and while every connection is refreshed at the default cap. The sandbox, which a production console does not
 * have, is counted apart.
 */
export async function measureFootprint({ defer, say, options }) {
  const connections = Number(options[0] ?? CONNECTIONS)
  const dataFolder = await makeDataFolder(defer)
  const first = await start({ dataFolder, defer })
  say(`Planting ${connections} connections …`)
  await plantConnections({ dataFolder, sandboxUrl: first.sandboxUrl, connections, defer })
  await first.stop()
  // Started anew: what planting took is no part of it.
  const running = await start({ dataFolder, defer })
  await waitForPage(running, '/sign-in', { since: performance.now(), withinMs: 60_000 })
  const sql = new pg.Client({ connectionString: await findDatabaseUrl(dataFolder, 'owner') })
  await sql.connect()
  const databasePort = new URL(await findDatabaseUrl(dataFolder, 'owner')).port
  const find = () => processesOf(running.pid, { databasePort })
  say('Idle …')
  await new Promise((resolve) => setTimeout(resolve, REST_MS))
  const idle = await measure(find, IDLE_MS)
  say('Refreshing everything …')
  await sql.query('UPDATE connections SET next_refresh_at = now()')
  const loaded = await measure(find, Math.min(60_000, (connections / REFRESHES_PER_SECOND) * 1_000))
  await sql.end()
  const { stdout } = await promisify(execFile)('du', ['-sm', 'node_modules', '.next', 'dist'], { cwd: ROOT })
  const installed = Object.fromEntries(stdout.trim().split('\n').map((line) => line.split('\t').toReversed()).map(([name, mb]) => [name, Number(mb)]))
  return { command: 'npm run bench -- footprint', connections, processors: 1, idle, refreshing: loaded, installedMb: installed }
}

async function start({ dataFolder, defer }) {
  const running = await startConsole({ root: ROOT, dataFolder, cpu: 0, defer })
  await waitForPage(running, '/healthz', { since: performance.now(), withinMs: 180_000 })
  return running
}

/** Highest memory seen, and the share of one processor, over `ms`. */
async function measure(find, ms) {
  const before = await cpuOf(await find())
  const startedAt = performance.now()
  const highest = { console: 0, postgres: 0, together: 0, sandbox: 0 }
  while (performance.now() - startedAt < ms) {
    const present = await find()
    const [console, postgres, sandbox] = await Promise.all([present.console, present.postgres, present.sandbox].map(memoryMb))
    for (const [name, mb] of Object.entries({ console, postgres, together: console + postgres, sandbox })) highest[name] = Math.max(highest[name], mb)
    await new Promise((resolve) => setTimeout(resolve, 2_000))
  }
  const seconds = (performance.now() - startedAt) / 1000
  const after = await cpuOf(await find())
  const percent = Object.fromEntries(Object.keys(after).map((name) => [name, round((after[name] - before[name]) / 10 / seconds, 2)]))
  return { seconds: round(seconds), memoryMb: highest, cpuPercent: { ...percent, together: round(percent.console + percent.postgres, 2) } }
}

async function cpuOf(groups) {
  const entries = await Promise.all(Object.entries(groups).map(async ([name, ids]) => [name, await cpuMs(ids)]))
  return Object.fromEntries(entries)
}
