import 'server-only'
import { isCutShort } from '../database/is-cut-short'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { log } from '../log'
import { startRounds } from '../rounds'
import { anyDueMigration, findDueMigrations } from './find-due-migrations'
import { runKeyMigration } from './run-key-migration'

/** They are looked for so often at least, whatever is known of them. */
const LOOK_MS = 60_000

/**
 * Works on every migration that is not over, in every process that runs it, until it is stopped. There is no job to
 * belong to a process that died: lines belong to whoever took them, for half a minute.
 */
export function startKeyMigrations(): { stop(): Promise<void> } {
  const life = new AbortController()
  const runs = new Map<string, Promise<void>>()
  const look = async () => {
    for (const id of await findDueMigrations()) {
      if (runs.has(id) || life.signal.aborted) continue
      const run = runKeyMigration(id, life.signal)
        .catch((err: unknown) => {
          if (isCutShort(err) || !isDatabaseUnavailable(err)) log().error({ migration: id, err }, 'a migration could not be worked on; it is tried again')
        })
        .finally(() => runs.delete(id))
      runs.set(id, run)
    }
  }
  const rounds = startRounds({ everyMs: LOOK_MS, when: anyDueMigration, complaint: 'migrations could not be looked for', round: look })
  return {
    /** Begins nothing more, and waits for what is in hand. */
    async stop() {
      life.abort()
      await rounds.stop()
      await Promise.all(runs.values())
    },
  }
}
