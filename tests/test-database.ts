import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { TestPostgres } from './postgres-setup'

export interface TestDatabase {
  /** As the console connects: no DDL. */
  readonly appUrl: string
  readonly ownerUrl: string
  /** Runs SQL as a database administrator, who may do anything: to look, and to tamper. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>
  close(): Promise<void>
}

/** A database of its own, copied from the migrated one, or an empty one; gone when it is closed. */
export async function createTestDatabase(
  postgres: TestPostgres,
  { template = 'keyrack' }: { template?: 'keyrack' | 'template0' } = {},
): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asAdmin(postgres.adminUrl, `CREATE DATABASE ${name} TEMPLATE ${template} OWNER keyrack_owner`)
  const database = openTestDatabase(postgres, name)
  return {
    ...database,
    async close() {
      await database.close()
      await asAdmin(postgres.adminUrl, `DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

/** A database that is there already. */
export function openTestDatabase(postgres: TestPostgres, name: string): TestDatabase {
  const pool = new pg.Pool({ connectionString: inDatabase(postgres.adminUrl, name), max: 2 })
  pool.on('error', () => undefined)
  return {
    appUrl: inDatabase(postgres.appUrl, name),
    ownerUrl: inDatabase(postgres.ownerUrl, name),
    async sql<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) {
      return (await pool.query<Row>(text, [...values])).rows
    },
    close: () => pool.end(),
  }
}

function inDatabase(address: string, name: string): string {
  const url = new URL(address)
  url.pathname = `/${name}`
  return url.href
}

async function asAdmin(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
