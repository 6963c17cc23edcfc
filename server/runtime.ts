import 'server-only'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { KeyRing } from './crypto/key-ring'
import type { ClientSecret } from './crypto/tokens'
import type { CrashPoint } from './crash-point'
import type { Env } from './env'
import type { Tracing } from './tracing/tracing'
import type { Upstream } from './upstreams'

/**
 * What one process shares. The front and Next load every module separately, so whatever must exist once
 * (pool, keys, logger) is made by server/start.ts and found here by both.
 */
export interface Runtime {
  readonly env: Env
  /** The one address of the console, without a slash at the end. Absolute addresses come from here, never from a header. */
  readonly publicUrl: string
  readonly upstreams: readonly Upstream[]
  readonly pool: Pool
  /** Null while sealed: no key-encryption key is configured, so nothing that needs a secret is served. */
  readonly keys: KeyRing | null
  readonly log: Logger
  readonly clock: () => Date
  /** The API client that the sandbox beside the console comes with; null without a sandbox. */
  readonly sandboxClient: SandboxClient | null
  /** Folder of the local spool, used only while the database is down. */
  readonly spoolFolder: string
  /** Where mails are written while no mail server is configured. */
  readonly mailFolder: string
  /** Random name of this process: owner of its leases. */
  readonly processId: string
  /** When it was made, on the clock of `performance.now()`. */
  readonly startedAt: number
  /** Things made at most once in a process, by name. */
  readonly singletons: Map<string, unknown>
  /** Null unless somebody collects traces. */
  readonly tracing?: Tracing | null
  /** The fault rig's alone: called at each step of a refresh, and waited for. */
  readonly atCrashPoint?: (point: CrashPoint, connectionId: string) => Promise<void> | undefined
}

export interface SandboxClient {
  readonly clientId: string
  readonly clientSecret: ClientSecret
}

const KEY = Symbol.for('keyrack.runtime')
type Global = typeof globalThis & { [KEY]?: Runtime }

export function setRuntime(runtime: Runtime): void {
  ;(globalThis as Global)[KEY] = runtime
}

/** @throws Error when asked before the start has made it: nothing may depend on it while modules load. */
export function getRuntime(): Runtime {
  const runtime = (globalThis as Global)[KEY]
  if (!runtime) throw new Error('The runtime is not there yet: start the console with "npm start".')
  return runtime
}

/** The thing made under `name` in this process, made now if it is the first time that somebody asks. */
export function once<T>(name: string, make: () => T, { singletons }: Pick<Runtime, 'singletons'> = getRuntime()): T {
  if (!singletons.has(name)) singletons.set(name, make())
  return singletons.get(name) as T
}
