import 'server-only'
import type { Forecast } from '@/contracts/runway'
import { forecast, type ForecastHour } from '@/lib/refresh/forecast'
import { gapOf } from '@/lib/refresh/pace'
import type { Viewer } from '../auth/viewer'
import { getRuntime } from '../runtime'

interface Row {
  readonly api_client_id: string
  readonly name: string
  readonly gap_ms: number
  readonly quota: number | null
  readonly ids: string[]
  readonly issued: Date[]
  readonly expires: Date[]
  readonly next: Date[]
}

/** A quota that was seen a day ago may be another by now. */
const SQL = `
  SELECT c.api_client_id, a.name, coalesce(l.gap_ms, 0) AS gap_ms, CASE WHEN q.most_at > $2::timestamptz - interval '1 day' AND q.most > 0 THEN q.most END AS quota,
    array_agg(c.id::text) AS ids, array_agg(c.access_issued_at) AS issued, array_agg(c.access_expires_at) AS expires, array_agg(c.next_refresh_at) AS next
  FROM connections c JOIN api_clients a ON a.id = c.api_client_id
  LEFT JOIN refresh_lanes l ON l.api_client_id = a.id LEFT JOIN quota_readings q ON q.api_client_id = a.id
  WHERE c.organization_id = $1 AND c.state IN ('connected', 'refresh_failing') AND c.refresh_token_sealed IS NOT NULL AND c.next_refresh_at IS NOT NULL
  GROUP BY 1, 2, 3, 4 ORDER BY a.name, 1`

/** Refreshes that fall due in each of the next 24 hours, and the hours in which that is more than passes well. */
export async function getForecast({ organizationId }: Pick<Viewer, 'organizationId'>): Promise<Forecast> {
  const { pool, clock, env } = getRuntime()
  const now = clock()
  const { rows } = await pool.query<Row>(SQL, [organizationId, now])
  const forecasts = rows.map((row) => {
    const gapMs = Math.max(row.gap_ms, gapOf(env.KEYRACK_REFRESH_RATE))
    return { row, hours: forecast(toConnections(row), { now, gapMs, quota: row.quota }) }
  })
  return {
    overdue: rows.flatMap(({ next }) => next).filter((at) => at <= now).length,
    hours: hoursFrom(now).map((from, hour) => ({
      from: from.toISOString(),
      due: forecasts.reduce((sum, { hours }) => sum + (hours[hour]?.due ?? 0), 0),
    })),
    storms: forecasts.flatMap(({ row, hours }) => hours.flatMap((hour) => stormOf(row, hour))),
  }
}

function stormOf({ api_client_id: id, name }: Row, { from, due, storm }: ForecastHour): Forecast['storms'] {
  return storm ? [{ apiClient: { id, name }, from: from.toISOString(), due, reason: storm }] : []
}

function toConnections({ ids, issued, expires, next }: Row) {
  return ids.map((id, index) => ({ id, issuedAt: issued[index] ?? EPOCH, expiresAt: expires[index] ?? EPOCH, nextAt: next[index] ?? EPOCH }))
}

const EPOCH = new Date(0)

function hoursFrom(now: Date): Date[] {
  return forecast([], { now, gapMs: 0, quota: null }).map(({ from }) => from)
}
