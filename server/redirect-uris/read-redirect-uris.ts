import 'server-only'
import type { RedirectUriState } from '@/contracts/redirect-uris'
import { requireApiClient } from '../api-clients/find-api-client'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { readLive } from '../api-configuration/read-live'
import { getRedirectUris } from './get-redirect-uris'

/** Reads the list at Octorate now. @throws AppError `not_found`, `upstream_unreadable`; as readLive does */
export async function readRedirectUris({ viewer, context }: Actor, id: string): Promise<RedirectUriState> {
  const apiClient = await requireApiClient(viewer, id)
  const who = { actor: { kind: 'user', id: viewer.userId }, context, act: 'redirect_uris' } as const
  const { configuration } = await readLive(apiClient, who)
  if (configuration.redirectUris === null) throw new AppError('upstream_unreadable')
  return getRedirectUris(viewer, id)
}
