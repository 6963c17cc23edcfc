import type { LinkSummary } from '@/contracts/links'
import { linkStateOf } from '@/lib/links/link-state'
import { ticketUrl } from '@/lib/links/ticket-url'
import { parseLanguage } from '@/lib/links/languages'
import type { Prisma } from '../generated/prisma/client'

/** The columns that a summary is made of: digests are not even read. */
export const LINK_COLUMNS = {
  id: true, kind: true, state: true, failure: true, propertyId: true, recipientName: true, recipientEmail: true, language: true,
  reason: true, ticket: true, createdByUserId: true, createdAt: true, expiresAt: true, openedAt: true, consentedAt: true,
  exchangedAt: true, verifiedAt: true, endedAt: true,
  apiClient: { select: { id: true, name: true, environment: true } },
  connection: { select: { id: true, name: true, identity: true } },
} as const satisfies Prisma.LinkSelect

export type LinkRow = Prisma.LinkGetPayload<{ select: typeof LINK_COLUMNS }>

interface Beside {
  readonly people: ReadonlyMap<string, string>
  /** Template of the organization; null when there is none. */
  readonly ticketUrl: string | null
  readonly now: Date
}

export function toSummary(row: LinkRow, { people, ticketUrl: template, now }: Beside): LinkSummary {
  const { id, kind, failure, propertyId, recipientName, recipientEmail, reason, ticket, connection, apiClient } = row
  return {
    id, kind, failure, propertyId, recipientName, recipientEmail, reason, ticket,
    state: linkStateOf(row, now),
    connection: connection && { id: connection.id, name: connection.name, upstreamId: connection.identity.replace(/^[a-z]+:/, '') },
    apiClient: { id: apiClient.id, name: apiClient.name },
    environment: apiClient.environment,
    language: parseLanguage(row.language) ?? 'en',
    ticketUrl: ticketUrl(template, ticket),
    createdBy: (row.createdByUserId && people.get(row.createdByUserId)) ?? null,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    openedAt: row.openedAt?.toISOString() ?? null,
    consentedAt: row.consentedAt?.toISOString() ?? null,
    exchangedAt: row.exchangedAt?.toISOString() ?? null,
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  }
}
