import 'server-only'
import type { z } from 'zod'
import type { listOldKeys as endpoint, OldKey } from '@/contracts/old-keys'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import type { Prisma } from '../generated/prisma/client'

type Query = z.output<(typeof endpoint)['query']>

/** The columns that anybody may see: the key is not even read. */
const COLUMNS = {
  id: true, propertyId: true, name: true, keyLast4: true, state: true, migratedAt: true, migrationId: true, addedAt: true, retiredAt: true,
  erasedAt: true,
} as const

/** The ledger of old keys, the newest first. */
export async function listOldKeys({ organizationId }: Viewer, { state, offset, limit }: Query) {
  const where = { organizationId, ...(state ? { state } : {}) }
  const [rows, groups] = await Promise.all([
    db().oldKey.findMany({ where, orderBy: [{ addedAt: 'desc' }, { propertyId: 'asc' }, { id: 'asc' }], skip: offset, take: limit, select: COLUMNS }),
    db().oldKey.groupBy({ by: ['state'], where: { organizationId }, _count: true }),
  ])
  const countOf = (of: OldKey['state']) => groups.find((group) => group.state === of)?._count ?? 0
  const counts = { kept: countOf('kept'), retired: countOf('retired'), erased: countOf('erased') }
  return { items: rows.map(toDto), total: state ? counts[state] : counts.kept + counts.retired + counts.erased, counts }
}

function toDto({ migratedAt, addedAt, retiredAt, erasedAt, ...row }: Prisma.OldKeyGetPayload<{ select: typeof COLUMNS }>): OldKey {
  return {
    ...row,
    migratedAt: migratedAt?.toISOString() ?? null,
    addedAt: addedAt.toISOString(),
    retiredAt: retiredAt?.toISOString() ?? null,
    erasedAt: erasedAt?.toISOString() ?? null,
  }
}
