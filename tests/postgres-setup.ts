import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '@/server/database/embedded-postgres'
import { grantToApp } from '@/server/database/grant'
import { migrate } from '@/server/database/migrate'
import { prepareJobs } from '@/server/jobs/prepare-jobs'
import { requireLocalDatabase } from './require-local-database'

/** Addresses of the one PostgreSQL of a test run; each names the database that the others are copied from. */
export interface TestPostgres {
  readonly adminUrl: string
  readonly ownerUrl: string
  readonly appUrl: string
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestPostgres
  }
}

/** Starts a PostgreSQL in a throw-away folder, applies migrations and grants once, and stops it at the end. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  requireLocalDatabase(process.env)
  const folder = await makeDataFolder()
  const postgres = await startEmbeddedPostgres(folder)
  const adminUrl = await adminUrlOf(folder, postgres.ownerUrl)
  await beQuick(adminUrl)
  await migrate(postgres.ownerUrl, path.join(project.config.root, 'prisma', 'migrations'))
  await grantToApp(postgres.ownerUrl, postgres.appUrl)
  await prepareJobs(postgres.ownerUrl, postgres.appUrl)
  project.provide('postgres', { adminUrl, ownerUrl: postgres.ownerUrl, appUrl: postgres.appUrl })
  return async () => {
    await postgres.stop()
    await rm(postgres.place.movedTo ?? folder, { recursive: true, force: true })
    await rm(folder, { recursive: true, force: true })
  }
}

/** A folder that PostgreSQL's own user may enter, when this process is root. */
export async function makeDataFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'keyrack-int-'))
  await chmod(folder, 0o711)
  return folder
}

export async function adminUrlOf(folder: string, ownerUrl: string): Promise<string> {
  const { admin } = JSON.parse(await readFile(path.join(folder, 'postgres.json'), 'utf8')) as { admin: string }
  const url = new URL(ownerUrl)
  url.username = 'keyrack_admin'
  url.password = admin
  url.pathname = '/postgres'
  return url.href
}

/** Nothing here has to outlive a power cut. */
async function beQuick(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    await client.query(`ALTER SYSTEM SET ${setting} = off`)
  }
  await client.query('SELECT pg_reload_conf()')
  await client.end()
}
