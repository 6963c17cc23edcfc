import 'server-only'
import type { KeyLine } from '@/contracts/key-migrations'
import { findCovering } from '../connections/find-covering'
import type { Prisma } from '../generated/prisma/client'
import { nextAction } from './next-action'

/** The columns of a line that anybody may see: its key is not even read. */
export const LINE_COLUMNS = {
  number: true, propertyId: true, name: true, state: true, reason: true, connectionId: true, migratedBy: true, tries: true, nextTryAt: true,
  claimedBy: true, updatedAt: true, oldKey: { select: { id: true, keyLast4: true, state: true } },
} as const

export type LineRow = Prisma.KeyLineGetPayload<{ select: typeof LINE_COLUMNS }>

/** Lines with what they are connected by: for those that came to no token, whatever covers the property by now. */
export async function toLines(migration: { organizationId: string; apiClientId: string }, rows: readonly LineRow[]): Promise<KeyLine[]> {
  const asked = rows.filter(({ state }) => state === 'failed' || state === 'ambiguous' || state === 'skipped').map(({ propertyId }) => propertyId)
  const covering = await findCovering({ ...migration, propertyIds: asked })
  return rows.map((row) => toLine(row, covering.get(row.propertyId) ?? null))
}

function toLine({ oldKey, ...row }: LineRow, covering: string | null): KeyLine {
  const { number, propertyId, name, state, reason, migratedBy } = row
  const isConnected = state === 'stored' || state === 'verified'
  const connectionId = isConnected ? row.connectionId : covering
  const waits = (state === 'pending' || state === 'stored') && row.tries > 0 && row.claimedBy === null
  return {
    number, propertyId, name, state, reason, connectionId, migratedBy,
    keyLast4: oldKey.keyLast4,
    nextAction: nextAction({ state, reason, hasConnection: connectionId !== null }),
    oldKeyId: oldKey.id,
    oldKeyState: oldKey.state,
    at: row.updatedAt.toISOString(),
    nextTryAt: waits ? row.nextTryAt.toISOString() : null,
  }
}
