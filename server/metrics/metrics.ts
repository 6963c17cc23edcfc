import 'server-only'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { getRuntime, once } from '../runtime'
import { countStored } from './count-stored'
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

/** The same from every process: take the maximum over instances, not the sum. */
function addStored(registers: Registry[]): void {
  const connections = new Gauge({
    name: 'keyrack_connections', help: 'Connections by state, and those whose access token has ended.', labelNames: ['state'], registers,
    async collect() {
      const stored = await countStored()
      connections.reset()
      for (const [state, count] of Object.entries(stored.connections)) connections.set({ state }, count)
      due.set(stored.due)
      overdue.set(stored.overdueSeconds)
      journal.set(stored.journal)
      mails.set(stored.mails)
    },
  })
  const due = new Gauge({ name: 'keyrack_refreshes_due', help: 'Refreshes that are due now and not under way.', registers })
  const overdue = new Gauge({ name: 'keyrack_refreshes_overdue_seconds', help: 'For how long the longest waiting of them has been due.', registers })
  const journal = new Gauge({ name: 'keyrack_journal_waiting', help: 'Answers that hold tokens and are not settled yet.', registers })
  const mails = new Gauge({ name: 'keyrack_mails_waiting', help: 'Mails that are not sent yet.', registers })
}
