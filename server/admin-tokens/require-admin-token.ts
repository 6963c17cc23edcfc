import 'server-only'
import { requireApiClient } from '../api-clients/find-api-client'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { AppError } from '../http/app-error'

/** One admin token of the history, with its API client. @throws AppError `not_found` */
export async function requireAdminToken(viewer: Pick<Viewer, 'organizationId'>, { id, tokenId }: { id: string; tokenId: string }) {
  const apiClient = await requireApiClient(viewer, id)
  const token = await db().adminToken.findFirst({ where: { id: tokenId, apiClientId: id, organizationId: viewer.organizationId } })
  if (!token) throw new AppError('not_found')
  return { apiClient, token }
}
