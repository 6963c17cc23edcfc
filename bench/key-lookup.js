import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { HttpClient } from './support/http-client.js'
import { becomeOwner } from './support/owner.js'
import { percentiles, round } from './support/percentiles.js'
import { makeDataFolder, startConsole, waitForPage } from './support/start-console.js'

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const ROUNDS = 400
const KEYS = 100
const ADDRESS = '/api/v1/connections'
const CHECKSUM = 6
const TAIL = 12

/**
 * How long it takes until a machine key is answered, over one connection and in random order: of keys that never were, of
 * such that begin as a living one does, of revoked ones, and of living ones. Who tries keys must not learn from the time
 * what the answer does not say, so each kind is compared with keys that never were: 0.5 is the chance that a call of that
 * kind takes longer than one of them when time tells nothing, 1 when it tells everything. Within `byChance` of 0.5 it may
 * be chance. A living key says so by its answer, and is there for its time.
 */
export async function measureKeyLookup({ defer, say, options }) {
  const rounds = Number(options[0] ?? ROUNDS)
  const { formatMachineKey, withChecksum } = await loadSpelling(defer)
  const dataFolder = await makeDataFolder(defer)
  const running = await startConsole({ root: ROOT, dataFolder, defer })
  await waitForPage(running, '/set-up', { since: performance.now(), withinMs: 120_000 })
  const owner = new HttpClient(running.url, 4)
  defer(async () => owner.close())
  await becomeOwner(owner, running)
  say(`Making ${2 * KEYS} keys …`)
  const [living, revoked] = [await makeKeys(owner), await makeKeys(owner)]
  for (const { id } of revoked) await owner.json('DELETE', `/api/machine-keys/${id}`)
  const never = () => formatMachineKey('SANDBOX', randomBytes(32))
  /** A living key up to its last random characters, with a check sum that is right. */
  const near = ({ key }) => withChecksum(`${key.slice(0, -CHECKSUM - TAIL)}${never().slice(-CHECKSUM - TAIL, -CHECKSUM)}`)
  const kinds = {
    never: { status: 401, next: never },
    near: { status: 401, next: (turn) => near(living[turn % KEYS]) },
    revoked: { status: 401, next: (turn) => revoked[turn % KEYS].key },
    living: { status: 200, next: (turn) => living[turn % KEYS].key },
  }
  const ms = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []]))
  for (let turn = 0; turn < rounds; turn += 1) {
    for (const kind of shuffled(Object.keys(kinds))) {
      const { status, next } = kinds[kind]
      const client = new HttpClient(running.url, 1, { authorization: `Bearer ${next(turn)}` })
      // A call that needs no key first, so that opening the connection is not what is measured.
      await client.send('GET', '/healthz')
      const answer = await client.send('GET', ADDRESS)
      client.close()
      if (answer.status !== status) throw new Error(`${kind}: ${answer.status} ${answer.text}`)
      // The first call of a revoked key in a minute is written down, which takes its time and happens to nobody who guesses.
      if (kind !== 'revoked' || turn >= KEYS) ms[kind].push(answer.ms)
    }
  }
  const of = (kind) => ({
    ms: percentiles(ms[kind]),
    takesLongerThanNever: round(chanceOfLonger(ms[kind], ms.never), 3),
    byChance: round(marginOf(ms[kind].length, ms.never.length), 3),
  })
  return { command: 'npm run bench -- key-lookup', rounds, kinds: Object.fromEntries(Object.keys(kinds).map((kind) => [kind, of(kind)])) }
}

/** How a key is spelled, which is TypeScript. */
async function loadSpelling(defer) {
  const outfile = path.join(ROOT, 'bench/dist/spelling.mjs')
  defer(() => rm(path.dirname(outfile), { recursive: true, force: true }))
  const contents = `export { formatMachineKey } from './lib/machine-key'\nexport { withChecksum } from './lib/base62'`
  await build({ stdin: { contents, resolveDir: ROOT, loader: 'ts' }, outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20.19', logLevel: 'warning' })
  return import(pathToFileURL(outfile).href)
}

async function makeKeys(owner) {
  const keys = []
  for (let number = 1; number <= KEYS; number += 1) {
    const { key, machineKey } = await owner.json('POST', '/api/machine-keys', { name: `Key ${number}`, environment: 'SANDBOX', scopes: ['connections:read'] })
    keys.push({ key, id: machineKey.id })
  }
  return keys
}

function shuffled(items) {
  return items.map((item) => [Math.random(), item]).toSorted(([one], [other]) => one - other).map(([, item]) => item)
}

/** How often a value of the one list is greater than one of the other, ties for half. */
function chanceOfLonger(ones, others) {
  let greater = 0
  for (const one of ones) for (const other of others) greater += one > other ? 1 : one === other ? 0.5 : 0
  return greater / (ones.length * others.length)
}

/** Two standard deviations of that share between two lists that tell nothing of each other (Mann and Whitney). */
function marginOf(one, other) {
  return 2 * Math.sqrt((one + other + 1) / (12 * one * other))
}
