import 'server-only'
import { randomUUID } from 'node:crypto'
import { authorizeUrl } from '@/lib/oauth/authorize-url'
import { requireUpstream } from '../api-clients/list-upstreams'
import { redirectUriOf } from '../api-clients/redirect-uri'
import { recordAudit } from '../audit/record-audit'
import { digest, randomToken } from '../crypto/digest'
import { transaction } from '../database/transaction'
import type { Transaction } from '../db'
import type { ApiClient } from '../generated/prisma/client'
import type { RequestContext } from '../http/request-context'
import { getRuntime } from '../runtime'
import { actorOf } from './actor-of'
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

interface Wish {
  readonly apiClient: Pick<ApiClient, 'id' | 'organizationId' | 'upstreamId' | 'clientId' | 'environment' | 'foreignRedirectUri'>
  /** Who walks: somebody of ours, or a hotelier by a link. */
  readonly userId: string | null
  readonly linkId: string | null
  /** The connection that the consent is meant to renew. */
  readonly expectedConnectionId: string | null
  readonly returnTo: string
  readonly context: RequestContext
}

/**
 * Starts a consent flow. The state is 256 random bits without any structure; only its digest is stored, with the
 * browser, person or link, API client, environment and redirect URI that it is good for.
 *
 * @param before runs first in the same transaction, and may refuse.
 */
export async function openFlow(wish: Wish, before?: (tx: Transaction, now: Date) => Promise<void>): Promise<StartedAuthorization> {
  const { apiClient, userId, linkId, expectedConnectionId, returnTo, context } = wish
  const { organizationId, environment, clientId } = apiClient
  const upstream = requireUpstream(apiClient.upstreamId)
  const { redirectUri, mode } = redirectUriOf(apiClient)
  const now = getRuntime().clock()
  const expiresAt = new Date(now.getTime() + FLOW_LIFETIME_MS)
  const [id, state, browserToken] = [randomUUID(), randomToken(), randomToken()]
  await transaction(async (tx) => {
    await before?.(tx, now)
    await tx.authorization.create({
      data: {
        id, organizationId, userId, linkId, expectedConnectionId, environment, redirectUri, returnTo, expiresAt,
        apiClientId: apiClient.id,
        stateDigest: digest(state),
        browserDigest: digest(browserToken),
        createdAt: now,
      },
    })
    await recordAudit(tx, {
      action: 'authorization.started',
      outcome: 'success',
      organizationId,
      actor: actorOf({ userId, linkId, machineKeyId: null }),
      target: { kind: 'authorization', id },
      detail: { apiClient: apiClient.id, ...(linkId ? { link: linkId } : {}) },
      context,
      at: now,
    })
  })
  const location = authorizeUrl({ backOfficeBase: upstream.backOfficeBase, clientId, redirectUri, state })
  return { authorizationId: id, location, redirectUri, mode, expiresAt: expiresAt.toISOString(), browserToken }
}
