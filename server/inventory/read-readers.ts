import 'server-only'
import { MOST_READERS, type HeldSecret } from '@/contracts/inventory'
import { UNFOLDED } from '../hand-outs/ledger-sql'
import { getRuntime } from '../runtime'
import type { BareSecret } from './read-secrets'

type Reader = HeldSecret['readers'][number]

/** Rows of the ledger that are looked at for each connection, the latest first: many are of one reader. */
const LOOKED_AT = 50

/** What is not folded yet is gone through once for all of them, and not again for each. */
const HAND_OUTS = `WITH unfolded AS MATERIALIZED (
    SELECT u.connection_id, u.machine_key_id, u.address, max(u.minute) AS minute
    FROM ${UNFOLDED} u JOIN unnest($2::uuid[]) AS wanted (id) ON wanted.id = u.connection_id GROUP BY 1, 2, 3
  )
  SELECT wanted.id::text AS id, k.name, r.address, r.at
  FROM unnest($2::uuid[]) AS wanted (id)
  CROSS JOIN LATERAL (
    SELECT latest.machine_key_id, latest.address, max(latest.minute) AS at
    FROM (
      (SELECT machine_key_id, address, minute FROM hand_outs WHERE connection_id = wanted.id ORDER BY minute DESC LIMIT ${LOOKED_AT})
      UNION ALL SELECT machine_key_id, address, minute FROM unfolded WHERE connection_id = wanted.id
    ) latest
    GROUP BY 1, 2 ORDER BY 3 DESC LIMIT ${MOST_READERS}
  ) r
  JOIN machine_keys k ON k.id = r.machine_key_id AND k.organization_id = $1
  ORDER BY r.at DESC`

const ADMIN_TOKENS = `SELECT e.target_id AS id, coalesce(k.name, u.name, e.actor_id) AS name, e.address, max(e.at) AS at
  FROM audit_events e
  LEFT JOIN machine_keys k ON k.id::text = e.actor_id AND e.actor_kind = 'machine_key'
  LEFT JOIN users u ON u.id::text = e.actor_id AND e.actor_kind = 'user'
  WHERE e.organization_id = $1 AND e.action IN ('admin_token.handed_out', 'admin_token.revealed') AND e.outcome = 'success' AND e.target_id = ANY($2::text[])
  GROUP BY 1, 2, 3 ORDER BY 4 DESC`

/** The same secrets with who was handed them last: access tokens by the ledger, admin tokens by the audit log. */
export async function withReaders(organizationId: string, secrets: readonly BareSecret[]): Promise<HeldSecret[]> {
  const [handOuts, adminTokens] = await Promise.all([
    find(HAND_OUTS, [organizationId, secrets.flatMap(({ connectionId }) => connectionId ?? [])]),
    find(ADMIN_TOKENS, [organizationId, secrets.flatMap(({ kind, id }) => (kind === 'admin_token' ? id : []))]),
  ])
  return secrets.map(({ connectionId, since, lastUsedAt, ...secret }) => {
    const readers = (connectionId === null ? adminTokens.get(secret.id) : handOuts.get(connectionId)) ?? []
    const isHandedOut = secret.kind === 'access_token' || secret.kind === 'admin_token'
    return {
      ...secret,
      since: since?.toISOString() ?? null,
      lastUsedAt: isHandedOut ? (readers[0]?.at ?? null) : (lastUsedAt?.toISOString() ?? null),
      readers: readers.slice(0, MOST_READERS),
    }
  })
}

async function find(sql: string, [organizationId, ids]: [string, readonly string[]]): Promise<ReadonlyMap<string, Reader[]>> {
  const found = new Map<string, Reader[]>()
  if (ids.length === 0) return found
  const { rows } = await getRuntime().pool.query<{ id: string; name: string; address: string | null; at: Date }>(sql, [organizationId, ids])
  for (const { id, name, address, at } of rows) {
    const readers = found.get(id) ?? []
    if (readers.length === 0) found.set(id, readers)
    readers.push({ name, address, at: at.toISOString() })
  }
  return found
}
