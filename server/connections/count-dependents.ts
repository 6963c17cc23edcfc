import 'server-only'
import { db } from '../db'
import { getRuntime } from '../runtime'

const DAY_MS = 24 * 60 * 60_000

/** The living connections of an API client, and when the first of their access tokens end. */
export async function countDependents(place: { organizationId: string; apiClientId: string }): Promise<{
  connections: number
  endingWithinDay: number
  firstEndsAt: string | null
}> {
  const where = { ...place, state: { not: 'disconnected' } } as const
  const now = getRuntime().clock()
  const [all, endingWithinDay] = await Promise.all([
    db().connection.aggregate({ where, _count: true, _min: { accessExpiresAt: true } }),
    db().connection.count({ where: { ...where, accessExpiresAt: { lte: new Date(now.getTime() + DAY_MS) } } }),
  ])
  return { connections: all._count, endingWithinDay, firstEndsAt: all._min.accessExpiresAt?.toISOString() ?? null }
}
