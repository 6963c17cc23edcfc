import 'server-only'
import { transaction } from '../database/transaction'
import { startRounds } from '../rounds'
import { getRuntime } from '../runtime'
import { anyDueRecipient } from './claim-recipients'
import { mailDue } from './mail-due'

const ROUND_MS = 60_000

/** Sends mails of campaigns as they fall due, in every process. */
export function startCampaignWatch(): { stop(): Promise<void> } {
  return startRounds({ everyMs: ROUND_MS, when: anyDueRecipient, complaint: 'mails of campaigns could not be sent', round: campaignRound })
}

/** One round: whatever is due, some at a time. Tests call it directly. */
export async function campaignRound(isStopped: () => boolean = () => false): Promise<void> {
  let hasMore = true
  while (hasMore && !isStopped()) hasMore = await transaction((tx) => mailDue(tx, getRuntime().clock()))
}
