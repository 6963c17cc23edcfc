import 'server-only'
import type { TopUpPlan } from '@/contracts/top-ups'
import { gapOf } from '@/lib/refresh/pace'
import { callsLeft, judgeQuota, topUpMs, type QuotaReading } from '@/lib/refresh/top-up-plan'
import { readRefusals } from '../runway/read-refusals'
import { getRuntime } from '../runtime'

export interface Scope {
  readonly organizationId: string
  /** Null for all of the organization's. */
  readonly apiClientId: string | null
}

interface Row {
  readonly api_client_id: string
  readonly connections: number
  readonly failing: number
  readonly least_life_ms: number | null
  readonly gap_ms: number
  readonly remaining: number | null
  readonly most: number | null
  readonly read_at: Date | null
  readonly refused_at: Date | null
}

/** The connections that a top up takes: well, and able to be refreshed. */
export const IS_TOPPED_UP = `c.state = 'connected' AND c.refresh_token_sealed IS NOT NULL AND c.refresh_paused_at IS NULL`

const SQL = `
  SELECT c.api_client_id, count(*) FILTER (WHERE ${IS_TOPPED_UP})::int AS connections,
    count(*) FILTER (WHERE c.state = 'refresh_failing')::int AS failing,
    (min(extract(epoch FROM c.access_expires_at - c.access_issued_at)) FILTER (WHERE ${IS_TOPPED_UP}) * 1000)::float8 AS least_life_ms,
    greatest(coalesce(max(l.gap_ms), 0), $3::float8) AS gap_ms, max(q.remaining) AS remaining, max(q.most) AS most, max(q.read_at) AS read_at, max(q.refused_at) AS refused_at
  FROM connections c LEFT JOIN refresh_lanes l ON l.api_client_id = c.api_client_id LEFT JOIN quota_readings q ON q.api_client_id = c.api_client_id
  WHERE c.organization_id = $1 AND ($2::uuid IS NULL OR c.api_client_id = $2) GROUP BY 1`

/** What Octorate has just said of an API client's quota, where somebody asked. */
export type FreshQuotas = ReadonlyMap<string, QuotaReading>

/** What a top up would do now. That another one is running is not looked at here. */
export async function readPlan({ organizationId, apiClientId }: Scope, fresh: FreshQuotas = new Map()): Promise<TopUpPlan> {
  const { pool, clock, env } = getRuntime()
  const now = clock()
  const { rows } = await pool.query<Row>(SQL, [organizationId, apiClientId, gapOf(env.KEYRACK_REFRESH_RATE)])
  const known = await readRefusals({ organizationId })
  const apiClients = known.flatMap(({ id, name, refusal }) => {
    const row = rows.find((each) => each.api_client_id === id)
    if (!row || row.connections + row.failing === 0) return []
    return [{ row, ...toPlanned(row, { reading: fresh.get(id) ?? readingOf(row), now }), id, name, refusal: refusal?.kind ?? null }]
  })
  const taken = apiClients.filter(({ refusal, connections }) => refusal === null && connections > 0)
  const lives = taken.flatMap(({ row }) => (row.least_life_ms === null ? [] : [Math.max(0, row.least_life_ms)]))
  return {
    at: now.toISOString(),
    connections: taken.reduce((sum, { connections }) => sum + connections, 0),
    failing: rows.reduce((sum, { failing }) => sum + failing, 0),
    seconds: Math.max(0, ...taken.map(({ seconds }) => seconds)),
    holdsUntil: lives.length === 0 ? null : new Date(now.getTime() + Math.min(...lives)).toISOString(),
    refusal: refusalOf(apiClients, taken),
    apiClients: apiClients.map(({ row: _row, ...planned }) => planned),
  }
}

type Planned = Pick<TopUpPlan['apiClients'][number], 'connections' | 'refusal' | 'quota'>

function refusalOf(all: readonly Planned[], taken: readonly Planned[]): TopUpPlan['refusal'] {
  if (taken.length === 0) return all.some(({ refusal }) => refusal !== null) ? 'top_up_while_refused' : 'top_up_nothing'
  return taken.every(({ quota }) => quota.suffices) ? null : 'top_up_quota'
}

function toPlanned({ connections, gap_ms: gapMs }: Row, { reading, now }: { reading: QuotaReading | null; now: Date }) {
  const left = callsLeft(reading, now)
  return {
    connections,
    seconds: Math.ceil(topUpMs({ connections, gapMs }) / 1000),
    quota: { left, readAt: reading?.readAt.toISOString() ?? null, ...judgeQuota({ connections, gapMs, left, most: reading?.most ?? 0 }) },
  }
}

function readingOf({ remaining, most, read_at: readAt, refused_at: refusedAt }: Row): QuotaReading | null {
  return readAt && { remaining, most: most ?? 0, readAt, refusedAt }
}
