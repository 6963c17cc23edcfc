import 'server-only'
import { digest, equalInConstantTime } from '../crypto/digest'
import { db } from '../db'
import type { ApiClient, Authorization } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import type { Viewer } from '../auth/viewer'
import { getRuntime } from '../runtime'
import { openingSteps } from './opening-steps'

export type ConsumedAuthorization = Authorization & { readonly apiClient: ApiClient }

interface Arrival {
  /** Who is signed in; null for a hotelier, who walks by a link. */
  readonly viewer: Viewer | null
  readonly state: string
  /** The API client whose callback was called, or the flow that a person pasted an address for. */
  readonly expected: { readonly apiClientId: string } | { readonly authorizationId: string }
  readonly browserToken: (authorizationId: string) => string | undefined
  readonly arrivedAt: Date
  readonly hasCode: boolean
}

/**
 * Checks that this browser and this person, or this browser and this link, started the flow that the state belongs to, at this API client's own
 * callback, and consumes the state in one atomic statement, before anything is sent to Octorate. Who fails a check
 * consumes nothing.
 *
 * @throws AppError `state_unknown`, `state_used`, `state_expired`, `other_browser`, `other_user`
 */
export async function consumeState(arrival: Arrival): Promise<ConsumedAuthorization> {
  const found = await db().authorization.findUnique({
    where: { stateDigest: digest(arrival.state) },
    include: { apiClient: true },
  })
  if (!found || !isExpected(found, arrival.expected) || isOrphaned(found)) throw new AppError('state_unknown')
  const now = getRuntime().clock()
  const { viewer } = arrival
  const isOwn = viewer ? viewer.userId === found.userId && viewer.organizationId === found.organizationId : found.linkId !== null
  // Before the cookie, which the end of a flow takes away: who comes by the back button hears the reason.
  if (isOwn && found.consumedAt) throw new AppError('state_used')
  const browserToken = arrival.browserToken(found.id)
  if (!browserToken || !equalInConstantTime(digest(browserToken), found.browserDigest ?? '')) throw new AppError('other_browser')
  if (!isOwn) throw new AppError('other_user')
  if (found.expiresAt <= now) throw new AppError('state_expired')
  const consumed = await db().authorization.updateMany({
    where: {
      id: found.id,
      stateDigest: found.stateDigest,
      browserDigest: found.browserDigest,
      ...(viewer ? { userId: viewer.userId, linkId: null } : { userId: null, link: { state: { notIn: ['revoked', 'verified'] } } }),
      consumedAt: null,
      expiresAt: { gt: now },
      apiClient: { deletedAt: null, environment: found.environment },
    },
    data: { consumedAt: now, steps: openingSteps({ ...arrival, startedAt: found.createdAt, now }) },
  })
  if (consumed.count === 0) throw new AppError('state_used')
  return { ...found, consumedAt: now }
}

/** Its API client was deleted, or moved to the other environment, since the flow began. */
function isOrphaned({ apiClient, environment }: ConsumedAuthorization): boolean {
  return apiClient.deletedAt !== null || apiClient.environment !== environment
}

function isExpected(found: Authorization, expected: Arrival['expected']): boolean {
  return 'apiClientId' in expected ? found.apiClientId === expected.apiClientId : found.id === expected.authorizationId
}
