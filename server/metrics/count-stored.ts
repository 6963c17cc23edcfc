import 'server-only'
import { getRuntime, once } from '../runtime'

export interface StoredFigures {
  readonly connections: Readonly<Record<string, number>>
  readonly due: number
  readonly overdueSeconds: number
  readonly journal: number
  readonly mails: number
  readonly ledgerBehindSeconds: number
}

/** Several scrapers ask no more often than this together. */
const KEPT_MS = 5_000

const SQL = `SELECT
  (SELECT coalesce(json_object_agg(state, count), '{}') FROM (SELECT state, count(*)::int AS count FROM connections GROUP BY state) s) AS connections,
  (SELECT count(*)::int FROM connections WHERE state IN ('connected', 'refresh_failing') AND access_expires_at <= $1) AS ended,
  (SELECT count(*)::int FROM connections WHERE next_refresh_at <= $1 AND refresh_paused_at IS NULL AND (lease_until IS NULL OR lease_until < $1)) AS due,
  (SELECT coalesce(extract(epoch FROM $1 - min(next_refresh_at)), 0)::float FROM connections WHERE next_refresh_at <= $1 AND refresh_paused_at IS NULL) AS overdue,
  (SELECT count(*)::int FROM grant_journal WHERE state = 'received') AS journal,
  (SELECT count(*)::int FROM mails WHERE state = 'queued') AS mails,
  (SELECT coalesce((SELECT extract(epoch FROM now() - at) FROM hand_out_batches ORDER BY id LIMIT 1), 0)::float) AS ledger_behind`

interface Row {
  readonly connections: Record<string, number>
  readonly ended: number
  readonly due: number
  readonly overdue: number
  readonly journal: number
  readonly mails: number
  readonly ledger_behind: number
}

/** What the database says of the whole installation, at most five seconds old. */
export async function countStored(): Promise<StoredFigures> {
  const kept = once('stored figures', () => ({ at: -Infinity, figures: null as Promise<StoredFigures> | null }))
  if (kept.figures === null || performance.now() - kept.at > KEPT_MS) {
    kept.at = performance.now()
    kept.figures = read()
    kept.figures.catch(() => (kept.figures = null))
  }
  return kept.figures
}

async function read(): Promise<StoredFigures> {
  const { pool, clock } = getRuntime()
  const { rows } = await pool.query<Row>(SQL, [clock()])
  const [row] = rows
  if (!row) throw new Error('the figures were not counted')
  return {
    connections: { ...row.connections, access_token_ended: row.ended },
    due: row.due, overdueSeconds: Math.max(0, row.overdue), journal: row.journal, mails: row.mails, ledgerBehindSeconds: Math.max(0, row.ledger_behind),
  }
}
