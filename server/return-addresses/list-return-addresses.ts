import 'server-only'
import type { ReturnAddressDto } from '@/contracts/return-addresses'
import { requireApiClient } from '../api-clients/find-api-client'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'

/** Where links of an API client may lead back to. @throws AppError `not_found` */
export async function listReturnAddresses(viewer: Viewer, apiClientId: string): Promise<{ items: ReturnAddressDto[] }> {
  await requireApiClient(viewer, apiClientId)
  const rows = await db().returnAddress.findMany({
    where: { apiClientId, organizationId: viewer.organizationId },
    orderBy: [{ uri: 'asc' }],
  })
  return { items: rows.map(({ id, uri, createdAt }) => ({ id, uri, createdAt: createdAt.toISOString() })) }
}
