import 'server-only'
import type { ApiClientDetail } from '@/contracts/api-clients'
import { recordAudit } from '../audit/record-audit'
import { Secret } from '../crypto/secret'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { acceptApiClient } from '../refresh/release-waiting'
import { getRuntime } from '../runtime'
import { requireApiClient, sealClientSecret } from './find-api-client'
import { getApiClient } from './get-api-client'

/** Replaces the client secret by one that Octorate has issued. @throws AppError `not_found`, `conflict` */
export async function rotateClientSecret(
  { viewer, context }: Actor,
  id: string,
  { clientSecret }: { clientSecret: string },
): Promise<ApiClientDetail> {
  const row = await requireApiClient(viewer, id)
  const now = getRuntime().clock()
  const version = row.clientSecretVersion + 1
  await transaction(async (tx) => {
    const changed = await tx.apiClient.updateMany({
      where: { id, organizationId: viewer.organizationId, clientSecretVersion: row.clientSecretVersion, deletedAt: null },
      data: {
        clientSecretSealed: sealClientSecret({ ...row, clientSecretVersion: version }, clientSecret),
        clientSecretVersion: version,
        clientSecretLast4: Secret.of(clientSecret).last4,
        secretRotatedAt: now,
      },
    })
    if (changed.count === 0) throw new AppError('conflict')
    // Whether Octorate takes the new one, the next refresh tells; it is not kept waiting.
    await acceptApiClient(tx, id)
    await recordAudit(tx, {
      action: 'api_client.secret_rotated',
      outcome: 'success',
      organizationId: viewer.organizationId,
      actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'api_client', id },
      detail: { version },
      context,
      at: now,
    })
  })
  return getApiClient(viewer, id)
}
