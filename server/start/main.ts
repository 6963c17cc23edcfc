import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import path from 'node:path'
import next from 'next'
import { publishAuthAddress, readEnv, type Env } from '../env'
import { closerOf } from '../front/close-front'
import { createFront } from '../front/create-front'
import { startLastUsedWriter } from '../machine-keys/last-used'
import { setRuntime } from '../runtime'
import { syncSandboxClients } from '../sandbox-client/sync-sandbox-clients'
import { issueSetUpCode } from '../set-up/set-up-code'
import { openTracing } from '../tracing/open-tracing'
import { collectEarly } from './collect-early'
import { loadKeys } from './load-keys'
import { makeRuntime } from './make-runtime'
import { openDatabase } from './open-database'
import { prepareKeys } from './prepare-keys'
import { publicAddress } from './public-address'
import { requireSafePackages } from './require-safe-packages'
import { runBackground } from './run-background'
import { startSandbox, type RunningSandbox } from './start-sandbox'
import { endCalls, openStops, REQUESTS_WITHIN_MS, shortly } from './stops'
import { loadTls } from './tls'
import { watchKeys } from './watch-keys'

export interface RunningConsole {
  readonly url: string
  stop(): Promise<void>
}

/**
 * Starts everything: database, migrations, keys, sandbox, Next and the front. Whatever was started is stopped again
 * when a later step fails.
 *
 * @throws Error with a sentence for whoever started it.
 */
export async function startKeyrack(root: string, say: (line: string) => void): Promise<RunningConsole> {
  collectEarly()
  await requireSafePackages(root)
  const env = readEnv()
  const address = publicAddress(env)
  const dataFolder = path.resolve(root, env.KEYRACK_DATA)
  const stops = openStops()
  try {
    const tls = await loadTls(env.KEYRACK_TLS, new URL(address.url).hostname, dataFolder)
    const loaded = await loadKeys(env, dataFolder)
    const database = await openDatabase(env, { root, dataFolder, keys: loaded.keys })
    stops.push(() => database.stop())
    const keys = await prepareKeys(database.appUrl, loaded)
    const sandbox = await maybeStartSandbox(env, { root, dataFolder, isLoopback: address.isLoopback })
    if (sandbox) stops.push(shortly(() => sandbox.stop()))
    const tracing = await openTracing(env)
    if (tracing) stops.push(shortly(() => tracing.stop()))
    const runtime = makeRuntime({ env, publicUrl: address.url, appUrl: database.appUrl, keys, sandbox, dataFolder, tracing })
    setRuntime(runtime)
    publishAuthAddress(address.url)
    stops.push(shortly(() => runtime.pool.end()))
    const keyWatch = keys && loaded.source ? watchKeys(loaded.source, keys, runtime.pool) : null
    if (keyWatch) stops.push(async () => keyWatch.stop())
    const app = next({ dev: false, dir: root, hostname: env.HOST, port: env.PORT })
    await app.prepare()
    const handle = app.getRequestHandler()
    const front = createFront({
      runtime, tls, isLoopback: address.isLoopback,
      next: (request: IncomingMessage, response: ServerResponse) => handle(request, response),
    })
    const closeFront = closerOf(front)
    await listen(front, env)
    const lastUsedWriter = startLastUsedWriter()
    stops.push(shortly(() => lastUsedWriter.stop()))
    const background = await runBackground({ engine: env.KEYRACK_WORKER === 'on', ownerUrl: database.ownerUrl })
    // First no new request and no new work, and whatever was sent to Octorate ends; then what is only in memory.
    stops.push(() => endCalls(() => background.stop(closeFront(REQUESTS_WITHIN_MS))))
    for (const note of database.notes) say(note)
    if (loaded.madeFile) say(`A new key was made in ${loaded.madeFile}: back it up, without it no stored token can be opened.`)
    if (runtime.keys) await syncSandboxClients()
    const code = runtime.keys ? await issueSetUpCode() : null
    if (!runtime.keys) say('Keyrack is sealed: set KEYRACK_KEYS for this database and start it again.')
    say(`Keyrack is at ${address.url}`)
    if (sandbox) say(`The sandbox is at ${sandbox.panelUrl}`)
    if (code) say(`Set-up code: ${code}   (once, at ${address.url}/set-up)`)
    return { url: address.url, stop: () => stops.run() }
  } catch (error) {
    await stops.run()
    throw error
  }
}

async function maybeStartSandbox(
  env: Env,
  given: { root: string; dataFolder: string; isLoopback: boolean },
): Promise<RunningSandbox | null> {
  if (env.KEYRACK_SANDBOX === 'on' && !given.isLoopback) {
    throw new Error('KEYRACK_SANDBOX=on needs a KEYRACK_URL on this machine: the sandbox is never reachable from elsewhere.')
  }
  if (env.KEYRACK_SANDBOX === 'off' || !given.isLoopback) return null
  return startSandbox(given.root, given.dataFolder, env.KEYRACK_SANDBOX_PORT)
}

function listen(front: Server, env: Env): Promise<void> {
  return new Promise((resolve, reject) => {
    front.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      reject(taken ? new Error(`Port ${env.PORT} on ${env.HOST} is taken; set PORT to another.`) : error)
    })
    front.listen(env.PORT, env.HOST, () => resolve())
  })
}
