import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from '@/server/database/embedded-postgres'
import { grantToApp } from '@/server/database/grant'
import { migrate } from '@/server/database/migrate'
import { prepareJobs } from '@/server/jobs/prepare-jobs'
import { runPostgresProgram } from '@/server/database/pg-ctl'
import { adminUrlOf, makeDataFolder, type TestPostgres } from './postgres-setup'
import { eventually } from './processes'

/** A PostgreSQL in a throw-away folder, with migrations and grants, that may be restarted as one likes. */
export interface Cluster {
  readonly postgres: TestPostgres
  /** What stands between the consoles and the database, where something does. */
  readonly pooler?: { through(databaseUrl: string): string }
  /** As if it had crashed: nothing is finished, everything is recovered from the log. Resolves when it answers again. */
  restart(): Promise<void>
  close(): Promise<void>
}

/**
 * @param connections how many it takes at most; what the embedded one takes unless given
 * @param given its folder; a new one unless given
 */
export async function startCluster(connections?: number, given?: string): Promise<Cluster> {
  const folder = given ?? (await makeDataFolder())
  const { ownerUrl, appUrl, place, stop } = await startEmbeddedPostgres(folder, connections ? { connections } : {})
  await migrate(ownerUrl, path.resolve('prisma', 'migrations'))
  await grantToApp(ownerUrl, appUrl)
  await prepareJobs(ownerUrl, appUrl)
  const adminUrl = await adminUrlOf(folder, ownerUrl)
  const data = path.join(place.folder, 'data')
  // Whoever interrupts what stands on it ends this process before anything is closed.
  const kill = () => {
    try {
      process.kill(Number(readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGQUIT')
    } catch {
      // It has ended by itself, and nothing else is to be kept from its own end.
    }
  }
  process.prependOnceListener('exit', kill)
  return {
    postgres: { adminUrl, ownerUrl, appUrl },
    async restart() {
      const log = path.join(place.folder, 'postgres.log')
      const { code, output } = await runPostgresProgram(place, 'pg_ctl', ['restart', '-D', data, '-m', 'immediate', '-w', '-t', '60', '-l', log])
      // One that takes longer than that is waited for by who keeps the server running may be finished by it.
      if (code !== 0 && !(await eventually(() => answers(adminUrl), Boolean))) throw new Error(`the restart failed: ${output}`)
    },
    async close() {
      process.removeListener('exit', kill)
      await stop()
      await rm(place.movedTo ?? folder, { recursive: true, force: true })
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  const isUp = await client.connect().then(() => true, () => false)
  await client.end().catch(() => undefined)
  return isUp
}
