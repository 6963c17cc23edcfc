import 'server-only'
import type { ApiClientDetail } from '@/contracts/api-clients'
import { recordAudit } from '../audit/record-audit'
import { Secret } from '../crypto/secret'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { acceptApiClient, releaseApiClient } from '../refresh/release-waiting'
import { getRuntime } from '../runtime'
import type { Who } from '../admin-tokens/hold-admin-token'
import { logIn } from '../admin-tokens/log-in'
import { recordCalls } from '../calls/record-calls'
import { clientSecret as asSecret } from '../crypto/tokens'
import type { ApiClient } from '../generated/prisma/client'
import { requireApiClient, sealClientSecret } from './find-api-client'
import { getApiClient } from './get-api-client'
import { makeGateway } from './open-gateway'

/**
 * Replaces the client secret by one that Octorate has issued, after a log-in with it: the old one is kept as long as the
 * new one is not known to be right.
 *
 * @throws AppError `not_found`, `api_client_refused` when Octorate does not take it, `conflict`; upstream errors when
 * nobody could be asked, which `unverified` leaves out.
 */
export async function rotateClientSecret(
  { viewer, context }: Actor,
  id: string,
  { clientSecret, unverified = false }: { clientSecret: string; unverified?: boolean | undefined },
): Promise<ApiClientDetail> {
  const row = await requireApiClient(viewer, id)
  if (!unverified) await verify(row, clientSecret, { actor: { kind: 'user', id: viewer.userId }, context })
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
      detail: { version, verified: !unverified },
      context,
      at: now,
    })
  })
  await releaseApiClient(id, 'api_client_refused')
  return getApiClient(viewer, id)
}

/** The token that the log-in gives is thrown away. */
async function verify(row: ApiClient, secret: string, who: Who): Promise<void> {
  const { clientId, upstreamId, apiVersion } = row
  await recordCalls(row, { act: 'admin_token', ...who }, (_gateway, { watch }) =>
    logIn(makeGateway({ upstreamId, apiVersion, credentials: { clientId, clientSecret: asSecret(secret) } }, watch)),
  )
}
