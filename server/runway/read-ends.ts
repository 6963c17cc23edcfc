import 'server-only'
import type { Environment } from '@/contracts/api-clients'
import type { EndsOfHour } from '@/lib/refresh/runway'
import { getRuntime } from '../runtime'

export interface EndsFilter {
  readonly organizationId: string
  readonly environment?: Environment
  /** Those that a machine key is limited to; null for all. */
  readonly properties?: ReadonlySet<string> | null
}

interface Row {
  readonly whose: string
  readonly until: Date | null
  readonly count: number
  readonly first_at: Date | null
  readonly last_at: Date | null
}

/**
 * A property has access as long as the last of the connections that cover it: of one API client, of those that are refused,
 * of all. An access token is over at the instant at which it ends; an import that was taken on trust has none yet.
 */
const SQL = `
  WITH held AS (
    SELECT c.api_client_id, coalesce(p.upstream_id, split_part(c.identity, ':', 2)) AS property,
      max(CASE WHEN c.access_token_sealed IS NULL THEN '-infinity' ELSE c.access_expires_at END) AS ends_at
    FROM connections c LEFT JOIN properties p ON p.connection_id = c.id AND p.linked
    WHERE c.organization_id = $1 AND c.state IN ('connected', 'refresh_failing') AND c.refresh_token_sealed IS NOT NULL
      AND ($4::environment IS NULL OR c.environment = $4) AND ($5::text[] IS NULL OR p.upstream_id = ANY ($5))
    GROUP BY 1, 2
  ), counted AS (
    SELECT api_client_id::text AS whose, property, ends_at FROM held
    UNION ALL SELECT 'all', property, max(ends_at) FROM held GROUP BY property
    UNION ALL SELECT 'refused', property, max(ends_at) FROM held WHERE api_client_id = ANY ($3::uuid[]) GROUP BY property
  )
  SELECT whose,
    CASE WHEN ends_at > $2 THEN to_timestamp(ceil(extract(epoch FROM ends_at) / 3600) * 3600) END AS until,
    count(*)::int AS count, min(ends_at) FILTER (WHERE ends_at > $2) AS first_at, max(ends_at) FILTER (WHERE ends_at > $2) AS last_at
  FROM counted GROUP BY 1, 2`

/** When properties lose access, by the hour: for `all`, for those of the refused API clients (`refused`), and for each by its id. */
export async function readEnds(filter: EndsFilter, { now, refused }: { now: Date; refused: readonly string[] }): Promise<ReadonlyMap<string, EndsOfHour[]>> {
  const { organizationId, environment, properties } = filter
  const { rows } = await getRuntime().pool.query<Row>(SQL, [organizationId, now, refused, environment ?? null, properties ? [...properties] : null])
  const ends = new Map<string, EndsOfHour[]>()
  for (const { whose, until, count, first_at: firstAt, last_at: lastAt } of rows) {
    ends.set(whose, [...(ends.get(whose) ?? []), { until, count, firstAt, lastAt }])
  }
  return ends
}
