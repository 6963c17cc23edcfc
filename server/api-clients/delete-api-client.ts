import 'server-only'
import { recordAudit } from '../audit/record-audit'
import { randomToken } from '../crypto/digest'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { requireApiClient, sealClientSecret } from './find-api-client'

/**
 * Deletes an API client that has no connections left: its secret and admin tokens are wiped, its row stays as the
 * history of what it connected.
 *
 * @throws AppError `not_found`, `api_client_in_use`
 */
export async function deleteApiClient({ viewer, context }: Actor, id: string): Promise<{ deleted: true }> {
  const row = await requireApiClient(viewer, id)
  const now = getRuntime().clock()
  const { organizationId } = viewer
  await transaction(async (tx) => {
    const version = row.clientSecretVersion + 1
    const wiped = sealClientSecret({ ...row, clientSecretVersion: version }, randomToken())
    const deleted = await tx.apiClient.updateMany({
      where: { id, organizationId, deletedAt: null, connections: { none: { state: { not: 'disconnected' } } } },
      data: { deletedAt: now, clientSecretSealed: wiped, clientSecretVersion: version, clientSecretLast4: '' },
    })
    if (deleted.count === 0) throw new AppError('api_client_in_use')
    await tx.adminToken.deleteMany({ where: { apiClientId: id, organizationId } })
    await recordAudit(tx, {
      action: 'api_client.deleted',
      outcome: 'success',
      organizationId,
      actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'api_client', id },
      detail: { name: row.name, clientId: row.clientId },
      context,
      at: now,
    })
  })
  return { deleted: true }
}
