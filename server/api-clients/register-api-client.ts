import 'server-only'
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { ApiClientDetail, registerApiClientInput } from '@/contracts/api-clients'
import { recordAudit } from '../audit/record-audit'
import { Secret } from '../crypto/secret'
import { transaction } from '../database/transaction'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { sealClientSecret } from './find-api-client'
import { getApiClient } from './get-api-client'
import { requireUpstream } from './list-upstreams'
import { toForeignRedirectUri } from './redirect-uri'
import { requireProductionRight } from './require-production-right'

/**
 * Registers an API client. Its secret is sealed on arrival and never shown again but for four characters.
 *
 * @throws AppError `upstream_not_allowed`, `invalid_input`, `not_allowed`
 */
export async function registerApiClient(
  { viewer, context }: Actor,
  input: z.output<typeof registerApiClientInput>,
): Promise<ApiClientDetail> {
  const upstream = requireUpstream(input.upstreamId)
  requireProductionRight(viewer, input.environment)
  const now = getRuntime().clock()
  const id = randomUUID()
  const { organizationId } = viewer
  const version = 1
  await transaction(async (tx) => {
    await tx.apiClient.create({
      data: {
        id,
        organizationId,
        name: input.name,
        clientId: input.clientId,
        clientSecretSealed: sealClientSecret({ id, organizationId, clientSecretVersion: version }, input.clientSecret),
        clientSecretVersion: version,
        clientSecretLast4: Secret.of(input.clientSecret).last4,
        secretRotatedAt: now,
        environment: input.environment,
        upstreamId: upstream.id,
        apiVersion: input.apiVersion,
        foreignRedirectUri: toForeignRedirectUri(id, input.redirectUri, upstream.sandbox),
      },
    })
    await recordAudit(tx, {
      action: 'api_client.registered',
      outcome: 'success',
      organizationId,
      actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'api_client', id },
      detail: { name: input.name, clientId: input.clientId, environment: input.environment, upstream: upstream.id },
      context,
      at: now,
    })
  })
  return getApiClient(viewer, id)
}
