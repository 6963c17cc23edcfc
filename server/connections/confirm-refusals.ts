import 'server-only'
import { db } from '../db'
import { CONFIRMING } from './judge-refusal'
import { refreshOnce } from './refresh-once'

const AT_ONCE = 20

/** The second try of refreshes that were refused once: it decides whether the hotelier must be asked. */
export async function confirmRefusals(now: Date): Promise<void> {
  const due = await db().connection.findMany({
    where: { state: 'refresh_failing', lastRefreshOutcome: CONFIRMING, nextRefreshAt: { lte: now } },
    select: { id: true, organizationId: true },
    orderBy: { nextRefreshAt: 'asc' },
    take: AT_ONCE,
  })
  for (const connection of due) await refreshOnce(connection)
}
