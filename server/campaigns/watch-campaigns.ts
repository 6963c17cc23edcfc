import 'server-only'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { transaction } from '../database/transaction'
import { log } from '../log'
import { getRuntime } from '../runtime'
import { mailDue } from './mail-due'

const ROUND_MS = 3_000

/** Looks every three seconds, in every process, whether mails of campaigns are due. */
export function startCampaignWatch(): { stop(): Promise<void> } {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let round = Promise.resolve()
  const next = () => {
    if (stopped) return
    timer = setTimeout(() => {
      round = campaignRound(() => stopped)
        .catch((err: unknown) => {
          if (!isDatabaseUnavailable(err)) log().error({ err }, 'mails of campaigns could not be sent')
        })
        .finally(next)
    }, ROUND_MS)
  }
  next()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await round
    },
  }
}

/** One round: whatever is due, some at a time. Tests call it directly. */
export async function campaignRound(isStopped: () => boolean = () => false): Promise<void> {
  let hasMore = true
  while (hasMore && !isStopped()) hasMore = await transaction((tx) => mailDue(tx, getRuntime().clock()))
}
