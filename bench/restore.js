import { execFile } from 'node:child_process'
import { cp, mkdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { plantConnections } from './support/plant-connections.js'
import { round } from './support/percentiles.js'
import { makeDataFolder, removePostgresOf, startConsole, waitForPage } from './support/start-console.js'

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const CONNECTIONS = 10_000

/**
 * How long `keyrack backup` takes beside a running console with ten thousand connections, and `keyrack restore` into an
 * empty data folder that has nothing but the key; each as a whole process.
 */
export async function measureRestore({ defer, say, options }) {
  const connections = Number(options[0] ?? CONNECTIONS)
  const dataFolder = await makeDataFolder(defer)
  const running = await startConsole({ root: ROOT, dataFolder, defer })
  await waitForPage(running, '/set-up', { since: performance.now(), withinMs: 180_000 })
  say(`Planting ${connections} connections …`)
  await plantConnections({ dataFolder, sandboxUrl: running.sandboxUrl, connections, defer })
  const file = path.join(dataFolder, 'all.keyrack')
  const backup = await run(dataFolder, ['backup', file])
  await running.stop()
  const target = await makeDataFolder(defer)
  await mkdir(target, { recursive: true })
  await cp(path.join(dataFolder, 'keys'), path.join(target, 'keys'))
  const restore = await run(target, ['restore', file])
  await removePostgresOf(target)
  await rm(target, { recursive: true, force: true })
  return {
    command: 'npm run bench -- restore',
    connections,
    backupSeconds: backup.seconds,
    fileMb: round((await stat(file)).size / 1e6),
    restoreSeconds: restore.seconds,
    restored: Number(/(\d+) connections got tokens/.exec(restore.output)?.[1]),
  }
}

async function run(dataFolder, args) {
  const startedAt = performance.now()
  const { stdout } = await promisify(execFile)(process.execPath, ['bin/keyrack.js', ...args], { cwd: ROOT, env: { ...process.env, KEYRACK_DATA: dataFolder } })
  return { seconds: round((performance.now() - startedAt) / 1000), output: stdout }
}
