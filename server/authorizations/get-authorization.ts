import 'server-only'
import { exchangeStepSchema, type AuthorizationDetail } from '@/contracts/authorizations'
import type { Viewer } from '../auth/viewer'
import { redirectUriOf } from '../api-clients/redirect-uri'
import { db } from '../db'
import type { Authorization } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import { getRuntime } from '../runtime'

/** How a consent flow of the viewer's organization stands. @throws AppError `not_found` */
export async function getAuthorization(viewer: Viewer, id: string): Promise<AuthorizationDetail> {
  const row = await db().authorization.findFirst({
    where: { id, organizationId: viewer.organizationId },
    include: { apiClient: { select: { id: true, name: true, foreignRedirectUri: true } }, quarantined: { select: { id: true } } },
  })
  if (!row) throw new AppError('not_found')
  return {
    id: row.id,
    apiClient: { id: row.apiClient.id, name: row.apiClient.name },
    redirectUri: row.redirectUri,
    mode: redirectUriOf(row.apiClient).mode,
    status: statusOf(row, getRuntime().clock()),
    failure: row.failure,
    requestId: row.requestId,
    connectionId: row.connectionId,
    expectedConnectionId: row.expectedConnectionId,
    quarantineId: row.quarantined?.id ?? null,
    startedAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    steps: exchangeStepSchema.array().parse(row.steps),
  }
}

function statusOf(row: Authorization, now: Date): AuthorizationDetail['status'] {
  if (row.connectionId) return 'connected'
  if (row.finishedAt) return 'failed'
  if (row.consumedAt) return 'working'
  return row.expiresAt <= now ? 'expired' : 'waiting'
}
