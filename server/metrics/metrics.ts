import 'server-only'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { getRuntime, once } from '../runtime'
import { countStored, type StoredFigures } from './count-stored'
import { countSpooled, measureRoom } from './measure-disk'

/** What one process counts, for Prometheus; the figures of the database are read when somebody asks. */
export interface Metrics {
  readonly registry: Registry
  readonly refreshes: Counter<'outcome'>
  readonly handOuts: Counter
  readonly upstream: Histogram<'call' | 'status'>
}

export function metrics(): Metrics {
  return once('metrics', makeMetrics)
}

/** Octorate answers within tenths of a second as a rule, and is given up on after twenty seconds. */
const SECONDS = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20]

function makeMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  // They watch the event loop a hundred times a second: only where somebody may read them.
  if (getRuntime().env.KEYRACK_METRICS_TOKEN) collectDefaultMetrics({ register: registry, prefix: 'keyrack_' })
  addPool(registers)
  addDisk(registers)
  addStored(registers)
  return {
    registry,
    refreshes: new Counter({ name: 'keyrack_refreshes_total', help: 'Refreshes that ended, by how.', labelNames: ['outcome'], registers }),
    handOuts: new Counter({ name: 'keyrack_hand_outs_total', help: 'Access tokens handed out by the machine API.', registers }),
    upstream: new Histogram({
      name: 'keyrack_upstream_seconds', help: 'Calls to Octorate until the headers of the answer, by kind of call and status; 0 is no answer.',
      labelNames: ['call', 'status'], buckets: SECONDS, registers,
    }),
  }
}

function addPool(registers: Registry[]): void {
  const gauge = new Gauge({
    name: 'keyrack_database_connections', help: 'Connections of this process to the database, and requests that wait for one.', labelNames: ['state'], registers,
    collect() {
      const { pool } = getRuntime()
      gauge.set({ state: 'busy' }, pool.totalCount - pool.idleCount)
      gauge.set({ state: 'idle' }, pool.idleCount)
      gauge.set({ state: 'waiting' }, pool.waitingCount)
    },
  })
}

/** Of the machine that this process runs on. */
function addDisk(registers: Registry[]): void {
  const free = new Gauge({
    name: 'keyrack_disk_free_bytes', help: 'Room where the data folder lies.', registers,
    async collect() {
      const bytes = await measureRoom()
      if (bytes !== null) free.set(bytes)
    },
  })
  const waiting = new Gauge({
    name: 'keyrack_spool_waiting', help: 'Answers that hold tokens and wait on the disk of this machine for the database.', registers,
    async collect() {
      waiting.set(await countSpooled())
    },
  })
}

const STORED: readonly (readonly [name: string, help: string, of: (stored: StoredFigures) => number])[] = [
  ['keyrack_refreshes_due', 'Refreshes that are due now and not under way.', ({ due }) => due],
  ['keyrack_refreshes_overdue_seconds', 'For how long the longest waiting of them has been due.', ({ overdueSeconds }) => overdueSeconds],
  ['keyrack_journal_waiting', 'Answers that hold tokens and are not settled yet.', ({ journal }) => journal],
  ['keyrack_mails_waiting', 'Mails that are not sent yet.', ({ mails }) => mails],
  ['keyrack_ledger_behind_seconds', 'For how long the oldest hand-outs have waited to be folded into the ledger.', ({ ledgerBehindSeconds }) => ledgerBehindSeconds],
]

/**
 * The same from every process: take the maximum over instances, not the sum. Each looks by itself, for all of a page are
 * read at once, and one that another set would be that of the page before.
 */
function addStored(registers: Registry[]): void {
  const connections = new Gauge({
    name: 'keyrack_connections', help: 'Connections by state, and those whose access token has ended.', labelNames: ['state'], registers,
    async collect() {
      const stored = await countStored()
      connections.reset()
      for (const [state, count] of Object.entries(stored.connections)) connections.set({ state }, count)
    },
  })
  for (const [name, help, of] of STORED) {
    const gauge = new Gauge({
      name, help, registers,
      async collect() {
        gauge.set(of(await countStored()))
      },
    })
  }
}
