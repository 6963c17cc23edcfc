import 'server-only'
import type { PropertyCreation } from '@/contracts/property-creations'
import { requireApiClient } from '../api-clients/find-api-client'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { getRuntime } from '../runtime'
import { toDto } from './to-dto'

const SHOWN = 200

/** The properties that were to be created as an API client, the newest first. @throws AppError `not_found` */
export async function listPropertyCreations(viewer: Viewer, apiClientId: string): Promise<{ items: PropertyCreation[] }> {
  await requireApiClient(viewer, apiClientId)
  const rows = await db().propertyCreation.findMany({
    where: { apiClientId, organizationId: viewer.organizationId },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: SHOWN,
  })
  const now = getRuntime().clock()
  return { items: rows.map((row) => toDto(row, now)) }
}
