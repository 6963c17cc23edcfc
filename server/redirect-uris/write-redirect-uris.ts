import 'server-only'
import type { z } from 'zod'
import type { RedirectUriState, writeRedirectUris as endpoint } from '@/contracts/redirect-uris'
import { requireApiClient } from '../api-clients/find-api-client'
import { findUpstream } from '../api-clients/list-upstreams'
import { recordAudit } from '../audit/record-audit'
import type { Actor } from '../http/define-handler'
import { changeLiveList } from './change-live-list'
import { getRedirectUris } from './get-redirect-uris'
import { replaceWanted } from './replace-wanted'
import { requireGoodUris } from './require-good-uris'

/**
 * Adds and removes redirect URIs at Octorate, and what was added is wanted from then on, what was removed is not.
 *
 * @throws AppError `not_found`, `invalid_input`; as changeLiveList does
 */
export async function writeRedirectUris(
  { viewer, context }: Actor,
  id: string,
  { add, remove, confirmation }: z.output<typeof endpoint.body>,
): Promise<RedirectUriState> {
  const apiClient = await requireApiClient(viewer, id)
  requireGoodUris(add, { path: 'add', allowLoopbackHttp: findUpstream(apiClient.upstreamId)?.sandbox ?? false })
  const actor = { kind: 'user', id: viewer.userId } as const
  const { organizationId, userId } = viewer
  await changeLiveList(apiClient, { actor, context }, {
    add, remove, confirmation,
    onVerified: async (tx, { before, after, now }) => {
      await replaceWanted(tx, { apiClientId: id, organizationId, userId, add, remove, now })
      await recordAudit(tx, {
        action: 'redirect_uri.written', outcome: 'success', organizationId, actor,
        target: { kind: 'api_client', id }, detail: { before: [...before], after: [...after] }, context, at: now,
      })
    },
  })
  return getRedirectUris(viewer, id)
}
