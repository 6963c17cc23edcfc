import { rm } from 'node:fs/promises'
import path from 'node:path'
import { startEmbeddedPostgres } from '@/server/database/embedded-postgres'
import { grantToApp } from '@/server/database/grant'
import { migrate } from '@/server/database/migrate'
import { prepareJobs } from '@/server/jobs/prepare-jobs'
import { runPostgresProgram } from '@/server/database/pg-ctl'
import { adminUrlOf, makeDataFolder, type TestPostgres } from './postgres-setup'

/** A PostgreSQL in a throw-away folder, with migrations and grants, that may be restarted as one likes. */
export interface Cluster {
  readonly postgres: TestPostgres
  /** What stands between the consoles and the database, where something does. */
  readonly pooler?: { through(databaseUrl: string): string }
  /** As if it had crashed: nothing is finished, everything is recovered from the log. Resolves when it answers again. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** @param connections how many it takes at most; what the embedded one takes unless given */
export async function startCluster(connections?: number): Promise<Cluster> {
  const folder = await makeDataFolder()
  const { ownerUrl, appUrl, place, stop } = await startEmbeddedPostgres(folder, connections)
  await migrate(ownerUrl, path.resolve('prisma', 'migrations'))
  await grantToApp(ownerUrl, appUrl)
  await prepareJobs(ownerUrl, appUrl)
  const adminUrl = await adminUrlOf(folder, ownerUrl)
  return {
    postgres: { adminUrl, ownerUrl, appUrl },
    async restart() {
      const data = path.join(place.folder, 'data')
      const log = path.join(place.folder, 'postgres.log')
      const { code, output } = await runPostgresProgram(place, 'pg_ctl', ['restart', '-D', data, '-m', 'immediate', '-w', '-t', '60', '-l', log])
      if (code !== 0) throw new Error(`the restart failed: ${output}`)
    },
    async close() {
      await stop()
      await rm(place.movedTo ?? folder, { recursive: true, force: true })
      await rm(folder, { recursive: true, force: true })
    },
  }
}
