import { execFile, spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { round } from './support/percentiles.js'
import { findFreePort, makeDataFolder } from './support/start-console.js'

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const HERE = path.join(ROOT, 'bench/handout')
const PLAIN_NEXT = path.join(HERE, 'plain-next')
const NEXT = path.join(ROOT, 'node_modules/next/dist/bin/next')
const CONNECTIONS = 1_000
const CLIENTS = 64
const ROUNDS = 5
const SECONDS = 5
const WARM_UP_SECONDS = 3

/**
 * Access tokens handed out per second, with the machine key checked and the ledger durable on every call, beside (a) a
 * bare Hono route on the same front with an answer of the same size and (b) a plain Next route with one Prisma read and
 * one insert on the same database. Load comes from a process of its own, on one target at a time; ratios are taken
 * within each round, and their median counts. One answer that is not good fails the bench.
 */
export async function measureHandout({ defer, say, options }) {
  const rounds = Number(options[0] ?? ROUNDS)
  process.chdir(ROOT)
  const dataFolder = await makeDataFolder(defer)
  say('Building …')
  await bundleServer(defer)
  await buildPlain(defer)
  const server = await startServer({ dataFolder, defer })
  const plain = await startPlain({ databaseUrl: server.databaseUrl, defer })
  const targets = {
    handOut: { url: server.url, paths: server.ids.map((id) => `/api/v1/connections/${id}/access-token`), authorization: `Bearer ${server.key}` },
    bareHono: { url: server.url, paths: ['/api/v1/bare'] },
    plainNext: { url: plain.url, paths: server.ids.map((id) => `/token?id=${id}`) },
  }
  const results = { handOut: [], bareHono: [], plainNext: [] }
  for (const target of Object.values(targets)) await load(target, WARM_UP_SECONDS)
  const cpu = []
  const shared = []
  for (let number = 1; number <= rounds; number += 1) {
    say(`Round ${number} of ${rounds} …`)
    for (const [name, target] of Object.entries(targets)) {
      const before = await server.usage()
      const result = await load(target, SECONDS)
      const after = await server.usage()
      results[name].push(result)
      if (name === 'handOut') cpu.push((after.cpuMs - before.cpuMs) / (result.perSecond * SECONDS))
      if (name === 'handOut') shared.push((result.perSecond * SECONDS) / (after.statements - before.statements))
      say(`${name}: ${Math.round(result.perSecond)}/s, p50 ${result.p50Ms} ms, p99 ${result.p99Ms} ms`)
    }
  }
  const ratio = (other) => round(median(results.handOut.map(({ perSecond }, index) => perSecond / results[other][index].perSecond)), 2)
  const { rssMb } = await server.usage()
  return {
    command: 'npm run bench -- handout',
    connections: CONNECTIONS,
    clients: CLIENTS,
    seconds: SECONDS,
    rounds,
    handOut: summary(results.handOut),
    bareHono: summary(results.bareHono),
    plainNext: summary(results.plainNext),
    ratios: { toBareHono: ratio('bareHono'), toPlainNext: ratio('plainNext') },
    cpuMsPerHandOut: round(median(cpu), 3),
    handOutsPerStatement: round(median(shared)),
    memoryMb: rssMb,
  }
}

async function bundleServer(defer) {
  const outfile = path.join(HERE, 'dist/server.mjs')
  defer(() => rm(path.dirname(outfile), { recursive: true, force: true }))
  await build({
    entryPoints: [path.join(HERE, 'server.ts')], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20.19',
    packages: 'external', conditions: ['react-server'], sourcemap: 'linked', logLevel: 'warning',
    alias: { '@': ROOT, 'server-only': path.join(ROOT, 'bin/empty.js') },
  })
}

async function buildPlain(defer) {
  defer(() => rm(path.join(PLAIN_NEXT, '.next'), { recursive: true, force: true }))
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' }
  await promisify(execFile)(process.execPath, [NEXT, 'build', PLAIN_NEXT], { env })
}

async function startServer({ dataFolder, defer }) {
  const port = await findFreePort()
  const child = spawn(process.execPath, [path.join(HERE, 'dist/server.mjs'), ROOT, String(CONNECTIONS)], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, PORT: String(port), KEYRACK_DATA: dataFolder, LOG_LEVEL: 'warn', NODE_ENV: 'production' },
  })
  defer(() => end(child))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error('The server ended.')
    return JSON.parse(value)
  }
  const ready = await next()
  return {
    ...ready,
    usage: () => {
      child.stdin.write('\n')
      return next()
    },
  }
}

async function startPlain({ databaseUrl, defer }) {
  const port = await findFreePort()
  const child = spawn(process.execPath, [NEXT, 'start', PLAIN_NEXT, '-p', String(port), '-H', '127.0.0.1'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, BENCH_DATABASE_URL: databaseUrl, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
  defer(() => end(child))
  const url = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 200; tries += 1) {
    const answered = await fetch(`${url}/nothing`).then(() => true, () => false)
    if (answered) return { url }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('The plain Next application did not start.')
}

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await gone
  clearTimeout(timer)
}

async function load({ url, ...target }, seconds) {
  // The name may also stand for ::1, where nothing listens.
  const job = { ...target, url: url.replace('localhost', '127.0.0.1'), host: new URL(url).host, seconds, connections: CLIENTS }
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(HERE, 'load.js'), JSON.stringify(job)], { maxBuffer: 1 << 20 })
  const result = JSON.parse(stdout)
  if (result.failures > 0 || !(result.perSecond > 0)) throw new Error(`${url}: ${stdout}`)
  return result
}

function summary(results) {
  const middle = results.toSorted((one, other) => one.perSecond - other.perSecond)[Math.floor(results.length / 2)]
  return { ...middle, perSecond: Math.round(middle.perSecond) }
}

function median(values) {
  return values.toSorted((low, high) => low - high)[Math.floor(values.length / 2)]
}
