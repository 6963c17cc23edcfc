import 'server-only'
import { db } from '../db'

/** How far the letters about an incident are that were drafted since an instant, by API client: the farthest counts. */
export async function findIncidentLetters(organizationId: string, since: Date): Promise<ReadonlyMap<string, 'drafted' | 'sent'>> {
  const rows = await db().letter.findMany({
    where: { organizationId, kind: 'incident', draftedAt: { gte: since } },
    select: { apiClientId: true, state: true },
    orderBy: { draftedAt: 'asc' },
  })
  const found = new Map<string, 'drafted' | 'sent'>()
  for (const { apiClientId, state } of rows) if (found.get(apiClientId) !== 'sent') found.set(apiClientId, state === 'drafted' ? 'drafted' : 'sent')
  return found
}
