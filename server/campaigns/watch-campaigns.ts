import 'server-only'
import { transaction } from '../database/transaction'
import { startRounds } from '../rounds'
import { getRuntime } from '../runtime'
import { mailDue } from './mail-due'

const ROUND_MS = 3_000

/** Looks every three seconds, in every process, whether mails of campaigns are due. */
export function startCampaignWatch(): { stop(): Promise<void> } {
  const round = async (isStopped: () => boolean) => {
    if (await isAnyDue()) await campaignRound(isStopped)
  }
  return startRounds({ everyMs: ROUND_MS, complaint: 'mails of campaigns could not be sent', round })
}

/** One round: whatever is due, some at a time. Tests call it directly. */
export async function campaignRound(isStopped: () => boolean = () => false): Promise<void> {
  let hasMore = true
  while (hasMore && !isStopped()) hasMore = await transaction((tx) => mailDue(tx, getRuntime().clock()))
}

/** One statement without a transaction: most rounds have nothing to do. */
async function isAnyDue(): Promise<boolean> {
  const { clock, pool } = getRuntime()
  const { rows } = await pool.query<{ is: boolean }>(
    'SELECT EXISTS (SELECT 1 FROM campaign_recipients WHERE next_mail_at <= $1 AND left_out IS NULL) AS "is"',
    [clock()],
  )
  return rows[0]?.is ?? false
}
