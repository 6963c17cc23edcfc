import { rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll } from 'vitest'
import { startEmbeddedPostgres } from '@/server/database/embedded-postgres'
import { grantToApp } from '@/server/database/grant'
import { migrate } from '@/server/database/migrate'
import { runPostgresProgram } from '@/server/database/pg-ctl'
import { adminUrlOf, makeDataFolder } from './postgres-setup'
import { openTestDatabase, type TestDatabase } from './test-database'

/** A PostgreSQL of a test's own, which it may restart as it likes. */
export async function openOwnCluster(): Promise<{ readonly database: TestDatabase; restart(): Promise<void> }> {
  const folder = await makeDataFolder()
  const postgres = await startEmbeddedPostgres(folder)
  await migrate(postgres.ownerUrl, path.resolve('prisma', 'migrations'))
  await grantToApp(postgres.ownerUrl, postgres.appUrl)
  const adminUrl = await adminUrlOf(folder, postgres.ownerUrl)
  const { ownerUrl, appUrl, place } = postgres
  const database = openTestDatabase({ adminUrl, ownerUrl, appUrl }, 'keyrack')
  afterAll(async () => {
    await database.close()
    await postgres.stop()
    await rm(place.movedTo ?? folder, { recursive: true, force: true })
    await rm(folder, { recursive: true, force: true })
  })
  return {
    database,
    /** As if it had crashed: nothing is finished, everything is recovered from the log. */
    async restart() {
      const data = path.join(place.folder, 'data')
      const log = path.join(place.folder, 'postgres.log')
      const { code, output } = await runPostgresProgram(place, 'pg_ctl', ['restart', '-D', data, '-m', 'immediate', '-w', '-t', '60', '-l', log])
      if (code !== 0) throw new Error(`the restart failed: ${output}`)
    },
  }
}
