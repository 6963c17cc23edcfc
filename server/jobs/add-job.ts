import 'server-only'
import type { Transaction } from '../db'
import type { JobName, JobPayload } from './jobs'

interface Wishes {
  /** One job at most waits under a key: a later one takes the place of one that has not begun. */
  readonly key: string
  /** Milliseconds of the database's clock; at once when left out. */
  readonly runInMs?: number
}

/**
 * Adds a job to the queue, in the transaction of what it is about: it exists if and only if that does. The queue's own
 * tables are closed to the application's role, so it goes through a function of the owner's.
 */
export async function addJob<N extends JobName>(
  tx: Pick<Transaction, '$queryRaw'>,
  { name, payload }: { readonly name: N; readonly payload: JobPayload<N> },
  { key, runInMs = 0 }: Wishes,
): Promise<void> {
  const delayMs = Math.max(0, Math.ceil(runInMs))
  await tx.$queryRaw`SELECT keyrack_add_job(${name}, ${JSON.stringify(payload)}::json, ${key}, ${delayMs}::int)::text`
}

/** The same for many jobs of one kind in one statement, each at once and under a key of its own. */
export async function addJobs<N extends JobName>(
  tx: Pick<Transaction, '$queryRaw'>,
  name: N,
  jobs: readonly { readonly key: string; readonly payload: JobPayload<N> }[],
): Promise<void> {
  if (jobs.length === 0) return
  const [keys, payloads] = [jobs.map(({ key }) => key), jobs.map(({ payload }) => JSON.stringify(payload))]
  await tx.$queryRaw`
    SELECT keyrack_add_job(${name}, job.payload::json, job.key, 0)::text
    FROM unnest(${keys}::text[], ${payloads}::text[]) AS job(key, payload)`
}
