import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import type { KeyRing } from '../crypto/key-ring'
import { readMigrations } from '../database/migrate'
import { takeBackup } from './take-backup'

const KEPT = 7
const SUFFIX = '.keyrack'

interface Given {
  readonly ownerUrl: string
  readonly keys: KeyRing
  /** Folder of the migrations. */
  readonly migrations: string
  /** Where the backups lie; made when it is absent. */
  readonly folder: string
  readonly at: Date
}

/**
 * Backs the database up when migrations are about to change it, and keeps the last seven such backups.
 *
 * @returns the file, or null when nothing is to be migrated or nothing is kept yet
 */
export async function backUpBefore({ ownerUrl, keys, migrations, folder, at }: Given): Promise<string | null> {
  if (!(await changesSomething(ownerUrl, migrations))) return null
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, `${at.toISOString().replace(/[:.]/g, '-')}${SUFFIX}`)
  await takeBackup({ ownerUrl, keys, file, at })
  const names = (await readdir(folder)).filter((name) => name.endsWith(SUFFIX)).sort()
  for (const name of names.slice(0, -KEPT)) await rm(path.join(folder, name))
  return file
}

async function changesSomething(ownerUrl: string, migrations: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const tables = await client.query<{ are: boolean }>(
      `SELECT to_regclass('public._prisma_migrations') IS NOT NULL AND to_regclass('public.organizations') IS NOT NULL AS are`,
    )
    if (!tables.rows[0]?.are) return false
    const kept = await client.query('SELECT 1 FROM organizations LIMIT 1')
    if (kept.rowCount === 0) return false
    const { rows } = await client.query<{ name: string }>('SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL')
    const applied = new Set(rows.map(({ name }) => name))
    return (await readMigrations(migrations)).some(({ name }) => !applied.has(name))
  } finally {
    await client.end()
  }
}
