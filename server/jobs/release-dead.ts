import type { Pool } from 'pg'

/** A process is taken for dead when it was silent for this long. */
const SILENT_S = 30
const FORGOTTEN_S = 3_600

/**
 * Says that this process lives, and releases the jobs of those that do not: graphile-worker alone would leave a killed
 * process its jobs for four hours. By the database's clock. A process that was only stopped, and goes on later, finds
 * its job with somebody else; tasks therefore claim what they act on, line by line.
 */
export async function releaseDead(pool: Pool, workerId: string): Promise<void> {
  // One statement sees what was before it: what it says of this runner itself is new in it, and left alone.
  await pool.query(
    `WITH alive AS (
       INSERT INTO job_runners (worker_id, seen_at) VALUES ($1, clock_timestamp())
       ON CONFLICT (worker_id) DO UPDATE SET seen_at = EXCLUDED.seen_at
     ), forgotten AS (
       DELETE FROM job_runners WHERE worker_id <> $1 AND seen_at < clock_timestamp() - make_interval(secs => $3)
     ), dead AS (
       SELECT array_agg(DISTINCT jobs.locked_by) AS ids FROM graphile_worker.jobs
       WHERE jobs.locked_by <> $1 AND jobs.locked_at < clock_timestamp() - make_interval(secs => $2)
         AND NOT EXISTS (
           SELECT 1 FROM job_runners
           WHERE job_runners.worker_id = jobs.locked_by AND job_runners.seen_at > clock_timestamp() - make_interval(secs => $2)
         )
     )
     SELECT graphile_worker.force_unlock_workers(ids) FROM dead WHERE ids IS NOT NULL`,
    [workerId, SILENT_S, FORGOTTEN_S],
  )
}

/** The process ends in an orderly way: it has released its jobs itself. */
export async function forgetRunner(pool: Pool, workerId: string): Promise<void> {
  await pool.query('DELETE FROM job_runners WHERE worker_id = $1', [workerId])
}
