import type { Env } from '../env'
import { findEmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres'

export interface ReachedDatabase {
  readonly ownerUrl: string
  readonly appUrl: string
  /** True when a console has the embedded database in hand right now. */
  readonly isInUse: boolean
  /** Leaves a database that was running as it was. */
  close(): Promise<void>
}

/**
 * The database for a command that runs beside a console or without one: the configured one, the embedded one of a
 * console that runs, or else the embedded one started for as long as the command needs it. Migrates nothing.
 */
export async function reachDatabase(env: Env, dataFolder: string): Promise<ReachedDatabase> {
  const { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl } = env
  const close = async () => undefined
  if (appUrl && ownerUrl) return { appUrl, ownerUrl, isInUse: false, close }
  if (appUrl) throw new Error('DATABASE_URL needs DATABASE_OWNER_URL beside it.')
  const running = await findEmbeddedPostgres(dataFolder)
  if (running) return { ...running, isInUse: true, close }
  const { ownerUrl: owner, appUrl: app, stop } = await startEmbeddedPostgres(dataFolder)
  return { ownerUrl: owner, appUrl: app, isInUse: false, close: stop }
}
