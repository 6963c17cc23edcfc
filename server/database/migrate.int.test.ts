import { createHash, randomUUID } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { makePool } from '../db'
import { makeLogger } from '../log'
import { grantToApp } from './grant'
import { migrate, readMigrations } from './migrate'
import { createTestDatabase, type TestDatabase } from '../../tests/test-database'

const MIGRATIONS = path.resolve('prisma', 'migrations')
const names = (await readMigrations(MIGRATIONS)).map(({ name }) => name)
const databases: TestDatabase[] = []
const folders: string[] = []

afterAll(async () => {
  for (const database of databases) await database.close()
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

async function makeDatabase(template: 'template0' | 'keyrack'): Promise<TestDatabase> {
  const database = await createTestDatabase(inject('postgres'), { template })
  databases.push(database)
  return database
}

/** A copy of the migrations that a test may spoil. */
async function copyMigrations(): Promise<{ folder: string; add(name: string, sql: string): Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'keyrack-migrations-'))
  folders.push(folder)
  await cp(MIGRATIONS, folder, { recursive: true })
  return {
    folder,
    async add(name, sql) {
      await mkdir(path.join(folder, name), { recursive: true })
      await writeFile(path.join(folder, name, 'migration.sql'), sql)
    },
  }
}

const book = ({ sql }: TestDatabase) => sql<Record<string, unknown>>('SELECT * FROM _prisma_migrations ORDER BY started_at, migration_name')
const tablesOf = async ({ sql }: TestDatabase) =>
  (await sql<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)).map(({ name }) => name)

describe('the migrations', () => {
  let empty: TestDatabase

  beforeEach(async () => {
    empty = await makeDatabase('template0')
  })

  test('make the addresses of a machine key its restriction, enforced as they were', async () => {
    await migrate(empty.ownerUrl, MIGRATIONS, (name) => name < '20261125213000_key_restrictions')
    const [organization, person, tied, free] = Array.from({ length: 4 }, () => randomUUID())
    await empty.sql('INSERT INTO organizations (id, name) VALUES ($1, $2)', [organization, 'Hotels'])
    await empty.sql("INSERT INTO users (id, email, name) VALUES ($1, 'ada@keyrack.example', 'Ada')", [person])
    const insert = `INSERT INTO machine_keys (id, organization_id, name, environment, digest, last4, scopes, properties, addresses, created_by_user_id, created_at)
      VALUES ($1, $2, $3, 'SANDBOX', $3, '0000', '{}', '{}', $4, $5, now())`
    await empty.sql(insert, [tied, organization, 'Front desk', ['8.8.8.0/24', '1.1.1.1'], person])
    await empty.sql(insert, [free, organization, 'Night audit', [], person])
    await migrate(empty.ownerUrl, MIGRATIONS)
    const rows = await empty.sql(
      `SELECT l.machine_key_id, l.mode, e.block, e.comment, e.owner, e.expires_at FROM address_lists l
       LEFT JOIN address_entries e ON e.list_id = l.id ORDER BY e.position`,
    )
    const entry = { machine_key_id: tied, mode: 'enforced', comment: 'Front desk', owner: 'Ada', expires_at: null }
    expect(rows).toEqual([{ ...entry, block: '8.8.8.0/24' }, { ...entry, block: '1.1.1.1' }])
  })

  test('are applied once, though four processes start on an empty database at the same moment', async () => {
    const runs = await Promise.all(Array.from({ length: 4 }, () => migrate(empty.ownerUrl, MIGRATIONS)))
    expect(runs.flat().toSorted()).toEqual(names)
    expect((await book(empty)).map((row) => row['migration_name'])).toEqual(names)
    expect(await migrate(empty.ownerUrl, MIGRATIONS)).toEqual([])
  })

  test('are written down as Prisma itself does, so that "prisma migrate deploy" goes on from here', async () => {
    await migrate(empty.ownerUrl, MIGRATIONS)
    const [row] = await book(empty)
    const text = await readFile(path.join(MIGRATIONS, names[0] ?? '', 'migration.sql'), 'utf8')
    expect(row).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      checksum: createHash('sha256').update(text).digest('hex'),
      finished_at: expect.any(Date),
      migration_name: names[0],
      logs: null,
      rolled_back_at: null,
      started_at: expect.any(Date),
      applied_steps_count: 1,
    })
    const columns = await empty.sql<{ column_name: string; udt_name: string; is_nullable: string }>(
      `SELECT column_name, udt_name, is_nullable FROM information_schema.columns WHERE table_name = '_prisma_migrations' ORDER BY ordinal_position`,
    )
    expect(columns.map(({ column_name, udt_name, is_nullable }) => `${column_name} ${udt_name} ${is_nullable}`)).toEqual([
      'id varchar NO', 'checksum varchar NO', 'finished_at timestamptz YES', 'migration_name varchar NO', 'logs text YES',
      'rolled_back_at timestamptz YES', 'started_at timestamptz NO', 'applied_steps_count int4 NO',
    ])
  })

  test('that were applied and then edited are refused, and nothing is changed', async () => {
    const { folder, add } = await copyMigrations()
    await migrate(empty.ownerUrl, folder)
    const before = await tablesOf(empty)
    const [name = ''] = names
    await add(name, `${await readFile(path.join(MIGRATIONS, name, 'migration.sql'), 'utf8')}\nCREATE TABLE sneaked_in (id int);`)
    await expect(migrate(empty.ownerUrl, folder)).rejects.toThrow(
      `Migration ${name} was applied to this database with other contents than its file has now. Migrations are never edited`,
    )
    expect(await tablesOf(empty)).toEqual(before)
  })

  test('that fail leave nothing of themselves, and run when they are mended', async () => {
    const { folder, add } = await copyMigrations()
    await add('99990101000000_breaks', 'CREATE TABLE half_made (id int); SELECT 1/0;')
    await expect(migrate(empty.ownerUrl, folder)).rejects.toThrow('division by zero')
    expect(await tablesOf(empty)).not.toContain('half_made')
    expect((await book(empty)).map((row) => row['migration_name'])).toEqual(names)
    await add('99990101000000_breaks', 'CREATE TABLE half_made (id int);')
    expect(await migrate(empty.ownerUrl, folder)).toEqual(['99990101000000_breaks'])
    expect(await tablesOf(empty)).toContain('half_made')
  })

  test('that another tool began and did not finish stop the start', async () => {
    const { folder, add } = await copyMigrations()
    await migrate(empty.ownerUrl, folder)
    await add('99990101000000_next', 'CREATE TABLE next (id int);')
    await empty.sql(`INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'x', '99990101000000_next')`)
    await expect(migrate(empty.ownerUrl, folder)).rejects.toThrow('was begun and did not finish; mend it with "prisma migrate resolve"')
  })

  test('of a later version run in their order, on a database that is used by an earlier one', async () => {
    const used = await makeDatabase('keyrack')
    const { folder, add } = await copyMigrations()
    await add('99990102000000_second', 'ALTER TABLE added ADD COLUMN note text;')
    await add('99990101000000_first', 'CREATE TABLE added (id int);')
    expect(await migrate(used.ownerUrl, folder)).toEqual(['99990101000000_first', '99990102000000_second'])
    await used.sql(`INSERT INTO organizations (id, name) VALUES (gen_random_uuid(), 'still works')`)
  })
})

