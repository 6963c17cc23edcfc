import 'server-only'
import type { LinkPage, LinkQuery } from '@/contracts/links'
import { FINAL_STATES } from '@/lib/links/link-state'
import { storable } from '@/lib/text/storable'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import type { Prisma } from '../generated/prisma/client'
import { getRuntime } from '../runtime'
import { findNames } from '../users/find-names'
import { getLinkSettings } from './link-settings'
import { LINK_COLUMNS, toSummary } from './to-dto'

const PAGE_SIZE = 50

/** One page of the organization's links, the newest first: filtered and cut in the database. */
export async function listLinks(viewer: Viewer, query: LinkQuery): Promise<LinkPage> {
  const now = getRuntime().clock()
  const { organizationId } = viewer
  const where = whereOf(viewer, query, now)
  const [found, total, any, { ticketUrl }] = await Promise.all([
    db().link.findMany({
      where,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      skip: (query.page - 1) * PAGE_SIZE,
      take: PAGE_SIZE + 1,
      select: LINK_COLUMNS,
    }),
    db().link.count({ where }),
    db().link.findFirst({ where: { organizationId }, select: { id: true } }),
    getLinkSettings(viewer),
  ])
  const rows = found.slice(0, PAGE_SIZE)
  const people = await findNames(organizationId, rows.map((row) => row.createdByUserId))
  return {
    items: rows.map((row) => toSummary(row, { people, ticketUrl, now })),
    page: query.page,
    hasNext: found.length > PAGE_SIZE,
    total,
    hasAny: any !== null,
  }
}

function whereOf({ organizationId }: Viewer, { q, state, kind, connection }: LinkQuery, now: Date): Prisma.LinkWhereInput {
  return {
    organizationId,
    AND: [state ? whereState(state, now) : {}, q ? whereText(q) : {}],
    ...(kind ? { kind } : {}),
    ...(connection ? { connectionId: connection } : {}),
  }
}

function whereState(state: NonNullable<LinkQuery['state']>, now: Date): Prisma.LinkWhereInput {
  const isFinal = { in: [...FINAL_STATES] }
  if (state === 'open') return { state: { not: isFinal }, expiresAt: { gt: now } }
  if (state === 'expired') return { state: { not: isFinal }, expiresAt: { lte: now } }
  return FINAL_STATES.some((final) => final === state) ? { state } : { state, expiresAt: { gt: now } }
}

function whereText(q: string): Prisma.LinkWhereInput {
  // Prisma hands a search over to LIKE as it is: `%`, `_` and the backslash are made to mean themselves.
  const text = { contains: storable(q).replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' } as const
  return {
    OR: [
      { recipientName: text }, { recipientEmail: text }, { ticket: text }, { propertyId: text },
      { connection: { searchText: { contains: text.contains.toLowerCase() } } },
    ],
  }
}
