import 'server-only'
import { SECRET_KINDS, type HeldSecret, type SecretKind } from '@/contracts/inventory'
import { getRuntime } from '../runtime'

/** A secret, before it is known who was handed it. */
export type BareSecret = Omit<HeldSecret, 'since' | 'lastUsedAt' | 'readers'> & {
  readonly since: Date | null
  readonly lastUsedAt: Date | null
  /** Where `hand_outs` knows its readers by. */
  readonly connectionId: string | null
}

/**
 * Every secret of an organization that the database holds, by kind and name. It reads the tables of many nouns, and of
 * each only what is no secret; of what belongs to the installation, names of keys.
 */
const SQL = `WITH calls AS (SELECT api_client_id, max(at) AS at FROM operations WHERE organization_id = $1 GROUP BY 1),
secrets (kind, id, name, environment, last4, since, last_used_at, connection_id) AS (
  SELECT 'client_secret', a.id::text, a.name, a.environment, a.client_secret_last4, a.secret_rotated_at, calls.at, NULL::uuid
    FROM api_clients a LEFT JOIN calls ON calls.api_client_id = a.id WHERE a.organization_id = $1 AND a.deleted_at IS NULL
  UNION ALL SELECT 'admin_token', t.id::text, a.name, a.environment, t.token_last4, t.issued_at, NULL, NULL
    FROM admin_tokens t JOIN api_clients a ON a.id = t.api_client_id WHERE t.organization_id = $1 AND t.retired_at IS NULL AND a.deleted_at IS NULL
  UNION ALL SELECT 'refresh_token', c.id::text, c.name, c.environment, NULL,
      (SELECT max(l.at) FROM token_lineage l WHERE l.connection_id = c.id AND (l.refresh_replaced OR l.origin <> 'refresh')), c.last_refresh_at, NULL
    FROM connections c WHERE c.organization_id = $1 AND c.refresh_token_sealed IS NOT NULL
  UNION ALL SELECT 'access_token', c.id::text, c.name, c.environment, NULL, c.access_issued_at, NULL, c.id
    FROM connections c WHERE c.organization_id = $1 AND c.access_token_sealed IS NOT NULL
  UNION ALL SELECT 'machine_key', k.id::text, k.name, k.environment, k.last4, k.created_at, k.last_used_at, NULL
    FROM machine_keys k WHERE k.organization_id = $1 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $2)
  UNION ALL SELECT 'webhook_secret', w.id::text, w.name, NULL, w.secret_last4, w.created_at,
      (SELECT max(d.settled_at) FROM webhook_deliveries d WHERE d.endpoint_id = w.id), NULL
    FROM webhook_endpoints w WHERE w.organization_id = $1
  UNION ALL SELECT 'old_key', o.id::text, coalesce(o.name, o.property_id), NULL, o.key_last4, o.added_at, NULL, NULL
    FROM old_keys o WHERE o.organization_id = $1 AND o.key_sealed IS NOT NULL
  UNION ALL SELECT 'two_factor', u.id::text, u.name, NULL, NULL, f.created_at, NULL, NULL
    FROM two_factors f JOIN users u ON u.id = f.user_id JOIN memberships m ON m.user_id = u.id WHERE m.organization_id = $1 AND f.confirmed_at IS NOT NULL
  UNION ALL SELECT 'encryption_key', e.key_id, e.key_id, NULL, NULL, e.created_at, NULL, NULL FROM encryption_keys e WHERE e.retired_at IS NULL
  UNION ALL SELECT 'signing_key', s.id::text, left(s.public_key, 12), NULL, NULL, s.created_at, NULL, NULL FROM audit_signing_keys s
  UNION ALL SELECT v.kind, v.name, v.name, NULL, NULL, NULL, NULL, NULL FROM unnest($3::text[], $4::text[]) AS v (kind, name)
)`

interface Row {
  readonly kind: SecretKind
  readonly id: string
  readonly name: string
  readonly environment: 'SANDBOX' | 'PRODUCTION' | null
  readonly last4: string | null
  readonly since: Date | null
  readonly last_used_at: Date | null
  readonly connection_id: string | null
}

interface Part {
  readonly kind?: SecretKind | undefined
  readonly limit?: number
  readonly offset?: number
}

/** Those of a kind, or all; some of them, or all. */
export async function readSecrets(organizationId: string, { kind, limit, offset = 0 }: Part): Promise<BareSecret[]> {
  const { pool } = getRuntime()
  const { rows } = await pool.query<Row>(
    `${SQL} SELECT * FROM secrets WHERE $5::text IS NULL OR kind = $5
     ORDER BY array_position($6::text[], kind), name, id LIMIT $7 OFFSET $8`,
    [...parametersOf(organizationId), kind ?? null, SECRET_KINDS, limit ?? null, offset],
  )
  return rows.map(({ last_used_at: lastUsedAt, connection_id: connectionId, ...row }) => ({ ...row, lastUsedAt, connectionId }))
}

export async function countSecrets(organizationId: string): Promise<{ kind: SecretKind; count: number }[]> {
  const { pool } = getRuntime()
  const { rows } = await pool.query<{ kind: SecretKind; count: number }>(
    `${SQL} SELECT kind, count(*)::int AS count FROM secrets GROUP BY kind`,
    parametersOf(organizationId),
  )
  const found = new Map(rows.map(({ kind, count }) => [kind, count]))
  return SECRET_KINDS.map((each) => ({ kind: each, count: found.get(each) ?? 0 })).filter(({ count }) => count > 0)
}

/** With what is in the environment, of which nothing but the host is named. */
function parametersOf(organizationId: string): unknown[] {
  const { clock, env } = getRuntime()
  const named: [SecretKind, string][] = []
  if (env.KEYRACK_SMTP_URL) named.push(['mail_server', new URL(env.KEYRACK_SMTP_URL).host])
  if (env.KEYRACK_OIDC_ISSUER && env.KEYRACK_OIDC_CLIENT_SECRET) named.push(['sign_in_provider', new URL(env.KEYRACK_OIDC_ISSUER).host])
  return [organizationId, clock(), named.map(([kind]) => kind), named.map(([, name]) => name)]
}
