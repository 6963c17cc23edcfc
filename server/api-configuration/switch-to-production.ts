import 'server-only'
import type { ApiClientDetail } from '@/contracts/api-clients'
import { requireApiClient } from '../api-clients/find-api-client'
import { getApiClient } from '../api-clients/get-api-client'
import { recordAudit } from '../audit/record-audit'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { requireProductionRight } from '../api-clients/require-production-right'
import { writeFields } from './write-fields'

/**
 * Sets an API client to PRODUCTION at Octorate, and here. There is no way back through Keyrack: from then on Octorate
 * changes redirect URIs by mail only.
 *
 * @throws AppError `not_found`, `not_allowed`, `confirmation_missing` when its name was not typed; as writeFields does
 */
export async function switchToProduction({ viewer, context }: Actor, id: string, { name }: { name: string }): Promise<ApiClientDetail> {
  requireProductionRight(viewer, 'PRODUCTION')
  const apiClient = await requireApiClient(viewer, id)
  if (name.trim() !== apiClient.name.trim()) throw new AppError('confirmation_missing')
  const actor = { kind: 'user', id: viewer.userId } as const
  const { organizationId } = viewer
  await writeFields(apiClient, { actor, context }, {
    change: { environment: 'PRODUCTION' },
    check: () => undefined,
    onVerified: async (tx, before, now) => {
      await tx.apiClient.updateMany({ where: { id, organizationId, deletedAt: null }, data: { environment: 'PRODUCTION' } })
      await recordAudit(tx, {
        action: 'configuration.production_switched', outcome: 'success', organizationId, actor,
        target: { kind: 'api_client', id }, detail: { before: { environment: before.environment, here: apiClient.environment } }, context, at: now,
      })
    },
  })
  return getApiClient(viewer, id)
}
