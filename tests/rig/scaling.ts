import os from 'node:os'
import type { ConsoleProcess } from './console-process'
import { openFaultRig, type FaultRig } from './fault-rig'
import { plant, type Planted } from './plant'
import { readRefreshes } from './truth'
import { withCluster } from './with-cluster'

const LOOK_MS = 50
const REFRESHED_WITHIN_MS = 180_000
/** What no cap of ours slows down: the sandbox answers at once. */
const NO_CAP = { KEYRACK_REFRESH_RATE: '0', KEYRACK_REFRESH_IN_FLIGHT: '64' }

interface Load {
  readonly url: string
  readonly host: string
  readonly paths: readonly string[]
  readonly authorization: string
  readonly seconds: number
  /** Clients that ask one after the other. */
  readonly connections: number
}

interface LoadResult {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly failures: number
}

interface Given {
  readonly processes: readonly number[]
  readonly connections: number
  readonly clients: number
  readonly seconds: number
  readonly warmUpSeconds: number
  /** One load, in a process of its own. */
  load(job: Load): Promise<LoadResult>
  /** CPU time so far of the PostgreSQL at a port. */
  databaseCpuMs(port: string): Promise<number>
  say(line: string): void
}

/** Hand-outs and refreshes with so many console processes on one PostgreSQL, and where the time of the processors goes. */
export function measureScaling(given: Given) {
  return withCluster(async (parts) => {
    const results = []
    for (const processes of given.processes) {
      const rig = await openFaultRig(parts)
      try {
        const consoles = await Promise.all(Array.from({ length: processes }, () => rig.start(NO_CAP)))
        const planted = await plant(rig, { count: given.connections })
        const handOuts = await handOut(rig, consoles, { planted, ...given })
        const refreshes = await refreshAll(rig, consoles, { planted, ...given })
        results.push({ processes, handOuts, refreshes })
        given.say(JSON.stringify(results.at(-1)))
      } finally {
        await rig.close()
      }
    }
    return results
  })
}

type Setting = Given & { readonly planted: Planted }

async function handOut(rig: FaultRig, consoles: readonly ConsoleProcess[], { planted, ...given }: Setting) {
  const jobs = (seconds: number): Load[] => consoles.map(({ url }) => ({
    url, host: new URL(url).host, authorization: `Bearer ${planted.machineKey}`, seconds, connections: Math.ceil(given.clients / consoles.length),
    paths: planted.connectionIds.map((id) => `/api/v1/connections/${id}/access-token`),
  }))
  // Folding the ledger is part of the price.
  await Promise.all(consoles.map((each) => each.startWork()))
  // One after the other: each looks up by itself from where the key was handed tokens before.
  for (const job of jobs(given.warmUpSeconds)) await given.load(job)
  const watched = await watch(rig, consoles, { given, work: () => Promise.all(jobs(given.seconds).map(given.load)) })
  await Promise.all(consoles.map((each) => each.stopWork()))
  const failures = watched.result.reduce((sum, each) => sum + each.failures, 0)
  if (failures > 0) throw new Error(`${failures} hand-outs failed`)
  return {
    perSecond: Math.round(watched.result.reduce((sum, { perSecond }) => sum + perSecond, 0)),
    p50Ms: Math.max(...watched.result.map(({ p50Ms }) => p50Ms)),
    p99Ms: Math.max(...watched.result.map(({ p99Ms }) => p99Ms)),
    ...watched.where,
  }
}

async function refreshAll(rig: FaultRig, consoles: readonly ConsoleProcess[], { planted, ...given }: Setting) {
  const count = planted.connectionIds.length
  const before = (await readRefreshes(rig)).length
  // Before anybody works: an update of all rows and settled groups would wait for each other.
  await rig.database.sql('UPDATE connections SET next_refresh_at = $1', [rig.now()])
  const startedAt = performance.now()
  await Promise.all(consoles.map((each) => each.startWork()))
  const watched = await watch(rig, consoles, {
    given,
    work: async () => {
      for (;;) {
        const [row] = await rig.database.sql<{ left: number }>('SELECT count(*)::int AS left FROM connections WHERE access_token_version < 2 OR lease_owner IS NOT NULL')
        if (row?.left === 0) return (performance.now() - startedAt) / 1000
        if (performance.now() - startedAt > REFRESHED_WITHIN_MS) throw new Error(`${row?.left} connections are not refreshed`)
        await pause()
      }
    },
  })
  await Promise.all(consoles.map((each) => each.stopWork()))
  const sent = (await readRefreshes(rig)).length - before
  if (sent !== count) throw new Error(`${sent} refreshes for ${count} connections`)
  return { perSecond: Math.round(count / watched.result), seconds: Number(watched.result.toFixed(2)), ...watched.where }
}

/** Does the work, and says how many cores each part kept busy meanwhile, and what the database waited for most. */
async function watch<T>(rig: FaultRig, consoles: readonly ConsoleProcess[], { given, work }: { given: Given; work: () => Promise<T> }) {
  const port = new URL(rig.database.appUrl).port
  const cpuOf = async () => ({
    consoles: (await Promise.all(consoles.map((each) => each.measure()))).reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    database: await given.databaseCpuMs(port),
    machine: busyMs(),
  })
  const before = await cpuOf()
  const startedAt = performance.now()
  const waits = sampleWaits(rig)
  const result = await work().catch(async (error: unknown) => {
    await waits.stop()
    throw error
  })
  const waitedFor = await waits.stop()
  const elapsedMs = performance.now() - startedAt
  const after = await cpuOf()
  const cores = (part: keyof typeof before) => Number(((after[part] - before[part]) / elapsedMs).toFixed(2))
  return { result, where: { busyCores: { consoles: cores('consoles'), database: cores('database'), machine: cores('machine') }, databaseWaits: waitedFor } }
}

/** Looks at what the database's sessions do, again and again: `running` is none of its waits. */
function sampleWaits(rig: FaultRig): { stop(): Promise<Record<string, number>> } {
  const seen = new Map<string, number>()
  const over = new AbortController()
  const look = async () => {
    while (!over.signal.aborted) {
      const rows = await rig.database.sql<{ what: string }>(
        `SELECT coalesce(wait_event_type || ' ' || wait_event, 'running') AS what FROM pg_stat_activity
         WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()`,
      )
      for (const { what } of rows) seen.set(what, (seen.get(what) ?? 0) + 1)
      await pause()
    }
  }
  const looking = look()
  return {
    async stop() {
      over.abort()
      await looking
      const all = [...seen.values()].reduce((sum, count) => sum + count, 0)
      const most = [...seen].toSorted(([, one], [, other]) => other - one).slice(0, 4)
      return Object.fromEntries(most.map(([what, count]) => [what, Number((count / all).toFixed(2))]))
    },
  }
}

/** Of all processors together. */
function busyMs(): number {
  return os.cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LOOK_MS))
}
