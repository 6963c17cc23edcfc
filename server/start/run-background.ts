import { startSealer } from '../audit/start-sealer'
import { startAuditStream } from '../audit/start-stream'
import { startAlertWatch } from '../alerts/watch'
import { startCampaignWatch } from '../campaigns/watch-campaigns'
import { startJobs } from '../jobs/start-jobs'
import { startKeyMigrations } from '../key-migrations/engine'
import { startFolder } from '../hand-outs/start-folder'
import { startSettler } from '../journal/settler'
import { startLiveWatch } from '../api-configuration/watch-live'
import { startCallWriter } from '../operations/write-calls'
import { startRefreshEngine } from '../refresh/engine'
import { standardOutput } from '../log'
import { getRuntime } from '../runtime'

interface Background {
  stop(): Promise<void>
}

interface RunningBackground {
  /** @param requests those under way, which may call Octorate still */
  stop(requests?: Promise<unknown>): Promise<void>
}

interface Wanted {
  /** Whether this process refreshes what is due; others may do it. */
  readonly engine: boolean
  /** The database as its owner, whom the queue of jobs belongs to; null runs no jobs. */
  readonly ownerUrl: string | null
}

/**
 * Starts what a process does by itself, besides answering requests: it settles the journal, brings hand-outs into the ledger, runs jobs, looks at the
 * configurations at Octorate, seals the audit log and streams it, tells people and webhooks what has changed, mails for campaigns,
 * writes the operation log, and refreshes what is due. Stopped all at once, for none begins what another ends; last is who
 * writes down what all of them, and requests, called.
 */
export async function runBackground({ engine, ownerUrl }: Wanted): Promise<RunningBackground> {
  // Sealed: without a key no answer can be read and no token sent.
  const { env, keys } = getRuntime()
  if (!keys) return { stop: async (requests) => void (await requests) }
  const writer = startCallWriter()
  const parts: Background[] = [startSettler(), startSealer(), startFolder()]
  if (ownerUrl) parts.push(await startJobs(ownerUrl), startLiveWatch(), startAlertWatch(), startCampaignWatch())
  if (env.KEYRACK_AUDIT_STREAM === 'stdout') parts.push(startAuditStream(standardOutput()))
  if (engine) parts.push(startKeyMigrations(), startRefreshEngine())
  return {
    async stop(requests) {
      await Promise.all([requests, ...parts.map((part) => part.stop())])
      await writer.stop()
    },
  }
}
