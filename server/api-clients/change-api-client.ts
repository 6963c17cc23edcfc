import 'server-only'
import type { z } from 'zod'
import type { ApiClientDetail, changeApiClientInput } from '@/contracts/api-clients'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { requireApiClient } from './find-api-client'
import { getApiClient } from './get-api-client'
import { findUpstream } from './list-upstreams'
import { toForeignRedirectUri } from './redirect-uri'
import { requireProductionRight } from './require-production-right'

/** Changes what is given and leaves the rest. @throws AppError `not_found`, `invalid_input`, `not_allowed` */
export async function changeApiClient(
  { viewer, context }: Actor,
  id: string,
  input: z.output<typeof changeApiClientInput>,
): Promise<ApiClientDetail> {
  const before = await requireApiClient(viewer, id)
  if (input.environment && input.environment !== before.environment) {
    requireProductionRight(viewer, input.environment)
    requireProductionRight(viewer, before.environment)
  }
  const { redirectUri, ...rest } = input
  const allowLoopbackHttp = findUpstream(before.upstreamId)?.sandbox ?? false
  const change = {
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    ...(redirectUri === undefined ? {} : { foreignRedirectUri: toForeignRedirectUri(id, redirectUri, allowLoopbackHttp) }),
  }
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    await tx.apiClient.updateMany({ where: { id, organizationId: viewer.organizationId, deletedAt: null }, data: change })
    await recordAudit(tx, {
      action: 'api_client.changed',
      outcome: 'success',
      organizationId: viewer.organizationId,
      actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'api_client', id },
      detail: {
        before: { name: before.name, environment: before.environment, apiVersion: before.apiVersion, redirectUri: before.foreignRedirectUri },
        after: change,
      },
      context,
      at: now,
    })
  })
  return getApiClient(viewer, id)
}
