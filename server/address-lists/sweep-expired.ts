import 'server-only'
import { recordAudits } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { db, type Transaction } from '../db'
import { Prisma } from '../generated/prisma/client'
import { getRuntime } from '../runtime'
import { actionOf, type ListHolder } from './list-holder'

const MOST_AT_ONCE = 20

interface Sweep {
  readonly list: { readonly id: string; readonly organizationId: string }
  readonly holder: ListHolder
  readonly now: Date
}

/** Removes what has expired in a list that is locked, and writes it down. Nobody counted it any more. */
export async function sweepList(tx: Transaction, { list, holder, now }: Sweep): Promise<void> {
  const expired = await tx.addressEntry.findMany({ where: { listId: list.id, expiresAt: { lte: now } } })
  if (expired.length === 0) return
  await tx.addressEntry.deleteMany({ where: { listId: list.id, id: { in: expired.map(({ id }) => id) } } })
  await tx.addressList.update({ where: { id: list.id }, data: { revision: { increment: 1 } } })
  await recordAudits(tx, expired.map(({ block, comment, owner, expiresAt }) => ({
    action: actionOf(holder, 'expired'), outcome: 'success', organizationId: list.organizationId, actor: { kind: 'system' }, target: holder,
    detail: { block, comment, owner, expiresAt: expiresAt?.toISOString() ?? null }, at: now,
  })))
}

/** One round over all lists, in whichever process comes first: an entry is removed, and written down, once. */
export async function sweepExpired(now: Date = getRuntime().clock()): Promise<void> {
  const due = await db().addressEntry.findMany({
    where: { expiresAt: { lte: now } }, select: { listId: true }, distinct: ['listId'], take: MOST_AT_ONCE,
  })
  for (const { listId } of due) {
    await transaction(async (tx) => {
      await tx.$queryRaw`SELECT id FROM address_lists WHERE id = ${listId}::uuid FOR UPDATE`
      const list = await tx.addressList.findUnique({ where: { id: listId } })
      if (!list) return
      const holder: ListHolder = list.apiClientId === null ? { kind: 'machine_key', id: list.machineKeyId ?? '' } : { kind: 'api_client', id: list.apiClientId }
      await sweepList(tx, { list, holder, now })
    })
  }
}

/** Whether there are any. */
export function anyExpired(now: Date): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM address_entries WHERE expires_at <= ${now})`
}
