import type { CrashPoint } from '@/server/crash-point'

/** What every process of one rig has in common; plain data. */
export interface ProcessFacts {
  readonly databaseUrl: string
  readonly sandbox: { readonly apiUrl: string; readonly backOfficeUrl: string }
  readonly keyText: string
  /** Of the spool. */
  readonly dataFolder: string
  readonly port: number
  readonly clockOffsetMs: number
  /** How long a new database connection may take. */
  readonly connectWithinMs: number
  /** Variables besides the defaults. */
  readonly env: Readonly<Record<string, string>>
}

export type Wish =
  /** Refreshes what is due and settles what waits, as every console does; or stops that. */
  | { readonly do: 'start-work' }
  | { readonly do: 'stop-work' }
  /** Keeps each of these connections at its point, and when all are there, ends the process with SIGKILL. */
  | { readonly do: 'die-at'; readonly points: readonly (readonly [connectionId: string, point: CrashPoint])[] }
  /** The process's clock runs so much before the machine's. */
  | { readonly do: 'set-clock'; readonly offsetMs: number }
  /** Starts a top up as a person does. */
  | { readonly do: 'top-up'; readonly organizationId: string; readonly userId: string }
  /** Holds so many connections of its pool asleep for so long, as statements that take their time do. */
  | { readonly do: 'hold'; readonly connections: number; readonly ms: number }
  | { readonly do: 'measure' }
  /** Asks for new access tokens as the services do, all at once. */
  | { readonly do: 'refresh'; readonly organizationId: string; readonly connections: readonly string[] }

/** Outcomes of `refresh` stand in the order of its connections. */
export type Result = Measures | readonly string[] | null

export interface Measures {
  /** Refreshes that were sent and whose outcome is not yet written. */
  readonly inFlight: number
  /** For each answer: milliseconds from its last byte to its committed journal row. */
  readonly windowsMs: readonly number[]
  readonly cpuMs: number
  readonly memoryMb: number
}

export type Request = { readonly number: number; readonly wish: Wish }
export type Message =
  | { readonly number: number; readonly result: Result }
  | { readonly number: number; readonly error: string }
  | { readonly ready: true }
