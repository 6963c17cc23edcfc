import 'server-only'
import type { RedirectUriState } from '@/contracts/redirect-uris'
import { requireApiClient } from '../api-clients/find-api-client'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { getRedirectUris } from './get-redirect-uris'
import { replaceWanted } from './replace-wanted'

/**
 * Takes over the list that Octorate had when it was last read as the wanted one; a drift is settled by it.
 *
 * @throws AppError `not_found`, `conflict` when it was never read
 */
export async function adoptRedirectUris({ viewer, context }: Actor, id: string): Promise<RedirectUriState> {
  await requireApiClient(viewer, id)
  const { organizationId, userId } = viewer
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const place = { apiClientId: id, organizationId }
    const live = await tx.liveConfiguration.findFirst({ where: place })
    if (!live) throw new AppError('conflict')
    const wanted = await tx.wantedRedirectUri.findMany({ where: place, select: { uri: true } })
    const remove = wanted.map(({ uri }) => uri).filter((uri) => !live.redirectUris.includes(uri))
    await replaceWanted(tx, { ...place, userId, add: live.redirectUris, remove, now })
    await tx.liveConfiguration.updateMany({ where: place, data: { driftedAt: null, driftedFrom: [] } })
    await recordAudit(tx, {
      action: 'redirect_uri.adopted', outcome: 'success', organizationId, actor: { kind: 'user', id: userId },
      target: { kind: 'api_client', id }, detail: { redirectUris: live.redirectUris }, context, at: now,
    })
  })
  return getRedirectUris(viewer, id)
}
