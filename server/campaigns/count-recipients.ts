import 'server-only'
import type { RecipientCounts } from '@/contracts/campaigns'
import { RECIPIENT_STATES, type RecipientState } from '@/lib/campaigns/recipient-state'
import { db } from '../db'
import { Prisma } from '../generated/prisma/client'
import { recipientsNow } from './recipients-now'

export interface Progress {
  readonly counts: RecipientCounts
  readonly total: number
  readonly toCall: number
  readonly mayMove: boolean
  readonly nextMailAt: Date | null
}

interface Group {
  readonly campaignId: string
  readonly state: RecipientState
  readonly count: number
  readonly toCall: number
  readonly moving: number
  readonly nextMailAt: Date | null
}

/** How far campaigns are, counted now from their recipients' links; by campaign id. */
export async function countRecipients(campaignIds: readonly string[], now: Date): Promise<ReadonlyMap<string, Progress>> {
  if (campaignIds.length === 0) return new Map()
  const of = Prisma.sql`r.campaign_id = ANY (${[...campaignIds]}::uuid[])`
  const groups = await db().$queryRaw<Group[]>`
    SELECT "campaignId", state, count(*)::int AS count, count("callReason")::int AS "toCall", count(*) FILTER (WHERE "mayMove")::int AS moving,
      min("nextMailAt") FILTER (WHERE state <> 'no_address') AS "nextMailAt"
    FROM ${recipientsNow(of, now)} r GROUP BY "campaignId", state`
  return new Map(campaignIds.map((id) => [id, toProgress(groups.filter(({ campaignId }) => campaignId === id))]))
}

function toProgress(groups: readonly Group[]): Progress {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
  const counts = Object.fromEntries(RECIPIENT_STATES.map((state) => [state, groups.find((group) => group.state === state)?.count ?? 0]))
  const mails = groups.flatMap(({ nextMailAt }) => (nextMailAt ? [nextMailAt.getTime()] : []))
  return {
    counts: counts as RecipientCounts,
    total: sum(groups.map(({ count }) => count)),
    toCall: sum(groups.map(({ toCall }) => toCall)),
    mayMove: groups.some(({ moving }) => moving > 0),
    nextMailAt: mails.length > 0 ? new Date(Math.min(...mails)) : null,
  }
}
