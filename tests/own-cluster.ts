import { afterAll } from 'vitest'
import { startCluster } from './cluster'
import { openTestDatabase, type TestDatabase } from './test-database'

/** A PostgreSQL of a test file's own, which it may restart as it likes. */
export async function openOwnCluster(): Promise<{ readonly database: TestDatabase; restart(): Promise<void> }> {
  const cluster = await startCluster()
  const database = openTestDatabase(cluster.postgres, 'keyrack')
  afterAll(async () => {
    await database.close()
    await cluster.close()
  })
  return { database, restart: () => cluster.restart() }
}
