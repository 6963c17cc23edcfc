import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import type { KeyRing } from '../crypto/key-ring'
import { makeHeader, streamKey } from './backup-header'
import { sourceOf } from './copy-ledger'
import { readTables, type CopiedTable } from './read-tables'
import { sealStream } from './sealed-stream'

const ROWS_AT_ONCE = 500

interface Given {
  readonly ownerUrl: string
  readonly keys: KeyRing
  /** Written beside under another name and renamed when it is whole. */
  readonly file: string
  readonly at: Date
}

export interface BackupFigures {
  readonly tables: number
  readonly rows: number
  readonly connections: number
}

/**
 * Writes everything that Keyrack keeps into one file, as it was at one instant, while Keyrack runs. The file is
 * compressed and encrypted under the keys, and holds sealed values as they are stored: without the keys it reveals
 * nothing but when it was taken and which keys it needs.
 */
export async function takeBackup({ ownerUrl, keys, file, at }: Given): Promise<BackupFigures> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const making = `${file}.new`
  try {
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const known = await client.query<{ key_id: string }>('SELECT key_id FROM encryption_keys')
    const header = makeHeader(keys, known.rows.map(({ key_id }) => key_id), at)
    const counts = new Map<string, number>()
    const out = createWriteStream(making, { mode: 0o600, flush: true })
    if (!out.write(`${JSON.stringify(header)}\n`)) await once(out, 'drain')
    await pipeline(Readable.from(contents(client, counts)), createGzip(), sealStream(streamKey(header, keys)), out)
    await client.query('COMMIT')
    await rename(making, file)
    const rows = [...counts.values()].reduce((sum, count) => sum + count, 0)
    return { tables: counts.size, rows, connections: counts.get('connections') ?? 0 }
  } catch (error) {
    await rm(making, { force: true })
    throw error
  } finally {
    await client.end()
  }
}

/**
 * Lines: `#backup` with the migrations, then for each table a line `#table` and one JSON object for each row, at last
 * `#end` with the number of rows. The database writes and reads the rows itself, so no value changes on the way.
 */
async function* contents(client: pg.Client, counts: Map<string, number>): AsyncGenerator<string> {
  const migrations = await client.query<{ name: string }>(
    'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name',
  )
  yield `#backup ${JSON.stringify({ migrations: migrations.rows.map(({ name }) => name) })}\n`
  for (const table of await readTables(client)) {
    yield `#table ${JSON.stringify(table)}\n`
    counts.set(table.name, 0)
    for await (const rows of readRows(client, table)) {
      counts.set(table.name, (counts.get(table.name) ?? 0) + rows.length)
      yield `${rows.join('\n')}\n`
    }
  }
  yield `#end ${JSON.stringify({ rows: Object.fromEntries(counts) })}\n`
}

async function* readRows(client: pg.Client, { name, columns }: CopiedTable): AsyncGenerator<string[]> {
  const list = columns.map((column) => client.escapeIdentifier(column)).join(', ')
  await client.query(
    `DECLARE copied NO SCROLL CURSOR FOR SELECT row_to_json(t)::text AS line FROM (SELECT ${list} FROM ${await sourceOf(client, name)} s) t`,
  )
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`FETCH ${ROWS_AT_ONCE} FROM copied`)
    if (rows.length === 0) break
    yield rows.map(({ line }) => line)
  }
  await client.query('CLOSE copied')
}
