import pg from 'pg'
import { pause } from './pass-time'

/** Locks a table against everybody for so long, as a migration or a person at a console of the database might. */
export async function holdTable(ownerUrl: string, table: string, ms: number): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`)
    await pause(ms)
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
}
