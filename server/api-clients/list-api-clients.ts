import 'server-only'
import type { ApiClientSummary } from '@/contracts/api-clients'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { API_CLIENT_COLUMNS, toSummary } from './to-dto'

/** The organization's API clients by name. */
export async function listApiClients(viewer: Viewer): Promise<{ items: ApiClientSummary[] }> {
  const rows = await db().apiClient.findMany({
    where: { organizationId: viewer.organizationId, deletedAt: null },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: API_CLIENT_COLUMNS,
  })
  return { items: rows.map(toSummary) }
}
