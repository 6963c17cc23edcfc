import 'server-only'
import { randomUUID } from 'node:crypto'
import { authorizeUrl } from '@/lib/oauth/authorize-url'
import { safeReturnTo } from '@/lib/return-to'
import { requireApiClient } from '../api-clients/find-api-client'
import { requireUpstream } from '../api-clients/list-upstreams'
import { redirectUriOf } from '../api-clients/redirect-uri'
import { recordAudit } from '../audit/record-audit'
import { digest, randomToken } from '../crypto/digest'
import { transaction } from '../database/transaction'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { FLOW_LIFETIME_MS } from './flow-cookie'

export interface StartedAuthorization {
  readonly authorizationId: string
  readonly location: string
  readonly redirectUri: string
  readonly mode: 'redirect' | 'paste'
  readonly expiresAt: string
  /** For the flow's cookie: binds the flow to this browser. */
  readonly browserToken: string
}

/**
 * Starts a consent flow. The state is 256 random bits without any structure; only its digest is stored, with the
 * browser, person, API client, environment and redirect URI that it is good for.
 */
export async function startAuthorization(
  { viewer, context }: Actor,
  { apiClientId, returnTo }: { apiClientId: string; returnTo?: string | undefined },
): Promise<StartedAuthorization> {
  const apiClient = await requireApiClient(viewer, apiClientId)
  const upstream = requireUpstream(apiClient.upstreamId)
  const { redirectUri, mode } = redirectUriOf(apiClient)
  const now = getRuntime().clock()
  const expiresAt = new Date(now.getTime() + FLOW_LIFETIME_MS)
  const [id, state, browserToken] = [randomUUID(), randomToken(), randomToken()]
  await transaction(async (tx) => {
    await tx.authorization.create({
      data: {
        id,
        organizationId: viewer.organizationId,
        apiClientId,
        userId: viewer.userId,
        stateDigest: digest(state),
        browserDigest: digest(browserToken),
        environment: apiClient.environment,
        redirectUri,
        returnTo: safeReturnTo(returnTo, ''),
        createdAt: now,
        expiresAt,
      },
    })
    await recordAudit(tx, {
      action: 'authorization.started',
      outcome: 'success',
      organizationId: viewer.organizationId,
      actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'authorization', id },
      detail: { apiClient: apiClientId },
      context,
      at: now,
    })
  })
  const location = authorizeUrl({ backOfficeBase: upstream.backOfficeBase, clientId: apiClient.clientId, redirectUri, state })
  return { authorizationId: id, location, redirectUri, mode, expiresAt: expiresAt.toISOString(), browserToken }
}
