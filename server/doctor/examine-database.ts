import type { ClientBase } from 'pg'
import { readMigrations } from '../database/migrate'
import type { Env } from '../env'
import { about, type Finding } from './finding'

const OLDEST_MAJOR = 15
/** Besides the pool: the queue of jobs, the lock of the embedded one, a command. */
const CONNECTIONS_BESIDE = 8

/** What the database is like. Changes nothing. */
export async function examineDatabase(client: ClientBase, { env, migrations }: { env: Env; migrations: string }): Promise<Finding[]> {
  return [await examineVersion(client), await examineMigrations(client, migrations), await examineRoom(client, env), ...(await examineGrants(client, env))]
}

async function examineVersion(client: ClientBase): Promise<Finding> {
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version')
  const version = rows[0]?.server_version ?? 'unknown'
  if (Number.parseInt(version, 10) < OLDEST_MAJOR) return about('versions', 'PostgreSQL').problem(`This is PostgreSQL ${version}.`, `Keyrack needs ${OLDEST_MAJOR} or newer.`)
  return about('versions', 'PostgreSQL').ok(`PostgreSQL ${version} answers.`)
}

async function examineMigrations(client: ClientBase, folder: string): Promise<Finding> {
  const book = await client.query<{ is: boolean }>(`SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS is`)
  if (!book.rows[0]?.is) return about('database', 'Migrations').warning('The database is empty.', 'Start Keyrack: it makes its tables.')
  const { rows } = await client.query<{ name: string; is_done: boolean }>(
    'SELECT migration_name AS name, finished_at IS NOT NULL AS is_done FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  )
  const half = rows.filter(({ is_done: isDone }) => !isDone)
  if (half.length > 0) return about('database', 'Migrations').problem(`${half.map(({ name }) => name).join(', ')} was begun and did not finish.`, 'Mend it with "prisma migrate resolve".')
  const known = (await readMigrations(folder)).map(({ name }) => name)
  const applied = new Set(rows.map(({ name }) => name))
  const foreign = [...applied].filter((name) => !known.includes(name))
  if (foreign.length > 0) return about('database', 'Migrations').problem(`The database is of a later version: ${foreign.join(', ')}.`, 'Use that version of Keyrack.')
  const pending = known.filter((name) => !applied.has(name))
  if (pending.length > 0) return about('database', 'Migrations').warning(`${pending.length} are pending.`, 'A start applies them; "keyrack upgrade --check" says what they do.')
  return about('database', 'Migrations').ok(`All ${known.length} are applied.`)
}

async function examineRoom(client: ClientBase, env: Env): Promise<Finding> {
  const { rows } = await client.query<{ most: number; used: number }>(
    `SELECT current_setting('max_connections')::int AS most, (SELECT sum(numbackends)::int FROM pg_stat_database) AS used`,
  )
  const { most = 0, used = 0 } = rows[0] ?? {}
  const wanted = env.DATABASE_POOL + CONNECTIONS_BESIDE
  if (most < wanted) return about('database', 'Connections').problem(`PostgreSQL takes ${most} connections, one process may want ${wanted}.`, 'Raise max_connections, or lower DATABASE_POOL.')
  return about('database', 'Connections').ok(`${used} of ${most} are in use; one process takes ${wanted} at most.`)
}

async function examineGrants(client: ClientBase, env: Env): Promise<Finding[]> {
  if (!env.DATABASE_URL) return []
  const role = decodeURIComponent(new URL(env.DATABASE_URL).username)
  const { rows } = await client.query<{ may: boolean }>(
    `SELECT has_schema_privilege($1, 'public', 'CREATE') OR coalesce(has_table_privilege($1, to_regclass('public.audit_events'), 'UPDATE'), false) AS may`, [role],
  )
  return [
    rows[0]?.may
      ? about('database', 'Roles').problem(`The role "${role}" of the console may make tables or rewrite the audit log.`, `REVOKE CREATE ON SCHEMA public FROM PUBLIC, and make "${role}" neither owner nor superuser.`)
      : about('database', 'Roles').ok(`The role "${role}" of the console can neither make tables nor rewrite the audit log.`),
  ]
}
