import 'server-only'
import { Prisma } from '../generated/prisma/client'
import type { Transaction } from '../db'
import { recipientsNow } from './recipients-now'

interface Asked {
  readonly organizationId: string
  readonly connectionIds: readonly string[]
  readonly now: Date
}

/** The connections that a running campaign asks for just now: nobody is asked by two. */
export async function findAsked(tx: Pick<Transaction, '$queryRaw'>, { organizationId, connectionIds, now }: Asked): Promise<ReadonlySet<string>> {
  if (connectionIds.length === 0) return new Set()
  const of = Prisma.sql`r.organization_id = ${organizationId}::uuid AND r.connection_id = ANY (${[...connectionIds]}::uuid[]) AND c.stopped_at IS NULL`
  const rows = await tx.$queryRaw<{ connectionId: string }[]>`SELECT DISTINCT "connectionId" FROM ${recipientsNow(of, now)} r WHERE "mayMove"`
  return new Set(rows.map(({ connectionId }) => connectionId))
}
