import 'server-only'
import type { ImportReason } from '@/contracts/imports'
import { HOLDS_ITS_PLACE } from '../connections/holds-its-place'
import { db } from '../db'
import type { ClaimedLine } from './claim-line'

export interface Double {
  readonly reason: ImportReason
  readonly connectionId: string
}

/**
 * The living connection that a line would only double: one that came of the same token, or one for the same property.
 * Found without asking Octorate, for a try of a known token could end its successor.
 */
export async function findDouble({ import: { organizationId, apiClientId }, propertyId, refreshFingerprint }: ClaimedLine): Promise<Double | null> {
  const before = await db().importLine.findMany({
    where: { refreshFingerprint, state: 'stored', import: { organizationId, apiClientId } },
    select: { connectionId: true },
    take: 10,
  })
  const living = { organizationId, apiClientId, state: { not: 'disconnected' } } as const
  const same = await db().connection.findFirst({ where: { ...living, id: { in: before.map(({ connectionId }) => connectionId) } }, select: { id: true } })
  if (same) return { reason: 'same_token_before', connectionId: same.id }
  if (propertyId === null) return null
  const connected = await db().connection.findFirst({
    where: { organizationId, apiClientId, ...HOLDS_ITS_PLACE, identity: `property:${propertyId}` },
    select: { id: true },
  })
  return connected && { reason: 'already_connected', connectionId: connected.id }
}
