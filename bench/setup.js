import { spawn } from 'node:child_process'
import { cp, mkdtemp, chmod, readdir, readFile, rm, stat } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { round } from './support/percentiles.js'
import { removePostgresOf, startConsole, waitForPage } from './support/start-console.js'

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
/** What installing, building and running make: a fresh clone has none of it. */
const MADE = new Set(['.git', 'node_modules', '.next', '.data', 'dist', 'test-results', 'next-env.d.ts', 'tsconfig.tsbuildinfo'])
const GENERATED = path.join('server', 'generated')
const FIRST_WITHIN_MS = 300_000
const SECOND_WITHIN_MS = 60_000

/**
 * A fresh clone: `npm ci`, the first `npm start` with its build, Ctrl-C, and the second `npm start`. Measures seconds
 * from the command to the first page answered, and what was installed. With `--link` the dependencies are hard links to
 * those of this folder instead, where no registry is at hand; the line says which.
 */
export async function measureSetup({ options, defer, say }) {
  const clone = await mkdtemp(path.join(os.tmpdir(), 'keyrack-setup-'))
  await chmod(clone, 0o755)
  const dataFolder = path.join(clone, '.data')
  defer(async () => {
    await removePostgresOf(dataFolder)
    await rm(clone, { recursive: true, force: true })
  })
  await cp(ROOT, clone, { recursive: true, filter: isPartOfClone })

  const isLinked = options.includes('--link')
  say(isLinked ? 'Linking dependencies …' : 'npm ci …')
  const installSeconds = await timed(() =>
    isLinked ? run('cp', ['-al', path.join(ROOT, 'node_modules'), path.join(clone, 'node_modules')], clone) : run('npm', ['ci'], clone),
  )
  const installed = await measureInstalled(path.join(clone, 'node_modules'))
  say('First start …')
  const first = await measureStart({ clone, dataFolder, withinMs: FIRST_WITHIN_MS, defer })
  say('Second start …')
  const second = await measureStart({ clone, dataFolder, withinMs: SECOND_WITHIN_MS, defer })
  return {
    command: `npm run bench -- setup${isLinked ? ' --link' : ''}`,
    dependencies: isLinked ? 'hard links' : 'npm ci',
    ...(isLinked ? {} : { installSeconds }),
    firstStartSeconds: first,
    secondStartSeconds: second,
    installed,
  }
}

/** Seconds until the first page of an empty console (set-up) is there, whole. */
async function measureStart({ clone, dataFolder, withinMs, defer }) {
  const since = performance.now()
  const running = await startConsole({ root: clone, dataFolder, byNpm: true, defer })
  const ms = await waitForPage(running, '/set-up', { since, withinMs })
  await running.stop()
  return round(ms / 1000)
}

function isPartOfClone(source) {
  const name = path.relative(ROOT, source)
  return !MADE.has(name) && name !== GENERATED && name !== path.join('bench', 'node_modules')
}

async function timed(work) {
  const startedAt = performance.now()
  await work()
  return round((performance.now() - startedAt) / 1000)
}

/** Packages by npm's own list of what it put there, and megabytes (of 10^6 bytes) that the files hold. */
async function measureInstalled(folder) {
  const { packages } = JSON.parse(await readFile(path.join(folder, '.package-lock.json'), 'utf8'))
  const entries = Object.entries(packages)
  const needed = entries.filter(([, { dev }]) => !dev)
  return {
    packages: entries.length,
    megabytes: round((await sizeOf(folder)) / 1e6),
    withoutDevelopment: { packages: needed.length, megabytes: round(await sizeOfPackages(folder, needed) / 1e6) },
  }
}

async function sizeOfPackages(folder, entries) {
  let bytes = 0
  for (const [name] of entries) bytes += await sizeOf(path.join(folder, '..', name), 'node_modules')
  return bytes
}

/** Bytes of all files below, not counting those in a folder called `except`. */
async function sizeOf(folder, except) {
  let bytes = 0
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name)
    if (entry.isFile()) bytes += (await stat(place)).size
    if (entry.isDirectory() && entry.name !== except) bytes += await sizeOf(place, except)
  }
  return bytes
}

function run(command, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
    let output = ''
    child.stderr.on('data', (chunk) => (output = `${output}${chunk}`.slice(-20_000)))
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} failed:\n${output}`))))
  })
}
