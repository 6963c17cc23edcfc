import 'server-only'
import type { RedirectUriState } from '@/contracts/redirect-uris'
import { requireApiClient } from '../api-clients/find-api-client'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { getRedirectUris } from './get-redirect-uris'

/** Takes an address off the wanted list; at Octorate nothing changes. @throws AppError `not_found` */
export async function unwantRedirectUri(
  { viewer, context }: Actor,
  { id, wantedId }: { id: string; wantedId: string },
): Promise<RedirectUriState> {
  await requireApiClient(viewer, id)
  const { organizationId } = viewer
  await transaction(async (tx) => {
    const place = { id: wantedId, apiClientId: id, organizationId }
    const row = await tx.wantedRedirectUri.findFirst({ where: place })
    const { count } = await tx.wantedRedirectUri.deleteMany({ where: place })
    if (!row || count === 0) throw new AppError('not_found')
    await recordAudit(tx, {
      action: 'redirect_uri.unwanted', outcome: 'success', organizationId, actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'api_client', id }, detail: { uri: row.uri }, context, at: getRuntime().clock(),
    })
  })
  return getRedirectUris(viewer, id)
}
