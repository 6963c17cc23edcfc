import 'server-only'
import { db } from '../db'
import { getRuntime } from '../runtime'

const RECENT_MS = 7 * 24 * 60 * 60_000

/** How many connects of an API client were begun with each redirect URI in the last seven days. */
export async function countRecentConnects(place: { apiClientId: string; organizationId: string }): Promise<{ uri: string; count: number }[]> {
  const since = new Date(getRuntime().clock().getTime() - RECENT_MS)
  const groups = await db().authorization.groupBy({
    by: ['redirectUri'],
    where: { ...place, createdAt: { gte: since } },
    _count: true,
    orderBy: { redirectUri: 'asc' },
  })
  return groups.map(({ redirectUri, _count }) => ({ uri: redirectUri, count: _count }))
}
