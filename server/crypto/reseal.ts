import type { Client, ClientBase } from 'pg'
import type { KeyRing } from './key-ring'
import { open, seal, SealError } from './seal'
import { SEALED_COLUMNS, type SealedColumn } from './sealed-columns'

const ROWS_AT_ONCE = 500

interface SealedRow {
  readonly tid: string
  readonly organization_id: string
  readonly row_id: string
  readonly version: number
  readonly envelope: string
}

export interface ResealFigures {
  readonly resealed: number
  /** Envelopes that do not open, and stay as they are. */
  readonly unreadable: number
}

/**
 * Seals every stored value anew that another key than the sealing one sealed, while everything runs: a value that
 * somebody replaces meanwhile is left to them. May be stopped and begun again at any moment.
 *
 * @param onProgress told after each batch how many values have been sealed anew
 */
export async function resealAll(client: Client, keys: KeyRing, onProgress: (resealed: number) => void): Promise<ResealFigures> {
  let [resealed, unreadable] = [0, 0]
  for (const place of SEALED_COLUMNS) {
    let from = '(0,0)'
    for (;;) {
      const rows = await readOthers(client, place, { keys, from })
      if (rows.length === 0) break
      from = rows.at(-1)?.tid ?? from
      const changed = rows.flatMap((row) => resealOne(keys, place, row) ?? [])
      unreadable += rows.length - changed.length
      resealed += await write(client, place, changed)
      onProgress(resealed)
    }
  }
  return { resealed, unreadable }
}

/** How many stored values each key sealed, by key id. */
export async function countByKey(client: ClientBase): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const { table, column } of SEALED_COLUMNS) {
    const { rows } = await client.query<{ key_id: string; count: number }>(
      `SELECT split_part(${column}, '.', 2) AS key_id, count(*)::int AS count FROM ${table} WHERE ${column} IS NOT NULL GROUP BY 1`,
    )
    for (const { key_id: keyId, count } of rows) counts.set(keyId, (counts.get(keyId) ?? 0) + count)
  }
  return counts
}

/** In the order of their places on the disk. A row that moves meanwhile moves because its value was sealed anew. */
async function readOthers(client: Client, place: SealedColumn, { keys, from }: { keys: KeyRing; from: string }): Promise<SealedRow[]> {
  const { table, column, organizationId, rowId, version } = place
  const { rows } = await client.query<SealedRow>(
    `SELECT t.ctid::text AS tid, (${organizationId})::text AS organization_id, (${rowId})::text AS row_id, (${version})::int AS version, t.${column} AS envelope
     FROM ${table} t WHERE t.ctid > $1::tid AND t.${column} NOT LIKE $2 ORDER BY t.ctid LIMIT ${ROWS_AT_ONCE}`,
    [from, `v1.${keys.sealingKeyId}.%`],
  )
  return rows
}

function resealOne(keys: KeyRing, { table, column }: SealedColumn, row: SealedRow): { old: string; fresh: string; tid: string } | null {
  const context = { table, column, organizationId: row.organization_id, rowId: row.row_id, version: row.version }
  try {
    return { tid: row.tid, old: row.envelope, fresh: seal(keys, context, open(keys, context, row.envelope)) }
  } catch (error) {
    if (error instanceof SealError) return null
    throw error
  }
}

/** Compares and sets: whoever wrote in between has written something newer. */
async function write(client: Client, { table, column }: SealedColumn, changed: readonly { old: string; fresh: string; tid: string }[]): Promise<number> {
  const { rowCount } = await client.query(
    `UPDATE ${table} t SET ${column} = c.fresh FROM unnest($1::tid[], $2::text[], $3::text[]) AS c (tid, old, fresh)
     WHERE t.ctid = c.tid AND t.${column} = c.old`,
    [changed.map(({ tid }) => tid), changed.map(({ old }) => old), changed.map(({ fresh }) => fresh)],
  )
  return rowCount ?? 0
}
