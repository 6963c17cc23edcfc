import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { clientSecret } from '../crypto/tokens'
import { withoutNames } from '../database/without-names'
import { makePool } from '../db'
import type { Env } from '../env'
import { makeLogger } from '../log'
import type { Runtime } from '../runtime'
import type { Tracing } from '../tracing/tracing'
import { configuredUpstreams } from './configured-upstreams'
import type { RunningSandbox } from './start-sandbox'

interface Given {
  readonly env: Env
  readonly publicUrl: string
  readonly appUrl: string
  readonly keys: Runtime['keys']
  /** The sandbox beside the console, wherever it was started; null where there is none. */
  readonly sandbox: Pick<RunningSandbox, 'backOfficeUrl' | 'apiUrl' | 'apiClients'> | null
  readonly dataFolder: string
  readonly tracing?: Tracing | null
}

/** What one process shares, made once at its start. */
export function makeRuntime({ env, sandbox, ...given }: Given): Runtime {
  const log = makeLogger(env.LOG_LEVEL)
  const pool = makePool(given.appUrl, env.DATABASE_POOL, log)
  const [known] = sandbox?.apiClients ?? []
  return {
    env,
    log,
    publicUrl: given.publicUrl,
    upstreams: configuredUpstreams(env, sandbox),
    pool: env.DATABASE_PREPARED === 'on' ? pool : withoutNames(pool),
    keys: given.keys,
    clock: () => new Date(),
    sandboxClient: known ? { clientId: known.clientId, clientSecret: clientSecret(known.clientSecret) } : null,
    spoolFolder: path.join(given.dataFolder, 'spool'),
    mailFolder: path.join(given.dataFolder, 'mail'),
    processId: randomUUID(),
    startedAt: performance.now(),
    singletons: new Map(),
    tracing: given.tracing ?? null,
  }
}
