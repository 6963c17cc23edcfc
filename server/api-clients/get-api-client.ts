import 'server-only'
import type { ApiClientDetail } from '@/contracts/api-clients'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { API_CLIENT_COLUMNS, toDetail } from './to-dto'

/** @throws AppError `not_found` */
export async function getApiClient(viewer: Viewer, id: string): Promise<ApiClientDetail> {
  const row = await db().apiClient.findFirst({
    where: { id, organizationId: viewer.organizationId, deletedAt: null },
    select: API_CLIENT_COLUMNS,
  })
  if (!row) throw new AppError('not_found')
  return toDetail(row)
}
