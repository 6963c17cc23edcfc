import 'server-only'
import type { TokenEnds } from '@/contracts/runway'
import type { Viewer } from '../auth/viewer'
import { getRuntime } from '../runtime'

interface Row {
  readonly access: number
  readonly access_over: number
  readonly access_first: Date | null
  readonly admin: number
  readonly admin_over: number
  readonly admin_first: Date | null
  readonly refresh: number
  readonly refresh_dead: number
  readonly links: number
  readonly link_first: Date | null
}

const SQL = `
  SELECT * FROM (
    SELECT count(*) FILTER (WHERE access_token_sealed IS NOT NULL)::int AS access,
      count(*) FILTER (WHERE access_token_sealed IS NOT NULL AND access_expires_at <= $2)::int AS access_over,
      min(access_expires_at) FILTER (WHERE access_token_sealed IS NOT NULL AND access_expires_at > $2) AS access_first,
      count(*) FILTER (WHERE refresh_token_sealed IS NOT NULL)::int AS refresh,
      count(*) FILTER (WHERE refresh_token_sealed IS NOT NULL AND state = 'reconnect_required')::int AS refresh_dead
    FROM connections WHERE organization_id = $1 AND state <> 'disconnected'
  ) c, (
    SELECT count(*)::int AS admin, count(*) FILTER (WHERE t.expires_at <= $2)::int AS admin_over, min(t.expires_at) FILTER (WHERE t.expires_at > $2) AS admin_first
    FROM admin_tokens t JOIN api_clients a ON a.id = t.api_client_id
    WHERE t.organization_id = $1 AND t.retired_at IS NULL AND a.deleted_at IS NULL
  ) t, (
    SELECT count(*)::int AS links, min(expires_at) AS link_first FROM links
    WHERE organization_id = $1 AND expires_at > $2 AND state NOT IN ('verified', 'revoked')
  ) l`

/** What ends when, by kind of token. */
export async function getTokenEnds({ organizationId }: Pick<Viewer, 'organizationId'>): Promise<TokenEnds> {
  const { pool, clock } = getRuntime()
  const { rows } = await pool.query<Row>(SQL, [organizationId, clock()])
  const [row] = rows
  if (!row) throw new Error('the ends were not counted')
  return {
    accessTokens: { count: row.access, over: row.access_over, firstAt: row.access_first?.toISOString() ?? null },
    adminTokens: { count: row.admin, over: row.admin_over, firstAt: row.admin_first?.toISOString() ?? null },
    refreshTokens: { count: row.refresh, dead: row.refresh_dead },
    links: { count: row.links, firstAt: row.link_first?.toISOString() ?? null },
  }
}
