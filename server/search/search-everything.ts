import 'server-only'
import type { SearchResult } from '@/contracts/search'
import { roleMay } from '@/contracts/permissions'
import { linkStateOf } from '@/lib/links/link-state'
import { storable } from '@/lib/text/storable'
import type { Viewer } from '../auth/viewer'
import { statusOf } from '../connections/to-dto'
import { db } from '../db'
import type { Prisma } from '../generated/prisma/client'
import { getRuntime } from '../runtime'

const MOST = 8
const MOST_LINKS = 5

/**
 * Connections by part of a property's name or id, of a mail address of the hotelier, or of the ticket of a link that was sent,
 * and such links themselves: the newest first, a few at most.
 */
export async function searchEverything({ organizationId, role }: Pick<Viewer, 'organizationId' | 'role'>, text: string): Promise<SearchResult> {
  const now = getRuntime().clock()
  const word = storable(text).toLowerCase()
  const pattern = word.replace(/[\\%_]/g, '\\$&')
  const inMail = { contains: pattern, mode: 'insensitive' as const }
  const inLink = { OR: [{ ticket: inMail }, { recipientEmail: inMail }] }
  const findConnections = () => db().connection.findMany({
    where: { organizationId, OR: [{ searchText: { contains: pattern } }, { consentedByEmail: inMail }, { contactEmail: inMail }, { links: { some: inLink } }] },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: MOST + 1,
    select: {
      id: true, identity: true, name: true, state: true, cause: true, stateSince: true, disconnectedAt: true, accessExpiresAt: true,
      consentedByEmail: true, contactEmail: true,
      links: { where: inLink, orderBy: { createdAt: 'desc' }, take: 1, select: { ticket: true, recipientEmail: true } },
      properties: {
        where: { OR: [{ name: { contains: pattern, mode: 'insensitive' } }, { upstreamId: { contains: pattern, mode: 'insensitive' } }] },
        take: 1,
        select: { name: true, upstreamId: true },
      },
    },
  })
  const [found, links] = await Promise.all([findConnections(), roleMay(role, 'links:send') ? findLinks(organizationId, inLink) : []])
  return {
    links: links.map(({ id, connection, propertyId, recipientEmail, ticket, createdAt, ...link }) => ({
      id, recipientEmail, ticket, state: linkStateOf(link, now), property: connection?.name ?? propertyId, createdAt: createdAt.toISOString(),
    })),
    connections: found.slice(0, MOST).map((row) => {
      const [kind, upstreamId = ''] = row.identity.split(/:(.*)/s)
      const isInName = [row.name, upstreamId].some((each) => each.toLowerCase().includes(word))
      const [property] = row.properties
      const [link] = row.links
      const holds = (text: string | null | undefined) => text?.toLowerCase().includes(word) ?? false
      const mail = [row.contactEmail, row.consentedByEmail, link?.recipientEmail].find(holds) ?? null
      const ticket = holds(link?.ticket) ? (link?.ticket ?? null) : null
      const reason = isInName ? ('name' as const) : property ? ('property' as const) : mail ? ('mail' as const) : ('ticket' as const)
      const shown = { name: null, property: property ? `${property.name} (${property.upstreamId})` : null, mail, ticket }
      return {
        id: row.id, name: row.name, upstreamId, isNetwork: kind === 'network', status: statusOf(row, now).status, reason,
        found: shown[reason],
      }
    }),
    hasMore: found.length > MOST,
  }
}

function findLinks(organizationId: string, matching: Prisma.LinkWhereInput) {
  return db().link.findMany({
    where: { organizationId, ...matching },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: MOST_LINKS,
    select: {
      id: true, state: true, expiresAt: true, propertyId: true, recipientEmail: true, ticket: true, createdAt: true, connection: { select: { name: true } },
    },
  })
}
