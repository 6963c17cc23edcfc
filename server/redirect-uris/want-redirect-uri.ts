import 'server-only'
import type { RedirectUriState } from '@/contracts/redirect-uris'
import { requireApiClient } from '../api-clients/find-api-client'
import { findUpstream } from '../api-clients/list-upstreams'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { getRedirectUris } from './get-redirect-uris'
import { requireGoodUris } from './require-good-uris'

const MOST_WANTED = 100

/**
 * Adds an address to the wanted list; at Octorate nothing changes yet.
 *
 * @throws AppError `not_found`, `invalid_input` for one that Octorate could not take, `conflict` for one that is there
 */
export async function wantRedirectUri(
  { viewer, context }: Actor,
  id: string,
  { uri, note }: { uri: string; note?: string | undefined },
): Promise<RedirectUriState> {
  const apiClient = await requireApiClient(viewer, id)
  requireGoodUris([uri], { path: 'uri', allowLoopbackHttp: findUpstream(apiClient.upstreamId)?.sandbox ?? false })
  const { organizationId, userId } = viewer
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    if ((await tx.wantedRedirectUri.count({ where: { apiClientId: id, organizationId } })) >= MOST_WANTED) throw new AppError('conflict')
    const { count } = await tx.wantedRedirectUri.createMany({
      data: [{ organizationId, apiClientId: id, uri, note: note ?? null, createdByUserId: userId, createdAt: now }],
      skipDuplicates: true,
    })
    if (count === 0) throw new AppError('conflict')
    await recordAudit(tx, {
      action: 'redirect_uri.wanted', outcome: 'success', organizationId, actor: { kind: 'user', id: userId },
      target: { kind: 'api_client', id }, detail: { uri }, context, at: now,
    })
  })
  return getRedirectUris(viewer, id)
}
