import path from 'node:path'
import pg from 'pg'
import { reachDatabase } from '../database/reach-database'
import { readMigrations } from '../database/migrate'
import { readEnv } from '../env'

interface Command {
  readonly root: string
  readonly args: readonly string[]
  readonly say: (line: string) => void
}

/** Statements that rewrite or check every row of a table that is there already, and block writers meanwhile. */
const REWRITES = /\bALTER TABLE "(\w+)"(?![^;]*\bADD COLUMN\b(?![^;]*\bNOT NULL\b))[^;]*(?:\bALTER COLUMN\b[^;]*\bTYPE\b|\bSET NOT NULL\b|\bADD CONSTRAINT\b)|\bCREATE (?:UNIQUE )?INDEX "\w+" ON "(\w+)"|\bUPDATE "(\w+)"/gi
/** What no older process can go on with. */
const REMOVES = /\bDROP (?:TABLE|COLUMN|TYPE)\b|\bRENAME (?:COLUMN|TO)\b/i

/**
 * `keyrack upgrade --check`: what the migrations of this version would do to the database, which it leaves as it is.
 *
 * @throws Error with a sentence for whoever typed it.
 */
export async function runUpgrade({ root, args, say }: Command): Promise<void> {
  if (args.length !== 1 || args[0] !== '--check') throw new Error('Usage: keyrack upgrade --check   (a start applies migrations by itself)')
  const env = readEnv()
  const { ownerUrl, close } = await reachDatabase(env, path.resolve(root, env.KEYRACK_DATA))
  const client = new pg.Client({ connectionString: ownerUrl })
  try {
    await client.connect()
    const pending = await findPending(client, path.join(root, 'prisma', 'migrations'))
    if (pending.length === 0) return say('The database is of this version: a start changes nothing.')
    say(`${pending.length} migrations are pending. Each is applied once, in a transaction; there is no way back but a backup.`)
    for (const { name, sql } of pending) for (const line of await describe(client, name, sql)) say(line)
  } finally {
    await client.end()
    await close()
  }
}

async function findPending(client: pg.Client, folder: string): Promise<{ name: string; sql: string }[]> {
  const book = await client.query<{ is: boolean }>(`SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS is`)
  const all = await readMigrations(folder)
  if (!book.rows[0]?.is) return all
  const { rows } = await client.query<{ name: string }>('SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL')
  const applied = new Set(rows.map(({ name }) => name))
  return all.filter(({ name }) => !applied.has(name))
}

async function describe(client: pg.Client, name: string, sql: string): Promise<string[]> {
  const tables = [...new Set([...sql.matchAll(REWRITES)].map(([, altered, indexed, updated]) => altered ?? indexed ?? updated ?? ''))]
  const sizes = await Promise.all(tables.map(async (table) => ({ table, mb: await sizeMb(client, table) })))
  const touched = sizes.filter(({ mb }) => mb !== null).map(({ table, mb }) => `reads all of ${table} (${mb} MB), writers wait meanwhile`)
  const facts = [...touched, ...(REMOVES.test(sql) ? ['removes something: stop older processes first'] : [])]
  return [`  ${name}: ${facts.join('; ') || 'only adds, at once; older processes go on beside it'}`]
}

/** Null for a table that is not there yet: the migration makes it. */
async function sizeMb(client: pg.Client, table: string): Promise<number | null> {
  const { rows } = await client.query<{ bytes: string | null }>('SELECT pg_total_relation_size(to_regclass($1))::text AS bytes', [`public."${table}"`])
  const bytes = rows[0]?.bytes
  return bytes ? Math.ceil(Number(bytes) / 1e6) : null
}
