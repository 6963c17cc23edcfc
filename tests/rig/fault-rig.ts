import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { makeKey, parseKeys } from '@/server/crypto/parse-keys'
import type { KeyRing } from '@/server/crypto/key-ring'
import type { Cluster } from '../cluster'
import { findFreePort } from '../console-process'
import { SandboxControl } from '../console-sandbox'
import { createTestDatabase, type TestDatabase } from '../test-database'
import type { Programs } from './bundle-programs'
import { startConsoleProcess, type ConsoleProcess } from './console-process'
import { startProgram } from './start-program'

/** What a scenario stands on: a database, the sandbox as a process of its own, and as many consoles as it starts. */
export interface FaultRig {
  readonly cluster: Cluster
  readonly database: TestDatabase
  readonly sandbox: SandboxControl
  readonly keys: KeyRing
  /** The rig's time: the machine's, and so much more as was added. */
  now(): Date
  /** Moves the clocks of the sandbox and of every console, not the database's. */
  advance(ms: number): Promise<void>
  /** @param dataFolder where it keeps its spool; all have one unless given */
  start(env?: Readonly<Record<string, string>>, dataFolder?: string): Promise<ConsoleProcess>
  readonly consoles: readonly ConsoleProcess[]
  close(): Promise<void>
}

interface Given {
  readonly cluster: Cluster
  readonly programs: Programs
  /** A busy machine is no database that is away: generous, unless the database is what fails. */
  readonly connectWithinMs?: number
}

type SandboxUrls = { readonly url: string; readonly apiUrl: string; readonly backOfficeUrl: string }

export async function openFaultRig({ cluster, programs, connectWithinMs = 20_000 }: Given): Promise<FaultRig> {
  const database = await createTestDatabase(cluster.postgres)
  const sharedFolder = await mkdtemp(path.join(os.tmpdir(), 'keyrack-rig-'))
  const upstream = await startProgram<SandboxUrls>(programs.sandbox)
  const sandbox = new SandboxControl(upstream.ready.url)
  const keyText = makeKey('rig')
  const consoles: ConsoleProcess[] = []
  let offsetMs = 0
  return {
    cluster, database, sandbox, consoles,
    keys: parseKeys(keyText),
    now: () => new Date(Date.now() + offsetMs),
    async advance(ms) {
      offsetMs += ms
      const living = consoles.filter(({ isAlive }) => isAlive)
      await Promise.all([sandbox.call('POST', 'clock/advance', { ms }), ...living.map((each) => each.setClock(offsetMs))])
    },
    async start(env = {}, dataFolder = sharedFolder) {
      const started = await startConsoleProcess(programs.console, {
        databaseUrl: cluster.pooler?.through(database.appUrl) ?? database.appUrl, sandbox: upstream.ready, keyText, dataFolder, connectWithinMs,
        port: await findFreePort(),
        clockOffsetMs: offsetMs,
        env: { DATABASE_POOL: '10', DATABASE_PREPARED: cluster.pooler ? 'off' : 'on', ...env },
      })
      consoles.push(started)
      return started
    },
    async close() {
      await Promise.all(consoles.map((each) => each.kill()))
      upstream.child.kill('SIGKILL')
      await upstream.exited
      await database.close()
      await rm(sharedFolder, { recursive: true, force: true })
    },
  }
}
