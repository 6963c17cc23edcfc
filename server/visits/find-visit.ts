import 'server-only'
import { linkStateOf, type LinkState } from '@/lib/links/link-state'
import { findUpstream } from '../api-clients/list-upstreams'
import { digest, equalInConstantTime } from '../crypto/digest'
import { db } from '../db'
import type { Prisma } from '../generated/prisma/client'
import { getRuntime } from '../runtime'

const COLUMNS = {
  id: true, organizationId: true, kind: true, state: true, failure: true, propertyId: true, browserDigest: true, language: true, reason: true,
  ticket: true, expiresAt: true, successUrl: true, errorUrl: true,
  apiClient: true,
  connection: { select: { id: true, name: true, identity: true, _count: { select: { properties: true } } } },
  authorizations: {
    orderBy: { createdAt: 'desc' },
    take: 1,
    select: { quarantined: { select: { name: true, identity: true } } },
  },
} as const satisfies Prisma.LinkSelect

export type VisitRow = Prisma.LinkGetPayload<{ select: typeof COLUMNS }>

/** A link as the hotelier's page needs it. */
export interface Visit {
  readonly link: VisitRow
  readonly state: LinkState
  /** Who asks. */
  readonly organization: string
  /** Null when this server may not call the API client's upstream. */
  readonly consentOrigin: string | null
}

export async function findVisitByToken(token: string): Promise<Visit | null> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null
  return toVisit(await db().link.findUnique({ where: { tokenDigest: digest(token) }, select: COLUMNS }))
}

export async function findVisit(id: string): Promise<Visit | null> {
  return toVisit(await db().link.findUnique({ where: { id }, select: COLUMNS }))
}

/** Whether this browser opened the link. */
export function isOwnBrowser({ link }: Visit, browserToken: string | null): boolean {
  return browserToken !== null && link.browserDigest !== null && equalInConstantTime(digest(browserToken), link.browserDigest)
}

async function toVisit(link: VisitRow | null): Promise<Visit | null> {
  if (!link) return null
  const { name } = await db().organization.findUniqueOrThrow({ where: { id: link.organizationId }, select: { name: true } })
  const upstream = findUpstream(link.apiClient.upstreamId)
  return {
    link,
    state: link.apiClient.deletedAt ? 'revoked' : linkStateOf(link, getRuntime().clock()),
    organization: name,
    consentOrigin: upstream ? new URL(upstream.backOfficeBase).origin : null,
  }
}
