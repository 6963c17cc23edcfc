import 'server-only'
import { db } from '../db'
import { CONFIRMING } from './judge-refusal'
import { refreshOnce } from './refresh-once'

const AT_ONCE = 5
/** After a try that decided nothing, such as one without an answer. */
const AGAIN_AFTER_MS = 60_000

/** The second try of refreshes that were refused once: it decides whether the hotelier must be asked. */
export async function confirmRefusals(now: Date): Promise<void> {
  const due = await db().connection.findMany({
    where: { state: 'refresh_failing', lastRefreshOutcome: CONFIRMING, nextRefreshAt: { lte: now } },
    select: { id: true, organizationId: true },
    orderBy: { nextRefreshAt: 'asc' },
    take: AT_ONCE,
  })
  await Promise.all(due.map(refreshOnce))
  await db().connection.updateMany({
    where: { id: { in: due.map(({ id }) => id) }, state: 'refresh_failing', nextRefreshAt: { lte: now } },
    data: { nextRefreshAt: new Date(now.getTime() + AGAIN_AFTER_MS) },
  })
}
