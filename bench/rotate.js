import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { findDatabaseUrl } from './support/find-database-url.js'
import { HttpClient } from './support/http-client.js'
import { becomeOwner } from './support/owner.js'
import { round } from './support/percentiles.js'
import { plantConnections } from './support/plant-connections.js'
import { makeDataFolder, startConsole, waitForPage } from './support/start-console.js'
import { startSteadyLoad } from './support/steady-load.js'

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const CONNECTIONS = 10_000
const PER_SECOND = 200
const BASELINE_MS = 20_000
/** A console that has just started is slow for other reasons. */
const WARM_UP_MS = 10_000

/**
 * Replaces the key-encryption key of a console with ten thousand connections (twenty thousand tokens) while back ends
 * read two hundred tokens a second: how long it takes, requests that failed, and what the reads took beside what they
 * take otherwise.
 */
export async function measureRotate({ defer, say, options }) {
  const connections = Number(options[0] ?? CONNECTIONS)
  const dataFolder = await makeDataFolder(defer)
  const running = await startConsole({ root: ROOT, dataFolder, defer })
  await waitForPage(running, '/set-up', { since: performance.now(), withinMs: 180_000 })
  const owner = new HttpClient(running.url, 4)
  defer(async () => owner.close())
  await becomeOwner(owner, running)
  say(`Planting ${connections} connections …`)
  const { organizationId } = await plantConnections({ dataFolder, sandboxUrl: running.sandboxUrl, connections, defer })
  const { key, ids } = await adopt({ dataFolder, owner, organizationId })
  const backEnd = new HttpClient(running.url, 64, { authorization: `Bearer ${key}` })
  defer(async () => backEnd.close())
  const send = (number) => backEnd.send('GET', `/api/v1/connections/${ids[number % ids.length]}/access-token`)
  say('Warming up …')
  const warmUp = startSteadyLoad({ perSecond: PER_SECOND, send })
  await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS))
  await warmUp.stop()
  say('Baseline …')
  const before = startSteadyLoad({ perSecond: PER_SECOND, send })
  await new Promise((resolve) => setTimeout(resolve, BASELINE_MS))
  const baseline = await before.stop()
  say('Replacing the key …')
  const during = startSteadyLoad({ perSecond: PER_SECOND, send })
  const startedAt = performance.now()
  const { reseal, retire } = await replaceKey(dataFolder)
  const seconds = round((performance.now() - startedAt) / 1000)
  const loaded = await during.stop()
  return {
    command: 'npm run bench -- rotate',
    connections,
    resealed: Number(/(\d+) values were sealed anew/.exec(reseal.output)?.[1]),
    resealSeconds: reseal.seconds,
    wholeSeconds: seconds,
    retired: retire.output.includes('is retired'),
    perSecond: PER_SECOND,
    baseline,
    meanwhile: loaded,
    ratioOfP99: round(loaded.ms.p99 / baseline.ms.p99, 2),
  }
}

/** The planted connections become the owner's, who makes a key for them. */
async function adopt({ dataFolder, owner, organizationId }) {
  const sql = new pg.Client({ connectionString: await findDatabaseUrl(dataFolder, 'owner') })
  await sql.connect()
  try {
    // Their tokens are sealed for the organization that they were planted in: the owner moves there.
    await sql.query('UPDATE memberships SET organization_id = $1', [organizationId])
    await sql.query('UPDATE sessions SET organization_id = $1', [organizationId])
    const { key } = await owner.json('POST', '/api/machine-keys', { name: 'Back end', environment: 'SANDBOX', scopes: ['tokens:read'] })
    const { rows } = await sql.query('SELECT id FROM connections ORDER BY random() LIMIT 1000')
    return { key, ids: rows.map(({ id }) => id) }
  } finally {
    await sql.end()
  }
}

async function replaceKey(dataFolder) {
  const file = path.join(dataFolder, 'keys')
  const fresh = (await run(dataFolder, ['new', 'k2'])).output.trim()
  await writeFile(file, `${fresh}\n${await readFile(file, 'utf8')}`)
  // Until the console has looked at the file.
  await new Promise((resolve) => setTimeout(resolve, 5_000))
  const reseal = await run(dataFolder, ['reseal'])
  return { reseal, retire: await run(dataFolder, ['retire', 'k1']) }
}

async function run(dataFolder, args) {
  const startedAt = performance.now()
  const { stdout } = await promisify(execFile)(process.execPath, ['bin/keyrack.js', 'keys', ...args], { cwd: ROOT, env: { ...process.env, KEYRACK_DATA: dataFolder } })
  return { seconds: round((performance.now() - startedAt) / 1000), output: stdout }
}
