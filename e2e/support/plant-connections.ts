import { randomUUID } from 'node:crypto'
import { seal } from '@/server/crypto/seal'
import type { Maker, TestOrganization } from '@/tests/make-organization'

const [MINUTE_MS, DAY_MS] = [60_000, 24 * 60 * 60_000]

/** A connection as a story wants it; times count from now. */
export interface Planted {
  readonly name: string
  readonly upstreamId: string
  /** Names of further properties: the connection is a network then. */
  readonly network?: readonly string[]
  readonly state?: 'connected' | 'refresh_failing' | 'reconnect_required' | 'disconnected'
  readonly cause?: string
  readonly outcome?: string
  readonly environment?: 'SANDBOX' | 'PRODUCTION'
  readonly leftMs?: number
  readonly refreshedAgoMs?: number
  readonly connectedAgoMs?: number
  readonly apiClientId?: string
  readonly connectedBy?: string
  readonly city?: string
}

/** Puts many connections into an organization at once, by data. Their tokens are sealed like real ones, but nobody issued them. */
export async function plantConnections(
  { sql, keys }: Pick<Maker, 'sql' | 'keys'>,
  { id: organizationId, apiClient, people }: TestOrganization,
  planted: readonly Planted[],
): Promise<readonly string[]> {
  const now = Date.now()
  const rows = planted.map((wish) => {
    const { name, upstreamId, network, state = 'connected', leftMs = DAY_MS - MINUTE_MS, refreshedAgoMs = MINUTE_MS } = wish
    const id = randomUUID()
    const sealed = (column: string) => seal(keys, { table: 'connections', column, organizationId, rowId: id, version: 1 }, `sbx_planted_${id}`)
    const isOver = state === 'disconnected'
    const names = [name, ...(network ?? [])]
    return {
      id, name, state, organizationId,
      apiClientId: wish.apiClientId ?? apiClient.id,
      identity: network ? `network:${upstreamId}` : `property:${upstreamId}`,
      searchText: [...names, upstreamId].join('\n').toLowerCase(),
      environment: wish.environment ?? 'SANDBOX',
      cause: wish.cause ?? null,
      outcome: wish.outcome ?? 'ok',
      stateSince: new Date(now - refreshedAgoMs),
      connectedBy: wish.connectedBy ?? people.owner.id,
      access: isOver ? null : sealed('access_token_sealed'),
      refresh: isOver ? null : sealed('refresh_token_sealed'),
      issuedAt: new Date(now - refreshedAgoMs),
      expiresAt: new Date(now + leftMs),
      refreshedAt: new Date(now - refreshedAgoMs),
      // Nobody issued their tokens: what is planted stays as it is while a story looks at it.
      nextAt: isPlanned(state) ? new Date(now + NEXT_MS[state]) : null,
      failures: state === 'refresh_failing' ? 3 : 0,
      createdAt: new Date(now - (wish.connectedAgoMs ?? DAY_MS)),
      disconnectedAt: isOver ? new Date(now - refreshedAgoMs) : null,
      properties: names.map((property, index) => ({
        id: randomUUID(), name: property, upstreamId: String(Number(upstreamId) + index), city: wish.city ?? 'Roma',
      })),
    }
  })
  await sql.query(CONNECTIONS, [JSON.stringify(rows)])
  await sql.query(PROPERTIES, [JSON.stringify(rows)])
  return rows.map(({ id }) => id)
}

const NEXT_MS = { connected: 60 * MINUTE_MS, refresh_failing: 4 * MINUTE_MS } as const

function isPlanned(state: NonNullable<Planted['state']>): state is keyof typeof NEXT_MS {
  return state in NEXT_MS
}

const CONNECTIONS = `
  INSERT INTO connections (id, organization_id, api_client_id, identity, name, search_text, environment, state, cause, state_since, origin,
    connected_by_user_id, access_token_sealed, access_issued_at, access_expires_at, expiry_source, refresh_token_sealed, last_refresh_at,
    last_refresh_outcome, next_refresh_at, refresh_failures, created_at, disconnected_at, updated_at)
  SELECT id, "organizationId", "apiClientId", identity, name, "searchText", environment, state, cause, "stateSince", 'code',
    "connectedBy", access, "issuedAt", "expiresAt", 'expireDate', refresh, "refreshedAt", outcome, "nextAt", failures, "createdAt", "disconnectedAt", now()
  FROM jsonb_to_recordset($1::jsonb) AS planted (id uuid, "organizationId" uuid, "apiClientId" uuid, identity text, name text,
    "searchText" text, environment environment, state connection_state, cause text, "stateSince" timestamptz, "connectedBy" uuid,
    access text, refresh text, "issuedAt" timestamptz, "expiresAt" timestamptz, "refreshedAt" timestamptz, "nextAt" timestamptz, failures int, outcome text,
    "createdAt" timestamptz, "disconnectedAt" timestamptz)`

const PROPERTIES = `
  INSERT INTO properties (id, organization_id, connection_id, upstream_id, name, city, country, currency, time_zone)
  SELECT (property->>'id')::uuid, (planted->>'organizationId')::uuid, (planted->>'id')::uuid, property->>'upstreamId', property->>'name',
    property->>'city', 'IT', 'EUR', 'Europe/Rome'
  FROM jsonb_array_elements($1::jsonb) AS planted, jsonb_array_elements(planted->'properties') AS property`
