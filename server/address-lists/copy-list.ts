import type { Transaction } from '../db'
import { rowOf, type ListHolder } from './list-holder'
import { lockList } from './read-list'

interface Copy {
  readonly from: ListHolder
  readonly to: ListHolder
  readonly organizationId: string
  readonly now: Date
}

/** Gives a new holder the list of another one as it is, its mode included: reviews and all. */
export async function copyList(tx: Transaction, { from, to, organizationId, now }: Copy): Promise<void> {
  const { mode, entries } = await lockList(tx, organizationId, from)
  await tx.addressList.create({
    data: {
      organizationId, ...rowOf(to), mode, modeSince: mode === 'off' ? null : now,
      entries: { createMany: { data: entries.map(({ organizationId: of, position, block, comment, owner, expiresAt, createdAt, createdByUserId, reviewedAt, reviewedByUserId }) => ({
        organizationId: of, position, block, comment, owner, expiresAt, createdAt, createdByUserId, reviewedAt, reviewedByUserId,
      })) } },
    },
  })
}
