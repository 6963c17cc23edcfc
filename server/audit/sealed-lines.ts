import type { ClientBase } from 'pg'
import type { Seal } from './chain'
import { EVENT_COLUMNS, toChainedEvent, type EventRow } from './event-columns'
import type { EventLine, MissingLine } from './log-lines'

interface SealRow {
  readonly event_id: string
  readonly sequence: string
  readonly previous_hash: string
  readonly hash: string
  readonly sealed_at: Date
}

type SealedRow = SealRow & (EventRow | { readonly id: null })

type Queryable = Pick<ClientBase, 'query'>

interface Asked {
  /** Null is the chain of what belongs to no organization. */
  readonly organizationId: string | null
  /** Those behind this place. */
  readonly after: string
  readonly most: number
}

/** Entries of a chain by their place; one whose event is gone says so. */
export async function readSealedLines(database: Queryable, { organizationId, after, most }: Asked): Promise<(EventLine | MissingLine)[]> {
  const { rows } = await database.query<SealedRow>(
    `SELECT s.event_id::text, s.sequence::text, s.previous_hash, s.hash, s.sealed_at, ${EVENT_COLUMNS}
     FROM audit_seals s LEFT JOIN audit_events e ON e.id = s.event_id
     WHERE ${whoseChain('s', organizationId)} AND s.sequence > $2 ORDER BY s.sequence LIMIT $3`,
    [organizationId, after, most],
  )
  return rows.map(toLine)
}

/** The condition that a row belongs to the organization `$1`, or to none when that is null; spelled so that an index serves it. */
export function whoseChain(alias: string, organizationId: string | null): string {
  return organizationId === null ? `${alias}.organization_id IS NULL AND $1::uuid IS NULL` : `${alias}.organization_id = $1`
}

function toLine(row: SealedRow): EventLine | MissingLine {
  const seal: Seal = {
    sequence: Number(row.sequence), previousHash: row.previous_hash, hash: row.hash, sealedAt: row.sealed_at.toISOString(),
  }
  return row.id === null ? { type: 'missing', id: row.event_id, seal } : { type: 'event', ...toChainedEvent(row), seal }
}
