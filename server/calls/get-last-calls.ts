import 'server-only'
import type { CallAct, RecordedCalls } from '@/contracts/calls'
import { exchangeSchema } from '@/contracts/exchange'
import { requireApiClient } from '../api-clients/find-api-client'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'

/** The calls of the last act of one kind; null before the first. @throws AppError `not_found` */
export async function getLastCalls(viewer: Viewer, id: string, act: CallAct): Promise<{ last: RecordedCalls | null }> {
  await requireApiClient(viewer, id)
  const row = await db().recordedCalls.findFirst({
    where: { apiClientId: id, organizationId: viewer.organizationId, act },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
  })
  if (!row) return { last: null }
  const exchanges = exchangeSchema.array().parse(row.exchanges)
  return { last: { act, at: row.at.toISOString(), failure: row.failure, exchanges } }
}
