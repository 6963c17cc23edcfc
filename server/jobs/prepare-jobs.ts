import { Logger, runMigrations } from 'graphile-worker'
import pg from 'pg'
import { LOCKS } from '../database/locks'

/**
 * Makes or updates graphile-worker's tables and the one function by which the application's role adds jobs: the tables
 * themselves have row-level security without a policy, so that the role sees and changes nothing there. Safe to run at
 * every start, by several processes at once.
 */
export async function prepareJobs(ownerUrl: string, appUrl: string): Promise<void> {
  await makeTables(ownerUrl)
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCKS.start])
    const role = client.escapeIdentifier(decodeURIComponent(new URL(appUrl).username))
    await client.query(ADD_JOB)
    await client.query('REVOKE ALL ON FUNCTION keyrack_add_job FROM PUBLIC')
    await client.query(`GRANT EXECUTE ON FUNCTION keyrack_add_job TO ${role}`)
    await client.query(`REVOKE ALL ON job_runners FROM ${role}`)
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
}

async function makeTables(ownerUrl: string): Promise<void> {
  const pgPool = new pg.Pool({ connectionString: ownerUrl, max: 2 })
  // Without these two a lost connection would end the process, and the library warns on the console.
  pgPool.on('error', () => undefined)
  pgPool.on('connect', (client) => client.on('error', () => undefined))
  try {
    await runMigrations({ pgPool, logger: new Logger(() => () => undefined) })
  } finally {
    await pgPool.end()
  }
}

/** Runs as the owner, with names resolved in the catalogue only: nothing that a caller put into a schema is met. */
const ADD_JOB = `
CREATE OR REPLACE FUNCTION keyrack_add_job(name text, payload json, job_key text, run_in_ms integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT graphile_worker.add_job(
    identifier => $1, payload => $2, run_at => now() + make_interval(secs => $4 / 1000.0), job_key => $3
  )
$$`
