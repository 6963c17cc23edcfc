import path from 'node:path'
import { backUpBefore } from '../backup/back-up-before'
import type { KeyRing } from '../crypto/key-ring'
import { startEmbeddedPostgres } from '../database/embedded-postgres'
import { grantToApp } from '../database/grant'
import { migrate } from '../database/migrate'
import type { Env } from '../env'
import { prepareJobs } from '../jobs/prepare-jobs'
import { log } from '../log'
import { tryDatabase } from './try-database'

export interface OpenedDatabase {
  readonly appUrl: string
  /** For the queue of jobs, whose tables are closed to the application's role. */
  readonly ownerUrl: string
  readonly migrations: readonly string[]
  /** Sentences for whoever started Keyrack. */
  readonly notes: readonly string[]
  stop(): Promise<void>
}

interface Place {
  readonly root: string
  readonly dataFolder: string
  readonly keys: KeyRing | null
}

/**
 * Starts the embedded PostgreSQL, or takes the configured one; applies migrations and grants. The embedded one is backed
 * up first when migrations change it.
 */
export async function openDatabase(env: Env, { root, dataFolder, keys }: Place): Promise<OpenedDatabase> {
  const { ownerUrl, appUrl, notes, stop } = env.DATABASE_URL ? external(env) : await embedded(dataFolder)
  try {
    if (env.DATABASE_URL) {
      await tryDatabase('DATABASE_OWNER_URL', ownerUrl)
      await tryDatabase('DATABASE_URL', appUrl)
    }
    const folder = path.join(root, 'prisma', 'migrations')
    const backup =
      env.DATABASE_URL || !keys
        ? null
        : await backUpBefore({ ownerUrl, keys, migrations: folder, folder: path.join(dataFolder, 'backups'), at: new Date() })
    const migrations = await migrate(ownerUrl, folder)
    await grantToApp(ownerUrl, appUrl)
    await prepareJobs(ownerUrl, appUrl)
    const written = backup ? [`Before the new migrations everything was backed up into ${backup}.`] : []
    return { appUrl, ownerUrl, migrations, notes: [...notes, ...written], stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function embedded(dataFolder: string) {
  const postgres = await startEmbeddedPostgres(dataFolder, { told: sayEnded })
  const { movedTo } = postgres.place
  return {
    ownerUrl: postgres.ownerUrl,
    appUrl: postgres.appUrl,
    stop: () => postgres.stop(),
    notes: [
      ...(postgres.tookOver ? ['The database of a Keyrack that was killed was still running; it was taken over.'] : []),
      ...(movedTo ? [`PostgreSQL does not run as root, and its user cannot enter this folder: the data is in ${movedTo}.`] : []),
    ],
  }
}

function sayEnded(): void {
  log().error('the embedded PostgreSQL has ended, as it does on a full disk: it is started again until it comes up')
}

function external(env: Env) {
  const { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl } = env
  if (!appUrl || !ownerUrl) {
    throw new Error(
      'DATABASE_URL needs DATABASE_OWNER_URL beside it: the owner applies migrations, and the console itself runs as a ' +
        'role that cannot change tables or rewrite the audit log. As the database administrator, run:\n' +
        "  CREATE ROLE keyrack_owner LOGIN PASSWORD '…';\n" +
        "  CREATE ROLE keyrack_app LOGIN PASSWORD '…';\n" +
        '  GRANT CREATE, CONNECT ON DATABASE keyrack TO keyrack_owner;\n' +
        '  GRANT CREATE, USAGE ON SCHEMA public TO keyrack_owner;\n' +
        '  GRANT CONNECT ON DATABASE keyrack TO keyrack_app;\n' +
        'The owner grants the rest to the application role at every start.',
    )
  }
  if (new URL(appUrl).username === new URL(ownerUrl).username) {
    throw new Error('DATABASE_URL and DATABASE_OWNER_URL name the same role: the console must run as one without DDL.')
  }
  return { ownerUrl, appUrl, notes: [], stop: async () => undefined }
}
