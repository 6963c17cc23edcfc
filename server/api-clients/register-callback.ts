import 'server-only'
import type { Who } from '../admin-tokens/hold-admin-token'
import { recordAudit } from '../audit/record-audit'
import type { ApiClient } from '../generated/prisma/client'
import type { Actor } from '../http/define-handler'
import { changeLiveList } from '../redirect-uris/change-live-list'
import { replaceWanted } from '../redirect-uris/replace-wanted'
import { requireApiClient } from './find-api-client'
import { callbackUri } from './redirect-uri'

/** Registers our callback among an API client's redirect URIs at Octorate. @throws as changeLiveList does */
export async function registerCallback({ viewer, context }: Actor, id: string): Promise<{ redirectUris: string[]; added: boolean }> {
  return registerCallbackFor(await requireApiClient(viewer, id), { actor: { kind: 'user', id: viewer.userId }, context })
}

export async function registerCallbackFor(apiClient: ApiClient, who: Who): Promise<{ redirectUris: string[]; added: boolean }> {
  const { id: apiClientId, organizationId } = apiClient
  const uri = callbackUri(apiClientId)
  const { live, isChanged } = await changeLiveList(apiClient, who, {
    add: [uri], remove: [], confirmation: '',
    onVerified: async (tx, { isChanged: added, now }) => {
      const userId = who.actor.kind === 'user' ? who.actor.id : null
      await replaceWanted(tx, { apiClientId, organizationId, userId, add: [uri], remove: [], now })
      await recordAudit(tx, {
        action: 'redirect_uri.registered', outcome: 'success', organizationId, actor: who.actor,
        target: { kind: 'api_client', id: apiClientId }, detail: { uri, added }, ...(who.context ? { context: who.context } : {}), at: now,
      })
    },
  })
  return { redirectUris: [...live], added: isChanged }
}
