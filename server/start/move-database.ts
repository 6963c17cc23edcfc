import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { restoreBackup } from '../backup/restore-backup'
import { takeBackup } from '../backup/take-backup'
import { parseKeys } from '../crypto/parse-keys'
import { addressesAt, MAJOR, readPasswords, startEmbeddedPostgres } from '../database/embedded-postgres'
import { fetchPostgres } from '../database/fetch-postgres'
import { findPostgresPlace } from '../database/postgres-place'
import { startServer, stopServer } from '../database/postgres-server'
import { readEnv } from '../env'
import { keySource } from './key-source'

const CONNECTIONS = 10

interface Command {
  readonly root: string
  readonly say: (line: string) => void
}

/**
 * `keyrack move-database`: moves the embedded database to the PostgreSQL that this Keyrack brings. The old server is
 * fetched, everything is backed up, put into a new cluster, and the old data stays beside it.
 *
 * @throws Error with a sentence for whoever typed it; the old data is in its place then.
 */
export async function runMoveDatabase({ root, say }: Command): Promise<void> {
  const env = readEnv()
  if (env.DATABASE_URL) throw new Error('DATABASE_URL names a database of your own: move it with the means of PostgreSQL.')
  const dataFolder = path.resolve(root, env.KEYRACK_DATA)
  const source = keySource(env, dataFolder)
  if (!source) throw new Error('No key is configured.')
  const keys = parseKeys(await source.read())
  const { folder } = await findPostgresPlace(dataFolder)
  const data = path.join(folder, 'data')
  const major = await versionOf(data)
  if (major === MAJOR) return say(`The data is of PostgreSQL ${MAJOR} already: there is nothing to move.`)

  say(`Fetching PostgreSQL ${major} …`)
  const binaries = path.join(dataFolder, `postgres-${major}-binaries`)
  const place = await findPostgresPlace(dataFolder, await fetchPostgres(major, binaries))
  const file = path.join(dataFolder, 'backups', `postgres-${major}-${new Date().toISOString().replace(/[:.]/g, '-')}.keyrack`)
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const port = await startServer(place, data, { connections: CONNECTIONS })
  try {
    const { ownerUrl } = addressesAt(port, await readPasswords(dataFolder))
    const { rows } = await takeBackup({ ownerUrl, keys, file, at: new Date() })
    say(`${rows} rows are backed up in ${file}.`)
  } finally {
    await stopServer(place, data)
  }

  const kept = `${data}.of-${major}`
  await rename(data, kept)
  try {
    await fill(dataFolder, { keys, file, migrations: path.join(root, 'prisma', 'migrations') })
  } catch (error) {
    await rm(data, { recursive: true, force: true })
    await rename(kept, data)
    throw error
  }
  await rm(binaries, { recursive: true, force: true })
  say(`Everything is in PostgreSQL ${MAJOR} now. The old data stays in ${kept}: remove it when you have seen that all is well.`)
}

async function fill(dataFolder: string, backup: Pick<Parameters<typeof restoreBackup>[0], 'keys' | 'file' | 'migrations'>): Promise<void> {
  const { ownerUrl, appUrl, stop } = await startEmbeddedPostgres(dataFolder)
  try {
    await restoreBackup({ ownerUrl, appUrl, ...backup })
  } finally {
    await stop()
  }
}

async function versionOf(data: string): Promise<string> {
  const file = path.join(data, 'PG_VERSION')
  if (!existsSync(file)) throw new Error(`There is no embedded database in ${data}.`)
  return (await readFile(file, 'utf8')).trim()
}
