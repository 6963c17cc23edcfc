import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { round } from './support/percentiles.js'
import { findDatabaseUrl } from './support/find-database-url.js'
import { plantConnections } from './support/plant-connections.js'
import { makeDataFolder, startConsole, waitForPage } from './support/start-console.js'

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const CONNECTIONS = 10_000
const CAPPED = 600
const UPSTREAM_MS = 200
const IN_FLIGHT = 64
const LONGEST_MS = 180_000

/**
 * How long it takes until nothing is due any more, when ten thousand connections fall due at the same moment: with the
 * cap lifted, against what 64 in flight and 200 ms at Octorate allow at best; then, with the default cap, the highest
 * rate that the sandbox saw in any second. The console is the real one, with its pages, database and sandbox on the
 * same machine.
 */
export async function measureRefresh({ defer, say, options }) {
  const count = Number(options[0] ?? CONNECTIONS)
  const dataFolder = await makeDataFolder(defer)
  say(`Planting ${count} connections …`)
  const lifted = await start({ dataFolder, defer, env: { KEYRACK_REFRESH_RATE: '0', KEYRACK_REFRESH_IN_FLIGHT: String(IN_FLIGHT) } })
  await plantConnections({ dataFolder, ...lifted, connections: count, defer })
  say('All due at once, cap lifted …')
  const free = await refreshAll({ ...lifted, dataFolder, count })
  await lifted.stop()
  say(`${CAPPED} due at once, default cap …`)
  const capped = await start({ dataFolder, defer, env: {} })
  const paced = await refreshAll({ ...capped, dataFolder, count: Math.min(CAPPED, count) })
  await capped.stop()
  const bestSeconds = (count * UPSTREAM_MS) / 1000 / IN_FLIGHT
  return {
    command: 'npm run bench -- refresh',
    connections: count,
    inFlight: IN_FLIGHT,
    upstreamMs: UPSTREAM_MS,
    capLifted: { ...free, bestSeconds: round(bestSeconds), ratioToBest: round(free.seconds / bestSeconds, 2) },
    defaultCap: paced,
  }
}

async function start({ dataFolder, defer, env }) {
  const running = await startConsole({ root: ROOT, dataFolder, env, defer })
  await waitForPage(running, '/set-up', { since: performance.now(), withinMs: 180_000 })
  const sql = new pg.Client({ connectionString: await findDatabaseUrl(dataFolder, 'owner') })
  await sql.connect()
  const stop = async () => {
    await sql.end()
    await running.stop()
  }
  return { sandboxUrl: running.sandboxUrl, pid: running.pid, sql, stop }
}

/** Makes `count` connections due, waits until none is, and asks the sandbox what it saw. */
async function refreshAll({ sandboxUrl, pid, sql, count }) {
  const fault = await control(sandboxUrl, 'faults', { endpoint: 'identity/refresh', kind: 'delay', delayMs: UPSTREAM_MS, count: 0 })
  const seen = (await truth(sandboxUrl, 0)).at(-1)?.sequence ?? 0
  const cpuBefore = await cpuMs(pid)
  const startedAt = performance.now()
  await sql.query('UPDATE connections SET next_refresh_at = now() WHERE id IN (SELECT id FROM connections LIMIT $1)', [count])
  for (;;) {
    const { rows } = await sql.query('SELECT count(*)::int AS due FROM connections WHERE next_refresh_at <= now() OR lease_owner IS NOT NULL')
    if (rows[0].due === 0) break
    if (performance.now() - startedAt > LONGEST_MS) throw new Error(`${rows[0].due} connections are due still`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  const seconds = (performance.now() - startedAt) / 1000
  const usedMs = (await cpuMs(pid)) - cpuBefore
  const events = await truth(sandboxUrl, seen)
  const at = events.filter(({ type }) => type === 'token.refreshed').map((event) => event.at)
  const { rows } = await sql.query(`SELECT count(*)::int AS bad FROM connections WHERE state <> 'connected' OR refresh_failures > 0`)
  await fetch(`${sandboxUrl}/control/faults/${fault.id}`, { method: 'DELETE' })
  return {
    seconds: round(seconds),
    refreshes: at.length,
    failed: rows[0].bad + events.filter(({ type }) => type === 'refresh.refused').length,
    highestInAnySecond: highestInAnySecond(at),
    cpuMsPerRefresh: round(usedMs / at.length, 2),
    memoryPeakMb: await peakMb(pid),
  }
}

/** Sends in the fullest second, wherever it begins. */
function highestInAnySecond(instants) {
  const sorted = instants.toSorted((one, other) => one - other)
  let highest = 0
  for (let first = 0, last = 0; last < sorted.length; last += 1) {
    while (sorted[last] - sorted[first] >= 1_000) first += 1
    highest = Math.max(highest, last - first + 1)
  }
  return highest
}

/** CPU time of the console's process, user and system: the kernel counts in hundredths of a second. */
async function cpuMs(pid) {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1].split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

async function peakMb(pid) {
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024)
}

async function control(sandboxUrl, name, body) {
  const answer = await fetch(`${sandboxUrl}/control/${name}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  return answer.json()
}

async function truth(sandboxUrl, since) {
  const text = await (await fetch(`${sandboxUrl}/control/truth?since=${since}`)).text()
  return text.split('\n').filter(Boolean).map((line) => JSON.parse(line))
}
