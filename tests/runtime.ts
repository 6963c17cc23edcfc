import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, inject } from 'vitest'
import { createSandbox, type Sandbox, type SandboxOptions } from '@/sandbox/create-sandbox'
import { makeKey } from '@/server/crypto/parse-keys'
import { db, makePool } from '@/server/db'
import { makeLogger } from '@/server/log'
import { setRuntime, type Runtime } from '@/server/runtime'
import { openGate, type Gate } from './gate'
import { makeRuntime, type SharedFacts } from './make-runtime'
import { createTestDatabase, type TestDatabase } from './test-database'
import { TestClock } from './test-clock'

/** Keys may differ between runs; within one file all "processes" share them. */
const KEY = makeKey('k1')
const PATIENCE_MS = 20_000

export interface Rig {
  readonly runtime: Runtime
  readonly sandbox: Sandbox
  readonly clock: TestClock
  /** For API clients of the upstream `gated`. */
  readonly gate: Gate
  readonly database: TestDatabase
  /** What a child process needs to stand on the same. */
  readonly forChildren: SharedFacts & { readonly databaseUrl: string }
  /** Everything logged so far. */
  logs(): string
  /** Runs something as one more process would: with its own name, its own flights and memory; the pool is one. */
  asAnotherProcess<T>(run: () => Promise<T>, overrides?: Partial<Runtime>): Promise<T>
}

type Seed = NonNullable<SandboxOptions['seed']>

interface RigOptions {
  /** Another database than a copy of the migrated one. */
  readonly database?: TestDatabase
  readonly poolSize?: number
  /** Another world than the sandbox's own. */
  readonly seed?: Seed
}

/**
 * What a test file stands on: a database and a sandbox of its own, one fake clock for both and for the services, and
 * the runtime that the services find all of it through. Everything ends with the file.
 */
export async function openRig({ database: given, poolSize = 16, seed }: RigOptions = {}): Promise<Rig> {
  const clock = new TestClock()
  const database = given ?? (await createTestDatabase(inject('postgres')))
  const sandbox = await createSandbox({ clock, tapeLimit: 20_000, ...(seed && { seed }) })
  const spoolFolder = await mkdtemp(path.join(os.tmpdir(), 'keyrack-spool-'))
  const lines: string[] = []
  const log = makeLogger('trace', { write: (line) => void lines.push(line) })
  const pool = makePool(database.appUrl, poolSize, log)
  // A busy machine is no database that is away.
  pool.options.connectionTimeoutMillis = PATIENCE_MS
  const gate = await openGate(sandbox.url)
  const facts = { sandbox, gateUrl: gate.url, keyText: KEY, spoolFolder }
  const runtime = makeRuntime(facts, { pool, log, clock })
  setRuntime(runtime)
  // Each client of Prisma listens for errors of the pool as long as it lives.
  const prisma = db()
  afterAll(async () => {
    await pool.end()
    await sandbox.close()
    if (!given) await database.close()
    await rm(spoolFolder, { recursive: true, force: true })
    await rm(`${spoolFolder}.reserve`, { force: true })
    await rm(runtime.mailFolder, { recursive: true, force: true })
    // Whatever the tests of a file were about: no call carried the wrong kind of token.
    expect(sandbox.truthLog({ type: 'access-token.refused' }).filter((record) => 'reason' in record && record.reason === 'wrong-kind')).toEqual([])
  })
  return {
    runtime, sandbox, clock, database, gate,
    forChildren: { ...facts, sandbox: { apiUrl: sandbox.apiUrl, backOfficeUrl: sandbox.backOfficeUrl }, databaseUrl: database.appUrl },
    logs: () => lines.join(''),
    async asAnotherProcess(run, overrides = {}) {
      setRuntime({ ...runtime, processId: randomUUID(), singletons: new Map(overrides.pool ? [] : [['prisma', prisma]]), ...overrides })
      try {
        return await run()
      } finally {
        setRuntime(runtime)
      }
    },
  }
}
