import 'server-only'
import type { ConnectionIdentity } from '@/lib/connection-identity'
import { db } from '../db'
import type { Authorization } from '../generated/prisma/client'
import type { Discovery } from '../journal/discover'

/** What a consent was asked for. */
export interface Expected {
  /** Null for a first connect that names its property. */
  readonly connectionId: string | null
  readonly identity: string
  readonly upstreamId: string
  readonly name: string
}

type Asked = Pick<Authorization, 'organizationId' | 'expectedConnectionId'> & { readonly link: { readonly propertyId: string | null } | null }

/** Null when any property will do. */
export async function expectedOf({ organizationId, expectedConnectionId: id, link }: Asked): Promise<Expected | null> {
  if (id) {
    const row = await db().connection.findFirst({ where: { id, organizationId }, select: { identity: true, name: true } })
    if (row) return { connectionId: id, ...row, upstreamId: row.identity.replace(/^[a-z]+:/, '') }
  }
  const propertyId = link?.propertyId
  return propertyId ? { connectionId: null, identity: `property:${propertyId}`, upstreamId: propertyId, name: propertyId } : null
}

/**
 * Whether the consent is the one that was asked for: the same property or network for a connection that is there; for a
 * first connect, anything that covers the named property.
 */
export function isExpected(expected: Expected | null, { identity }: ConnectionIdentity, { properties }: Pick<Discovery, 'properties'>): boolean {
  if (!expected || expected.identity === identity) return true
  return expected.connectionId === null && properties.some(({ upstreamId }) => upstreamId === expected.upstreamId)
}
