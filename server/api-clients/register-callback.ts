import 'server-only'
import type { Who } from '../admin-tokens/hold-admin-token'
import { withAdminToken } from '../admin-tokens/with-admin-token'
import { recordAudit } from '../audit/record-audit'
import { db } from '../db'
import type { ApiClient } from '../generated/prisma/client'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { addRedirectUri } from './add-redirect-uri'
import { requireApiClient } from './find-api-client'
import { openGateway } from './open-gateway'
import { callbackUri } from './redirect-uri'

/** Registers our callback among an API client's redirect URIs at Octorate. @throws as addRedirectUri does */
export async function registerCallback({ viewer, context }: Actor, id: string): Promise<{ redirectUris: string[]; added: boolean }> {
  return registerCallbackFor(await requireApiClient(viewer, id), { actor: { kind: 'user', id: viewer.userId }, context })
}

export async function registerCallbackFor(
  apiClient: ApiClient,
  who: Who,
): Promise<{ redirectUris: string[]; added: boolean }> {
  const uri = callbackUri(apiClient.id)
  const result = await withAdminToken(apiClient, who, (token) => addRedirectUri(openGateway(apiClient), token, uri))
  await recordAudit(db(), {
    action: 'redirect_uri.registered',
    outcome: 'success',
    organizationId: apiClient.organizationId,
    actor: who.actor,
    target: { kind: 'api_client', id: apiClient.id },
    detail: { uri, added: result.added },
    ...(who.context ? { context: who.context } : {}),
    at: getRuntime().clock(),
  })
  return result
}
