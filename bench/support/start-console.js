import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'

const STOP_WITHIN_MS = 20_000

/** A port that was free a moment ago. */
export function findFreePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/** An empty data folder that the database's own user may enter; it goes away with what the database put elsewhere. */
export async function makeDataFolder(defer) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'keyrack-bench-'))
  await chmod(folder, 0o755)
  defer(async () => {
    await removePostgresOf(folder)
    await rm(folder, { recursive: true, force: true })
  })
  return folder
}

/** Started by root, PostgreSQL may have had to keep the data of `dataFolder` in a folder of its own user. */
export function removePostgresOf(dataFolder) {
  const key = createHash('sha256').update(path.resolve(dataFolder)).digest('hex').slice(0, 16)
  return rm(path.join('/var/lib/keyrack', key), { recursive: true, force: true })
}

/**
 * Starts the console as a process group of its own, by `node bin/keyrack.js start` or by `npm start`; on one processor
 * alone when `cpu` names it.
 *
 * @returns pid, url, sandboxUrl, output() and stop(); nothing has been waited for.
 */
export async function startConsole({ root, dataFolder, byNpm = false, cpu = null, env = {}, defer }) {
  const [port, sandboxPort] = [await findFreePort(), await findFreePort()]
  const line = [...(cpu === null ? [] : ['taskset', '-c', String(cpu)]), ...(byNpm ? ['npm', 'start'] : [process.execPath, 'bin/keyrack.js', 'start'])]
  const child = spawn(line[0], line.slice(1), {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...shellEnv(), PORT: String(port), KEYRACK_SANDBOX_PORT: String(sandboxPort), KEYRACK_DATA: dataFolder, LOG_LEVEL: 'warn', ...env },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  const exited = new Promise((resolve) => child.once('exit', resolve))
  const running = {
    pid: child.pid,
    url: `http://localhost:${port}`,
    sandboxUrl: `http://127.0.0.1:${sandboxPort}`,
    output: () => output,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    stop: () => stop(child, exited),
  }
  defer(running.stop)
  return running
}

/** Asks for a page again and again until its answer has status 200; bounded. @returns milliseconds since `since` */
export async function waitForPage(running, pagePath, { since, withinMs }) {
  while (performance.now() - since < withinMs) {
    if (running.hasEnded()) throw new Error(`The console ended:\n${running.output()}`)
    const answer = await fetch(`${running.url}${pagePath}`).catch(() => null)
    const text = await answer?.text().catch(() => null)
    if (answer?.status === 200 && text) return performance.now() - since
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`${pagePath} was not answered within ${withinMs / 1000} s:\n${running.output()}`)
}

/** The one-time code that an empty console prints, perhaps a moment after it answers. */
export async function readSetUpCode(running) {
  for (let tries = 0; tries < 200; tries += 1) {
    const code = /Set-up code: (\S+)/.exec(running.output())?.[1]
    if (code) return code
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`No set-up code was printed:\n${running.output()}`)
}

async function stop(child, exited) {
  if (child.exitCode !== null || child.signalCode !== null) return
  process.kill(-child.pid, 'SIGINT')
  const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), STOP_WITHIN_MS)
  await exited
  clearTimeout(timer)
}

function shellEnv() {
  const { PATH = '', HOME = '/', TMPDIR, LANG } = process.env
  const env = { PATH: `${path.dirname(process.execPath)}:${PATH}`, HOME, TMPDIR, LANG }
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined))
}
