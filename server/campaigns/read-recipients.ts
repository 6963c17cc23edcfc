import 'server-only'
import type { Transaction } from '../db'
import type { Prisma } from '../generated/prisma/client'
import { recipientsNow, type RecipientNow } from './recipients-now'

/** Recipients as they stand now, by name. */
export function readRecipients(tx: Pick<Transaction, '$queryRaw'>, where: Prisma.Sql, now: Date): Promise<RecipientNow[]> {
  return tx.$queryRaw<RecipientNow[]>`SELECT * FROM ${recipientsNow(where, now)} r ORDER BY name, id`
}
