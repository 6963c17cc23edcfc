import pg from 'pg'
import { grantToApp } from '../database/grant'
import { migrate, readMigrations } from '../database/migrate'
import type { KeyRing } from '../crypto/key-ring'
import { prepareJobs } from '../jobs/prepare-jobs'
import { requireKeysOf } from './backup-header'
import { foldBefore } from './copy-ledger'
import { loadRows } from './load-rows'
import { readBackup, readHeader, type BackupPart } from './read-backup'
import { readReferences } from './read-tables'
import { DamagedBackup } from './sealed-stream'
import { settleRestored } from './settle-restored'

const ROWS_AT_ONCE = 500

interface Given {
  readonly ownerUrl: string
  readonly appUrl: string
  readonly keys: KeyRing
  readonly file: string
  /** Folder of the migrations. */
  readonly migrations: string
}

export interface RestoreFigures {
  /** ISO instant at which the backup was taken. */
  readonly takenAt: string
  readonly rows: number
  /** Rows of the backup that are there already, in this or a newer form, or whose place is taken. */
  readonly left: number
  readonly connections: number
}

/**
 * Puts a backup into a database: whole into an empty one, and into one that holds something only what is missing there.
 * A row that is there stays, and an older token never replaces a newer one. Everything is put in, or nothing.
 *
 * @throws Error in plain words, with nothing changed, when a key is missing or wrong, the file is damaged, the backup is
 * of a later version, or the database is of a later version than the backup and not empty.
 */
export async function restoreBackup({ ownerUrl, appUrl, keys, file, migrations }: Given): Promise<RestoreFigures> {
  const { header } = await readHeader(file)
  requireKeysOf(header, keys)
  const parts = readBackup(file, keys)
  try {
    await prepareSchema({ ownerUrl, migrations }, await wantedMigrations(parts))
    await grantToApp(ownerUrl, appUrl)
    await prepareJobs(ownerUrl, appUrl)
    const figures = await inTransaction(ownerUrl, (client) => load(client, parts))
    await migrate(ownerUrl, migrations)
    await grantToApp(ownerUrl, appUrl)
    return { takenAt: header.takenAt, ...figures }
  } finally {
    // Closes the file when something failed before its end.
    await parts.return(undefined)
  }
}

async function wantedMigrations(parts: AsyncGenerator<BackupPart>): Promise<readonly string[]> {
  const { value } = await parts.next()
  if (value?.kind !== 'migrations') throw new DamagedBackup('The backup does not say of which version it is.')
  return value.names
}

/** An empty database gets the tables that the backup was taken of; the migrations after it follow once the rows are in. */
async function prepareSchema({ ownerUrl, migrations }: { ownerUrl: string; migrations: string }, wanted: readonly string[]): Promise<void> {
  const known = (await readMigrations(migrations)).map(({ name }) => name)
  if (wanted.some((name) => !known.includes(name))) {
    throw new Error('This backup was taken of a later Keyrack: restore it with that version. Nothing was changed.')
  }
  const applied = await appliedMigrations(ownerUrl)
  if (applied.some((name) => !wanted.includes(name))) {
    throw new Error('The database is of a later version than the backup, and is not empty. Restore into an empty database. Nothing was changed.')
  }
  await migrate(ownerUrl, migrations, (name) => wanted.includes(name))
}

async function appliedMigrations(ownerUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const book = await client.query<{ is: boolean }>(`SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS is`)
    if (!book.rows[0]?.is) return []
    const { rows } = await client.query<{ migration_name: string }>('SELECT migration_name FROM _prisma_migrations')
    return rows.map(({ migration_name }) => migration_name)
  } finally {
    await client.end()
  }
}

async function inTransaction<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } finally {
    // Ends a transaction that failed, too.
    await client.end()
  }
}

async function load(client: pg.Client, parts: AsyncIterable<BackupPart>): Promise<Omit<RestoreFigures, 'takenAt'>> {
  await foldBefore(client)
  const references = await readReferences(client)
  const before = await client.query<{ id: string; version: number }>('SELECT id, access_token_version AS version FROM connections')
  const versions = new Map(before.rows.map(({ id, version }) => [id, version]))
  let table: { name: string; columns: readonly string[] } | null = null
  let waiting: string[] = []
  let [rows, given] = [0, 0]
  const flush = async () => {
    if (table && waiting.length > 0) rows += await loadRows(client, { ...table, references: references.get(table.name) ?? [] }, waiting)
    given += waiting.length
    waiting = []
  }
  for await (const part of parts) {
    if (part.kind !== 'row' || waiting.length >= ROWS_AT_ONCE) await flush()
    if (part.kind === 'row') waiting.push(part.json)
    if (part.kind === 'table') table = part
  }
  const after = await client.query<{ id: string; version: number }>('SELECT id, access_token_version AS version FROM connections')
  const restored = after.rows.filter(({ id, version }) => versions.get(id) !== version).map(({ id }) => id)
  await settleRestored(client, restored)
  await setSequences(client)
  return { rows, left: given - rows, connections: restored.length }
}

/** Numbers that the database gives out itself go on behind those that came from the backup. */
async function setSequences(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(
    `SELECT table_name AS table, column_name AS column, pg_get_serial_sequence(quote_ident(table_name), column_name) AS sequence
     FROM information_schema.columns WHERE table_schema = 'public' AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL`,
  )
  for (const { table, column, sequence } of rows) {
    const [name, field] = [client.escapeIdentifier(table), client.escapeIdentifier(column)]
    await client.query(`SELECT setval($1::regclass, COALESCE((SELECT max(${field}) FROM ${name}), 0) + 1, false)`, [sequence])
  }
}
