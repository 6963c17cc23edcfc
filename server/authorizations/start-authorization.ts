import 'server-only'
import { safeReturnTo } from '@/lib/return-to'
import { requireApiClient } from '../api-clients/find-api-client'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { openFlow, type StartedAuthorization } from './open-flow'

interface Wish {
  readonly apiClientId: string
  /** The connection to renew; a consent from another property leaves it as it is. */
  readonly connectionId?: string | undefined
  readonly returnTo?: string | undefined
}

/** Starts a consent flow that a person of ours walks. @throws AppError `not_found` */
export async function startAuthorization({ viewer, context }: Actor, { apiClientId, connectionId, returnTo }: Wish): Promise<StartedAuthorization> {
  const apiClient = await requireApiClient(viewer, apiClientId)
  if (connectionId) {
    const { organizationId } = viewer
    if ((await db().connection.count({ where: { id: connectionId, organizationId, apiClientId } })) === 0) throw new AppError('not_found')
  }
  return openFlow({
    apiClient, context,
    userId: viewer.userId,
    linkId: null,
    expectedConnectionId: connectionId ?? null,
    returnTo: safeReturnTo(returnTo, ''),
  })
}
