import 'server-only'
import { OPERATION_CAUSES, type Operation, type OperationPage, type OperationQuery } from '@/contracts/operations'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import type { Prisma } from '../generated/prisma/client'
import { visibleTo, type OperationViewer } from './visible-calls'

const PAGE_SIZE = 50

type Row = Omit<Prisma.OperationGetPayload<object>, 'exchange'>

/** The organization's calls to Octorate that this person may see, the newest first. */
export async function listOperations(viewer: OperationViewer, query: OperationQuery): Promise<OperationPage> {
  const found = await db().operation.findMany({
    where: whereOf(viewer, query),
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    skip: (query.page - 1) * PAGE_SIZE,
    take: PAGE_SIZE + 1,
    omit: { exchange: true },
  })
  const items = await withNames(viewer, found.slice(0, PAGE_SIZE))
  return { items, page: query.page, hasNext: found.length > PAGE_SIZE }
}

/** Rows with the names of what they were about; what is gone has none. */
export async function withNames({ organizationId }: Pick<Viewer, 'organizationId'>, rows: readonly Row[]): Promise<Operation[]> {
  const ids = (of: (row: Row) => string | null) => [...new Set(rows.map(of).filter((id) => id !== null))]
  const [apiClients, connections] = await Promise.all([
    db().apiClient.findMany({ where: { organizationId, id: { in: ids((row) => row.apiClientId) } }, select: { id: true, name: true } }),
    db().connection.findMany({ where: { organizationId, id: { in: ids((row) => row.connectionId) } }, select: { id: true, name: true } }),
  ])
  const clientOf = new Map(apiClients.map((each) => [each.id, each]))
  const connectionOf = new Map(connections.map((each) => [each.id, each]))
  return rows.map(({ id, call, method, url, durationMs, status, type, messages, requestId, apiClientId, connectionId, at, cause }) => ({
    id, call, method, url, durationMs, status, type, messages, requestId,
    at: at.toISOString(),
    cause: OPERATION_CAUSES.find((known) => known === cause) ?? (cause === null ? null : 'unknown'),
    apiClient: clientOf.get(apiClientId) ?? null,
    connection: (connectionId !== null && connectionOf.get(connectionId)) || null,
  }))
}

function whereOf(viewer: OperationViewer, { outcome, call, cause, apiClient, connection, q }: OperationQuery): Prisma.OperationWhereInput {
  return {
    ...visibleTo(viewer),
    ...(outcome === 'failed' && { cause: { not: null } }),
    ...(outcome === 'good' && { cause: null }),
    ...(cause && { cause }),
    ...(call && { call }),
    ...(apiClient && { apiClientId: apiClient }),
    ...(connection && { connectionId: connection }),
    ...(q && { requestId: q.toLowerCase() }),
  }
}
