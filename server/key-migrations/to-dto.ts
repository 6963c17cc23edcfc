import 'server-only'
import { KEY_LINE_STATES, type KeyLineState, type KeyMigration, type KeyMigrationStop } from '@/contracts/key-migrations'
import { gapOf } from '@/lib/refresh/pace'
import type { ApiClient, KeyMigration as Row } from '../generated/prisma/client'
import { getRuntime } from '../runtime'

export type MigrationRow = Row & { readonly apiClient: Pick<ApiClient, 'id' | 'name' | 'environment'> }
export const PARTS = { apiClient: { select: { id: true, name: true, environment: true } } } as const

/** The rate is of this long. */
const RATE_MS = 30_000
const SECOND_MS = 1_000

interface Group {
  readonly migrationId: string
  readonly state: KeyLineState
  readonly count: number
  /** That ended within the time of the rate. */
  readonly recent: number
  readonly changedAt: Date
}

/** Migrations with how many of their lines stand where, counted now. */
export async function toDtos(rows: readonly MigrationRow[]): Promise<KeyMigration[]> {
  const now = getRuntime().clock()
  const { rows: groups } = await getRuntime().pool.query<Group>(
    `SELECT migration_id AS "migrationId", state, count(*)::int AS count, max(updated_at) AS "changedAt",
       count(*) FILTER (WHERE updated_at > $2 AND state IN ('verified', 'failed', 'ambiguous'))::int AS recent
     FROM key_lines WHERE migration_id = ANY ($1) GROUP BY 1, 2`,
    [rows.map(({ id }) => id), new Date(now.getTime() - RATE_MS)],
  )
  return rows.map((row) => toDto(row, groups.filter(({ migrationId }) => migrationId === row.id), now))
}

function toDto(row: MigrationRow, groups: readonly Group[], now: Date): KeyMigration {
  const counts = Object.fromEntries(
    KEY_LINE_STATES.map((state) => [state, groups.find((group) => group.state === state)?.count ?? 0]),
  ) as KeyMigration['counts']
  const left = counts.pending + counts.sent + counts.received + counts.stored
  const sinceMs = Math.min(RATE_MS, Math.max(SECOND_MS, now.getTime() - row.createdAt.getTime()))
  const rate = row.state === 'running' ? groups.reduce((sum, { recent }) => sum + recent, 0) / (sinceMs / SECOND_MS) : null
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    stage: row.stage,
    stopReason: row.state === 'stopped' ? (row.stopReason as KeyMigrationStop) : null,
    perSecond: row.perSecond,
    perSecondNow: paceNow(row),
    total: row.total,
    counts,
    rate,
    secondsLeft: rate ? Math.ceil(left / rate) : null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: new Date(Math.max(row.updatedAt.getTime(), ...groups.map(({ changedAt }) => changedAt.getTime()))).toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    apiClient: row.apiClient,
  }
}

/** As chosen, unless the gap between two lines has grown. */
function paceNow({ gapMs, perSecond }: Row): number | null {
  return gapMs > gapOf(perSecond ?? 0) ? SECOND_MS / gapMs : perSecond
}
