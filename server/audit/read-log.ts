import type { ClientBase } from 'pg'
import type { Seal } from './chain'
import { EVENT_COLUMNS, toChainedEvent, type EventRow } from './event-columns'
import { LOG_FORMAT, type LogLine } from './log-lines'

const AT_ONCE = 1_000

type Queryable = Pick<ClientBase, 'query'>

interface SealRow {
  readonly event_id: string
  readonly sequence: string
  readonly previous_hash: string
  readonly hash: string
  readonly sealed_at: Date
}

type SealedRow = SealRow & (EventRow | { readonly id: null })

interface Asked {
  readonly organizationId: string | null
  readonly keys: ReadonlyMap<string, string>
  readonly now: Date
}

/** An organization's whole log, a thousand entries at a time, so that its length costs no memory. */
export async function* readLog(client: Queryable, { organizationId, keys, now }: Asked): AsyncGenerator<LogLine> {
  yield {
    type: 'log', format: LOG_FORMAT, organizationId, exportedAt: now.toISOString(),
    keys: [...keys].map(([id, publicKey]) => ({ id, publicKey })),
  }
  const whose = (alias: string) => (organizationId === null ? `${alias}.organization_id IS NULL AND $1::uuid IS NULL` : `${alias}.organization_id = $1`)
  const checkpoints = await client.query<{ sequence: string; hash: string; signed_at: Date; key_id: string; signature: string }>(
    `SELECT sequence, hash, signed_at, key_id, signature FROM audit_checkpoints c WHERE ${whose('c')} ORDER BY sequence, signed_at`,
    [organizationId],
  )
  for (const { sequence, hash, signed_at: signedAt, key_id: keyId, signature } of checkpoints.rows) {
    yield { type: 'checkpoint', sequence: Number(sequence), hash, signedAt: signedAt.toISOString(), keyId, signature }
  }
  for (let last = '0'; ; ) {
    const { rows } = await client.query<SealedRow>(
      `SELECT s.event_id::text, s.sequence::text, s.previous_hash, s.hash, s.sealed_at, ${EVENT_COLUMNS}
       FROM audit_seals s LEFT JOIN audit_events e ON e.id = s.event_id
       WHERE ${whose('s')} AND s.sequence > $2 ORDER BY s.sequence LIMIT ${AT_ONCE}`,
      [organizationId, last],
    )
    for (const row of rows) yield toLine(row)
    last = rows.at(-1)?.sequence ?? last
    if (rows.length < AT_ONCE) break
  }
  const unsealed = await client.query<EventRow>(
    `SELECT ${EVENT_COLUMNS} FROM audit_events e
     WHERE ${whose('e')} AND NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.event_id = e.id) ORDER BY e.id`,
    [organizationId],
  )
  for (const row of unsealed.rows) yield { type: 'event', ...toChainedEvent(row), seal: null }
}

function toLine(row: SealedRow): LogLine {
  const seal: Seal = {
    sequence: Number(row.sequence), previousHash: row.previous_hash, hash: row.hash, sealedAt: row.sealed_at.toISOString(),
  }
  return row.id === null ? { type: 'missing', id: row.event_id, seal } : { type: 'event', ...toChainedEvent(row), seal }
}
