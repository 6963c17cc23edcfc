import type { ConnectionSummary } from '@/contracts/connections'
import { deriveStatus, OPERATOR_ASKED, type RefreshFailingCause, type StatusWithCause } from '@/lib/connection-status'
import type { Connection } from '../generated/prisma/client'

/** A connection's row with what its summary needs from beside it. Never holds more columns than these readers ask for. */
export type ConnectionRow = Pick<
  Connection,
  | 'id' | 'identity' | 'name' | 'environment' | 'state' | 'cause' | 'stateSince' | 'origin' | 'accessIssuedAt'
  | 'accessExpiresAt' | 'lastRefreshAt' | 'lastRefreshOutcome' | 'createdAt' | 'disconnectedAt' | 'connectedByUserId'
> & {
  readonly apiClient: { readonly id: string; readonly name: string }
  readonly _count: { readonly properties: number }
}

/** The columns of {@link ConnectionRow}: sealed ones are not even read. */
export const CONNECTION_COLUMNS = {
  id: true, identity: true, name: true, environment: true, state: true, cause: true, stateSince: true, origin: true,
  accessIssuedAt: true, accessExpiresAt: true, lastRefreshAt: true, lastRefreshOutcome: true, createdAt: true,
  disconnectedAt: true, connectedByUserId: true,
  apiClient: { select: { id: true, name: true } },
  _count: { select: { properties: true } },
} as const

export function toSummary(row: ConnectionRow, people: ReadonlyMap<string, string>, now: Date): ConnectionSummary {
  const { status, cause } = statusOf(row, now)
  const [kind, upstreamId = ''] = row.identity.split(/:(.*)/s)
  const wiped = row.state === 'disconnected'
  return {
    id: row.id,
    name: row.name,
    upstreamId,
    isNetwork: kind === 'network',
    propertyCount: row._count.properties,
    environment: row.environment,
    status,
    cause,
    statusSince: row.stateSince.toISOString(),
    origin: row.origin,
    accessIssuedAt: wiped ? null : row.accessIssuedAt.toISOString(),
    accessExpiresAt: wiped ? null : row.accessExpiresAt.toISOString(),
    lastRefreshAt: row.lastRefreshAt.toISOString(),
    lastRefreshOutcome: row.lastRefreshOutcome,
    apiClient: row.apiClient,
    connectedBy: (row.connectedByUserId && people.get(row.connectedByUserId)) ?? null,
    createdAt: row.createdAt.toISOString(),
  }
}

/** The one status of a connection, from its row and the clock. */
export function statusOf(
  row: Pick<ConnectionRow, 'state' | 'cause' | 'stateSince' | 'disconnectedAt' | 'accessExpiresAt'>,
  now: Date,
): StatusWithCause {
  return deriveStatus(
    {
      disconnectedAt: row.state === 'disconnected' ? (row.disconnectedAt ?? row.stateSince) : null,
      grantDeadAt: row.state === 'reconnect_required' ? row.stateSince : null,
      isAskedByOperator: row.cause === OPERATOR_ASKED,
      refreshFailure: row.state === 'refresh_failing' ? ((row.cause ?? 'unknown') as RefreshFailingCause) : null,
      accessExpiresAt: row.accessExpiresAt,
    },
    now,
  )
}
