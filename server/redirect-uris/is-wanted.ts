import 'server-only'
import { findAdminToken } from '../admin-tokens/hold-admin-token'
import { redirectUriOf } from '../api-clients/redirect-uri'
import { readLive } from '../api-configuration/read-live'
import type { AuditActor } from '../audit/record-audit'
import { db } from '../db'
import type { ApiClient } from '../generated/prisma/client'
import { isUpstreamError } from '../http/from-upstream'
import type { RequestContext } from '../http/request-context'

interface Asking {
  readonly actor: AuditActor
  readonly context: RequestContext
}

/**
 * Whether an API client's codes may be sent with this redirect URI, character for character: its own, one of the wanted
 * list, or one that Octorate has. Octorate is asked only when nothing here knows it and an admin token is held.
 */
export async function isWanted(apiClient: ApiClient, redirectUri: string, asking: Asking): Promise<boolean> {
  if (redirectUri === redirectUriOf(apiClient).redirectUri) return true
  const { id: apiClientId, organizationId } = apiClient
  const [wanted, live] = await Promise.all([
    db().wantedRedirectUri.count({ where: { apiClientId, organizationId, uri: redirectUri } }),
    db().liveConfiguration.count({ where: { apiClientId, organizationId, redirectUris: { has: redirectUri } } }),
  ])
  if (wanted + live > 0) return true
  if (!(await findAdminToken(apiClient))) return false
  try {
    const { configuration } = await readLive(apiClient, { ...asking, act: 'redirect_uris' })
    return configuration.redirectUris?.includes(redirectUri) ?? false
  } catch (error) {
    if (isUpstreamError(error)) return false
    throw error
  }
}
