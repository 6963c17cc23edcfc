import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { LOCKS } from './locks'

/** Prisma's own book-keeping table, so that `prisma migrate deploy` and this runner are interchangeable. */
const BOOK = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`

interface Migration {
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

/**
 * Applies the migrations in `folder` that this database lacks, in order, each in a transaction of its own.
 *
 * @param isWanted leaves those out of which it says no: a restore first makes the tables that its backup was taken of
 * @returns the names applied now.
 * @throws Error when an applied migration's file has changed, or one before it failed.
 */
export async function migrate(ownerUrl: string, folder: string, isWanted = (_name: string) => true): Promise<string[]> {
  const migrations = (await readMigrations(folder)).filter(({ name }) => isWanted(name))
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const applied: string[] = []
    for (const migration of migrations) if (await applyOne(client, migration)) applied.push(migration.name)
    return applied
  } finally {
    await client.end()
  }
}

/** Names of the migrations in `folder`, oldest first. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function applyOne(client: pg.Client, migration: Migration): Promise<boolean> {
  await client.query('BEGIN')
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCKS.migrations])
    await client.query(BOOK)
    const known = await client.query<{ checksum: string; finished_at: Date | null }>(
      'SELECT checksum, finished_at FROM _prisma_migrations WHERE migration_name = $1 AND rolled_back_at IS NULL',
      [migration.name],
    )
    const [row] = known.rows
    if (row) refuseChanged(migration, row)
    else await record(client, migration)
    await client.query('COMMIT')
    return !row
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

function refuseChanged(migration: Migration, row: { checksum: string; finished_at: Date | null }): void {
  if (row.finished_at === null) {
    throw new Error(`Migration ${migration.name} was begun and did not finish; mend it with "prisma migrate resolve".`)
  }
  if (row.checksum === migration.checksum) return
  throw new Error(
    `Migration ${migration.name} was applied to this database with other contents than its file has now. ` +
      'Migrations are never edited: restore the file, and put the change into a new one.',
  )
}

async function record(client: pg.Client, migration: Migration): Promise<void> {
  await client.query(migration.sql)
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
     VALUES ($1, $2, now(), $3, now(), 1)`,
    [randomUUID(), migration.checksum, migration.name],
  )
}
