import type { ImportDetail, ImportLineDto } from '@/contracts/imports'
import { IMPORT_LINE_STATES } from '@/contracts/imports'
import { db } from '../db'
import type { ApiClient, ConnectionImport, ImportLine } from '../generated/prisma/client'

export type ImportRow = ConnectionImport & { readonly apiClient: Pick<ApiClient, 'id' | 'name' | 'environment'> }
export const IMPORT_PARTS = { apiClient: { select: { id: true, name: true, environment: true } } } as const

/** Imports with how many of their lines stand where, counted now. */
export async function toDetails(rows: readonly ImportRow[]): Promise<ImportDetail[]> {
  const groups = await db().importLine.groupBy({
    by: ['importId', 'state'],
    where: { importId: { in: rows.map(({ id }) => id) } },
    _count: true,
    _max: { updatedAt: true },
  })
  return rows.map((row) => {
    const own = groups.filter(({ importId }) => importId === row.id)
    const changes = own.flatMap(({ _max }) => (_max.updatedAt ? [_max.updatedAt.getTime()] : []))
    const counts = Object.fromEntries(IMPORT_LINE_STATES.map((state) => [state, own.find((group) => group.state === state)?._count ?? 0]))
    return {
      id: row.id,
      name: row.name,
      state: row.state,
      probe: row.probe,
      total: row.total,
      counts: counts as ImportDetail['counts'],
      createdAt: row.createdAt.toISOString(),
      finishedAt: row.finishedAt?.toISOString() ?? null,
      apiClient: row.apiClient,
      updatedAt: new Date(Math.max(row.createdAt.getTime(), ...changes)).toISOString(),
    }
  })
}

/** The columns of a line that anybody may see: its token is not even read. */
export const LINE_COLUMNS = {
  number: true, propertyId: true, name: true, refreshTokenLast4: true, state: true, reason: true, connectionId: true, tries: true, nextTryAt: true, claimedBy: true,
} as const

export function toLine(row: Pick<ImportLine, keyof typeof LINE_COLUMNS>): ImportLineDto {
  const { number, propertyId, name, state, reason } = row
  const hasConnection = state === 'stored' || state === 'handed_back' || (state === 'duplicate' && reason !== 'same_token_in_file')
  const waits = state === 'pending' && row.tries > 0 && row.claimedBy === null
  return {
    number, propertyId, name, state, reason,
    tokenLast4: row.refreshTokenLast4,
    connectionId: hasConnection ? row.connectionId : null,
    nextTryAt: waits ? row.nextTryAt.toISOString() : null,
  }
}