describe('the application’s role', () => {
  let migrated: TestDatabase

  beforeAll(async () => {
    migrated = await makeDatabase('keyrack')
  })

  const asApp = async (database: TestDatabase, statement: string): Promise<string> => {
    const client = new pg.Client({ connectionString: database.appUrl })
    await client.connect()
    try {
      await client.query(statement)
      return 'done'
    } catch (error) {
      return (error as { code?: string }).code ?? 'unknown'
    } finally {
      await client.end()
    }
  }
  const FORBIDDEN = '42501'

  test.each([
    'CREATE TABLE mine (id int)',
    'ALTER TABLE connections ADD COLUMN x int',
    'DROP TABLE connections',
    'TRUNCATE connections',
    'ALTER TABLE connections DISABLE TRIGGER ALL',
    'DROP TRIGGER connections_keep_refresh_token ON connections',
    'CREATE OR REPLACE FUNCTION keep_refresh_token() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
    'CREATE INDEX x ON connections (name)',
    'CREATE SCHEMA mine',
    'CREATE ROLE other',
    'CREATE EXTENSION dblink',
    "SET session_replication_role = 'replica'",
    'SET ROLE keyrack_owner',
    "UPDATE audit_events SET action = 'x'",
    'DELETE FROM audit_events',
    'TRUNCATE audit_events',
    "UPDATE audit_seals SET hash = 'x'",
    'DELETE FROM audit_seals',
    "UPDATE _prisma_migrations SET checksum = 'x'",
    'DELETE FROM _prisma_migrations',
  ])('may not %s', async (statement) => {
    expect(await asApp(migrated, statement)).toBe(FORBIDDEN)
  })

  test('may add to the audit log and read it, and change all else', async () => {
    const database = await makeDatabase('keyrack')
    expect(await asApp(database, `INSERT INTO audit_events (at, action, outcome, actor_kind) VALUES (now(), 'x', 'y', 'z')`)).toBe('done')
    expect(await asApp(database, 'SELECT * FROM audit_events')).toBe('done')
    expect(await asApp(database, `INSERT INTO organizations (id, name) VALUES (gen_random_uuid(), 'x')`)).toBe('done')
    expect(await asApp(database, `UPDATE organizations SET name = 'y'`)).toBe('done')
    expect(await asApp(database, 'DELETE FROM organizations')).toBe('done')
    expect(await asApp(database, 'SELECT * FROM _prisma_migrations')).toBe('done')
  })

  test('is granted the tables of a later migration too, and loses what it was given on the audit log', async () => {
    const database = await makeDatabase('keyrack')
    const { folder, add } = await copyMigrations()
    await add('99990101000000_first', 'CREATE TABLE added (id serial PRIMARY KEY); GRANT ALL ON audit_events TO keyrack_app;')
    await migrate(database.ownerUrl, folder)
    expect(await asApp(database, 'INSERT INTO added DEFAULT VALUES')).toBe(FORBIDDEN)
    await grantToApp(database.ownerUrl, database.appUrl)
    await grantToApp(database.ownerUrl, database.appUrl)
    expect(await asApp(database, 'INSERT INTO added DEFAULT VALUES')).toBe('done')
    expect(await asApp(database, 'DELETE FROM audit_events')).toBe(FORBIDDEN)
  })

  test('is nobody’s administrator, and each of its statements has an end', async () => {
    const database = await makeDatabase('keyrack')
    const pool = makePool(database.appUrl, 2, makeLogger('silent'))
    const { rows: [role] } = await pool.query('SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolreplication FROM pg_roles WHERE rolname = current_user')
    expect(role).toEqual({ rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolbypassrls: false, rolreplication: false })
    const shown: Record<string, string> = {}
    for (const name of ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']) {
      const { rows: [row] } = await pool.query(`SELECT current_setting('${name}') AS value`)
      shown[name] = row.value
    }
    expect(shown).toEqual({ statement_timeout: '10s', lock_timeout: '5s', idle_in_transaction_session_timeout: '10s' })
    await pool.end()
  })
})
