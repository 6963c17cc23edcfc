import 'server-only'
import type { Environment } from '@/contracts/api-clients'
import { refusalOf, type Refusal } from '@/lib/refresh/runway'
import { getRuntime } from '../runtime'

interface Row {
  readonly id: string
  readonly name: string
  readonly refused_at: Date | null
  readonly own_since: Date | null
  readonly own_failures: number | null
  readonly wide_since: Date | null
  readonly wide_failures: number | null
  readonly quota_since: Date | null
}

export interface RefusedApiClient {
  readonly id: string
  readonly name: string
  readonly refusal: Refusal | null
}

/**
 * Refreshes that failed since the last answer. When that was is told by the last refreshes that were answered and by the
 * tokens that are held. Octorate may be silent to one API client, or to everybody at an upstream: the latter is learnt from
 * the refreshes of all, whosever they are, and no more of them is told than since when.
 */
const SQL = `
  WITH clients AS (
    SELECT a.id, a.upstream_id, max(c.access_issued_at) FILTER (WHERE c.access_token_sealed IS NOT NULL) AS given_at,
      max(c.last_refresh_at) FILTER (WHERE c.last_refresh_outcome NOT IN ('upstream_unreachable', 'not_sent')) AS answered_at
    FROM api_clients a JOIN connections c ON c.api_client_id = a.id GROUP BY 1
  ), answered AS (
    SELECT id, upstream_id, given_at, greatest(given_at, answered_at) AS own_at, max(greatest(given_at, answered_at)) OVER (PARTITION BY upstream_id) AS wide_at
    FROM clients
  ), silent AS (
    SELECT answered.*, c.state_since, c.refresh_failures FROM connections c JOIN answered ON answered.id = c.api_client_id
    WHERE c.state = 'refresh_failing' AND c.cause = 'upstream_unreachable'
  ), own AS (
    SELECT id, min(state_since) AS since, sum(refresh_failures)::int AS failures FROM silent WHERE own_at IS NULL OR state_since > own_at GROUP BY 1
  ), wide AS (
    SELECT upstream_id, min(state_since) AS since, sum(refresh_failures)::int AS failures FROM silent WHERE wide_at IS NULL OR state_since > wide_at GROUP BY 1
  ), quota AS (
    SELECT answered.id, min(c.state_since) AS since FROM connections c JOIN answered ON answered.id = c.api_client_id
    WHERE c.state = 'refresh_failing' AND c.cause = 'quota' AND (given_at IS NULL OR c.state_since > given_at) GROUP BY 1
  )
  SELECT a.id, a.name, a.refused_at, own.since AS own_since, own.failures AS own_failures, wide.since AS wide_since, wide.failures AS wide_failures,
    quota.since AS quota_since
  FROM api_clients a LEFT JOIN own ON own.id = a.id LEFT JOIN wide ON wide.upstream_id = a.upstream_id LEFT JOIN quota ON quota.id = a.id
  WHERE a.organization_id = $1 AND a.deleted_at IS NULL AND ($2::environment IS NULL OR a.environment = $2)
  ORDER BY a.name, a.id`

/** The organization's API clients, each with what keeps its tokens from being renewed at the moment. */
export async function readRefusals({ organizationId, environment }: { organizationId: string; environment?: Environment }): Promise<RefusedApiClient[]> {
  const { rows } = await getRuntime().pool.query<Row>(SQL, [organizationId, environment ?? null])
  return rows.map(({ id, name, ...evidence }) => ({
    id, name,
    refusal: refusalOf({
      silences: [
        ...(evidence.own_since ? [{ since: evidence.own_since, failures: evidence.own_failures ?? 0 }] : []),
        ...(evidence.wide_since ? [{ since: evidence.wide_since, failures: evidence.wide_failures ?? 0 }] : []),
      ],
      refusedAt: evidence.refused_at,
      quotaSince: evidence.quota_since,
    }),
  }))
}
