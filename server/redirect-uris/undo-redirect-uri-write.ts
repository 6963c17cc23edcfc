import 'server-only'
import type { RedirectUriState } from '@/contracts/redirect-uris'
import { diffRedirectUris } from '@/lib/oauth/redirect-uri-list'
import { requireApiClient } from '../api-clients/find-api-client'
import { recordAudit } from '../audit/record-audit'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { changeLiveList } from './change-live-list'
import { getRedirectUris } from './get-redirect-uris'
import { replaceWanted } from './replace-wanted'

/**
 * Takes a write back: what it added goes, what it removed returns, and whatever others changed since stays.
 *
 * @throws AppError `not_found`, `conflict` when it was undone already or never verified; as changeLiveList does
 */
export async function undoRedirectUriWrite(
  { viewer, context }: Actor,
  { id, writeId, confirmation }: { id: string; writeId: string; confirmation: string },
): Promise<RedirectUriState> {
  const apiClient = await requireApiClient(viewer, id)
  const { organizationId, userId } = viewer
  const place = { id: writeId, apiClientId: id, organizationId }
  const write = await db().redirectUriWrite.findFirst({ where: place })
  if (!write) throw new AppError('not_found')
  if (write.state !== 'verified' || write.undoneAt) throw new AppError('conflict')
  const { added, removed } = diffRedirectUris(write.after, write.before)
  const actor = { kind: 'user', id: userId } as const
  await changeLiveList(apiClient, { actor, context }, {
    add: removed, remove: added, confirmation,
    onVerified: async (tx, { before, after, now }) => {
      await tx.redirectUriWrite.updateMany({ where: place, data: { undoneAt: now } })
      await replaceWanted(tx, { apiClientId: id, organizationId, userId, add: removed, remove: added, now })
      await recordAudit(tx, {
        action: 'redirect_uri.write_undone', outcome: 'success', organizationId, actor,
        target: { kind: 'api_client', id }, detail: { write: writeId, before: [...before], after: [...after] }, context, at: now,
      })
    },
  })
  return getRedirectUris(viewer, id)
}
