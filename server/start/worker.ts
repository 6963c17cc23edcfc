import path from 'node:path'
import { readEnv } from '../env'
import { setRuntime } from '../runtime'
import { openTracing } from '../tracing/open-tracing'
import { collectEarly } from './collect-early'
import { sandboxBeside } from './configured-upstreams'
import { loadKeys } from './load-keys'
import { makeRuntime } from './make-runtime'
import { openDatabase } from './open-database'
import { prepareKeys } from './prepare-keys'
import { publicAddress } from './public-address'
import { runBackground } from './run-background'
import { endCalls, openStops, shortly } from './stops'
import { watchKeys } from './watch-keys'

/**
 * Starts a process that does only what a console does by itself: refreshes what is due, settles the journal, runs jobs. It
 * has the console's variables and listens to nobody.
 *
 * @throws Error with a sentence for whoever started it.
 */
export async function startWorker(root: string, say: (line: string) => void): Promise<{ stop(): Promise<void> }> {
  collectEarly()
  const env = readEnv()
  if (!env.DATABASE_URL) {
    throw new Error('keyrack worker needs DATABASE_URL: the embedded database belongs to the console, which refreshes by itself.')
  }
  const { url, isLoopback } = publicAddress(env)
  const dataFolder = path.resolve(root, env.KEYRACK_DATA)
  const loaded = await loadKeys(env, dataFolder)
  if (!loaded.keys) throw new Error('keyrack worker needs KEYRACK_KEYS: without a key it can open no token.')
  const stops = openStops()
  try {
    const database = await openDatabase(env, { root, dataFolder, keys: loaded.keys })
    stops.push(() => database.stop())
    const keys = await prepareKeys(database.appUrl, loaded)
    const beside = isLoopback ? sandboxBeside(env) : null
    const sandbox = beside && { ...beside, apiClients: [] }
    const tracing = await openTracing(env)
    if (tracing) stops.push(shortly(() => tracing.stop()))
    const runtime = makeRuntime({ env, publicUrl: url, appUrl: database.appUrl, keys, sandbox, dataFolder, tracing })
    setRuntime(runtime)
    stops.push(shortly(() => runtime.pool.end()))
    const keyWatch = keys && loaded.source ? watchKeys(loaded.source, keys, runtime.pool) : null
    if (keyWatch) stops.push(async () => keyWatch.stop())
    const background = await runBackground({ engine: true, ownerUrl: database.ownerUrl })
    stops.push(() => endCalls(() => background.stop()))
    say('Keyrack refreshes in the background.')
    return { stop: () => stops.run() }
  } catch (error) {
    await stops.run()
    throw error
  }
}
