import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, inject } from 'vitest'
import { createSandbox, type Sandbox } from '@/sandbox/create-sandbox'
import { makeKey, parseKeys } from '@/server/crypto/parse-keys'
import { makePool } from '@/server/db'
import { readEnv } from '@/server/env'
import { makeLogger } from '@/server/log'
import { setRuntime, type Runtime } from '@/server/runtime'
import type { Upstream } from '@/server/upstreams'
import { createTestDatabase, type TestDatabase } from './test-database'
import { TestClock } from './test-clock'

export const PUBLIC_URL = 'http://localhost:3000'
/** Keys may differ between runs; within one file all "processes" share them. */
const KEY = makeKey('k1')

export interface Rig {
  readonly runtime: Runtime
  readonly sandbox: Sandbox
  readonly clock: TestClock
  readonly database: TestDatabase
  /** The text of {@link Runtime.keys}, for a child process. */
  readonly keyText: string
  /** Everything logged so far. */
  logs(): string
  /** Runs something as one more process would: with its own name, its own Prisma client and flights. */
  asAnotherProcess<T>(run: () => Promise<T>, overrides?: Partial<Runtime>): Promise<T>
}

interface RigOptions {
  /** Another database than a copy of the migrated one. */
  readonly database?: TestDatabase
  readonly poolSize?: number
}

/**
 * What a test file stands on: a database and a sandbox of its own, one fake clock for both and for the services, and
 * the runtime that the services find all of it through. Everything ends with the file.
 */
export async function openRig({ database: given, poolSize = 16 }: RigOptions = {}): Promise<Rig> {
  const clock = new TestClock()
  const database = given ?? (await createTestDatabase(inject('postgres')))
  const sandbox = await createSandbox({ clock, tapeLimit: 20_000 })
  const spoolFolder = await mkdtemp(path.join(os.tmpdir(), 'keyrack-spool-'))
  const lines: string[] = []
  const log = makeLogger('trace', { write: (line) => void lines.push(line) })
  const pool = makePool(database.appUrl, poolSize, log)
  const runtime: Runtime = {
    env: readEnv({}),
    publicUrl: PUBLIC_URL,
    upstreams: upstreamsOf(sandbox),
    pool,
    keys: parseKeys(KEY),
    log,
    clock: () => clock.date,
    sandboxClient: null,
    spoolFolder,
    processId: randomUUID(),
    singletons: new Map(),
  }
  setRuntime(runtime)
  afterAll(async () => {
    await pool.end()
    await sandbox.close()
    if (!given) await database.drop()
    await rm(spoolFolder, { recursive: true, force: true })
  })
  return {
    runtime, sandbox, clock, database,
    keyText: KEY,
    logs: () => lines.join(''),
    async asAnotherProcess(run, overrides = {}) {
      setRuntime({ ...runtime, processId: randomUUID(), singletons: new Map(), ...overrides })
      try {
        return await run()
      } finally {
        setRuntime(runtime)
      }
    },
  }
}

/** The sandbox as it stands beside the console, and the same address as if it were an Octorate of its own. */
function upstreamsOf({ backOfficeUrl: backOfficeBase, apiUrl: apiBase }: Sandbox): Upstream[] {
  return [
    { id: 'sandbox', label: 'Sandbox', backOfficeBase, apiBase, sandbox: true },
    { id: 'not-the-sandbox', label: 'Not the sandbox', backOfficeBase, apiBase, sandbox: false },
  ]
}
