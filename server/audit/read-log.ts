import type { ClientBase } from 'pg'
import { EVENT_COLUMNS, toChainedEvent, type EventRow } from './event-columns'
import { LOG_FORMAT, type LogLine } from './log-lines'
import { readSealedLines, whoseChain } from './sealed-lines'

const AT_ONCE = 1_000

type Queryable = Pick<ClientBase, 'query'>

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
  const whose = (alias: string) => whoseChain(alias, organizationId)
  const checkpoints = await client.query<{ sequence: string; hash: string; signed_at: Date; key_id: string; signature: string }>(
    `SELECT sequence, hash, signed_at, key_id, signature FROM audit_checkpoints c WHERE ${whose('c')} ORDER BY sequence, signed_at`,
    [organizationId],
  )
  for (const { sequence, hash, signed_at: signedAt, key_id: keyId, signature } of checkpoints.rows) {
    yield { type: 'checkpoint', sequence: Number(sequence), hash, signedAt: signedAt.toISOString(), keyId, signature }
  }
  for (let last = '0'; ; ) {
    const lines = await readSealedLines(client, { organizationId, after: last, most: AT_ONCE })
    yield* lines
    last = lines.at(-1)?.seal?.sequence.toString() ?? last
    if (lines.length < AT_ONCE) break
  }
  const unsealed = await client.query<EventRow>(
    `SELECT ${EVENT_COLUMNS} FROM audit_events e
     WHERE ${whose('e')} AND NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.event_id = e.id) ORDER BY e.id`,
    [organizationId],
  )
  for (const row of unsealed.rows) yield { type: 'event', ...toChainedEvent(row), seal: null }
}
