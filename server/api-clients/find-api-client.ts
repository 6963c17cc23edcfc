import 'server-only'
import type { Viewer } from '../auth/viewer'
import { clientSecret, type ClientSecret } from '../crypto/tokens'
import { open, seal } from '../crypto/seal'
import { requireKeys } from '../crypto/require-keys'
import { db } from '../db'
import type { ApiClient } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import { clientSecretContext } from './client-secret-context'

/**
 * The row of an API client of the viewer's organization.
 *
 * @throws AppError `not_found`, whether it is not there, deleted, or not theirs.
 */
export async function requireApiClient(viewer: Pick<Viewer, 'organizationId'>, id: string): Promise<ApiClient> {
  const row = await db().apiClient.findFirst({ where: { id, organizationId: viewer.organizationId, deletedAt: null } })
  if (!row) throw new AppError('not_found')
  return row
}

type SealedRow = Pick<ApiClient, 'id' | 'organizationId' | 'clientSecretSealed' | 'clientSecretVersion'>

export function openClientSecret(row: SealedRow): ClientSecret {
  return clientSecret(open(requireKeys(), clientSecretContext(row), row.clientSecretSealed))
}

export function sealClientSecret(row: Omit<SealedRow, 'clientSecretSealed'>, secret: string): string {
  return seal(requireKeys(), clientSecretContext(row), secret)
}
