import 'server-only'
import type { ConnectionPage, ConnectionQuery } from '@/contracts/connections'
import { EXPIRING_MARGIN_MS, type ConnectionStatus } from '@/lib/connection-status'
import { storable } from '@/lib/text/storable'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import type { Prisma } from '../generated/prisma/client'
import { getRuntime } from '../runtime'
import { findNames } from '../users/find-names'
import { whereBucket } from './where-bucket'
import { decodeCursor, encodeCursor, type Cursor } from './cursor'
import { CONNECTION_COLUMNS, toSummary, type ConnectionRow } from './to-dto'

export type ConnectionFilter = Pick<ConnectionQuery, 'q' | 'status' | 'bucket' | 'apiClient'>

const COLUMN_OF = { expires: 'accessExpiresAt', name: 'name', 'last-refresh': 'lastRefreshAt', created: 'createdAt' } as const

/** One page of the organization's connections: filtered, sorted and cut in the database, by keyset. */
export async function listConnections(viewer: Viewer, query: ConnectionQuery): Promise<ConnectionPage> {
  const now = getRuntime().clock()
  const cursor = decodeCursor(query.cursor, query.sort, query.direction)
  const where = whereConnections(viewer, query, now)
  const backwards = cursor?.side === 'before'
  const order = (query.direction === 'asc') === backwards ? 'desc' : 'asc'
  const column = COLUMN_OF[query.sort]
  const [found, total] = await Promise.all([
    db().connection.findMany({
      where: cursor ? { AND: [where, beyond(cursor, column, order)] } : where,
      orderBy: [{ [column]: order }, { id: order }],
      take: query.limit + 1,
      select: CONNECTION_COLUMNS,
    }),
    db().connection.count({ where }),
  ])
  const more = found.length > query.limit
  const page = more ? found.slice(0, query.limit) : found
  const rows = backwards ? page.toReversed() : page
  const people = await findNames(viewer.organizationId, rows.map((row) => row.connectedByUserId))
  return {
    items: rows.map((row) => toSummary(row, people, now)),
    nextCursor: more || backwards ? at(rows.at(-1), query, 'after') : null,
    previousCursor: backwards ? (more ? at(rows[0], query, 'before') : null) : cursor ? at(rows[0], query, 'before') : null,
    total,
  }
}

/** The connections of the viewer's organization that the filters find. */
export function whereConnections(viewer: Pick<Viewer, 'organizationId'>, query: ConnectionFilter, now: Date): Prisma.ConnectionWhereInput {
  return {
    organizationId: viewer.organizationId,
    ...(query.apiClient ? { apiClientId: query.apiClient } : {}),
    AND: [query.status ? whereStatus(query.status, now) : {}, query.bucket ? whereBucket(query.bucket, now) : {}],
    ...(query.q ? { searchText: { contains: literally(query.q) } } : {}),
  }
}

/** Prisma hands a search over to LIKE as it is: `%`, `_` and the backslash are made to mean themselves. */
function literally(text: string): string {
  return storable(text).toLowerCase().replace(/[\\%_]/g, '\\$&')
}

/** Connections whose status is this now: the first two differ by the clock only. */
export function whereStatus(status: ConnectionStatus, now: Date): Prisma.ConnectionWhereInput {
  const soon = new Date(now.getTime() + EXPIRING_MARGIN_MS)
  if (status === 'healthy') return { state: 'connected', accessExpiresAt: { gte: soon } }
  if (status === 'expiring') return { state: 'connected', accessExpiresAt: { lt: soon } }
  return { state: status }
}

function beyond(cursor: Cursor, column: string, order: 'asc' | 'desc'): Prisma.ConnectionWhereInput {
  const compare = order === 'asc' ? 'gt' : 'lt'
  const value = column === 'name' ? cursor.value : new Date(Number(cursor.value))
  return { OR: [{ [column]: { [compare]: value } }, { [column]: value, id: { [compare]: cursor.id } }] }
}

function at(row: ConnectionRow | undefined, query: ConnectionQuery, side: Cursor['side']): string | null {
  if (!row) return null
  const value = row[COLUMN_OF[query.sort]]
  const text = value instanceof Date ? String(value.getTime()) : value
  return encodeCursor({ sort: query.sort, direction: query.direction, side, value: text, id: row.id })
}
