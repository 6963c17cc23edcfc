import type { Client } from 'pg'

/** One table as it is copied: after every table that its rows point to. */
export interface CopiedTable {
  readonly name: string
  readonly columns: readonly string[]
}

/** A column that points to a row of another table, or of the same one. */
export interface Reference {
  readonly column: string
  readonly table: string
  readonly targetColumn: string
}

/**
 * What is of one running Keyrack, not of what it keeps: sessions, so that everybody signs in again after a restore;
 * counters and leases; changes that are told within seconds; hand-outs that are not in the ledger yet, which are copied with it; Prisma's own book.
 */
const LEFT_OUT = ['_prisma_migrations', 'connection_changes', 'hand_out_batches', 'sessions', 'sign_in_throttles', 'set_up_codes', 'configuration_leases', 'job_runners']

/** Every table to copy, parents first. One that is new is copied by itself, unless it is named above. */
export async function readTables(client: Client): Promise<CopiedTable[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `SELECT c.table_name AS name, array_agg(c.column_name::text ORDER BY c.ordinal_position) AS columns
     FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER' AND c.table_name <> ALL($1)
     GROUP BY c.table_name ORDER BY c.table_name`,
    [LEFT_OUT],
  )
  const references = await readReferences(client)
  const ordered: CopiedTable[] = []
  let left = rows
  while (left.length > 0) {
    const waitsFor = (table: string) => left.some(({ name }) => name !== table && (references.get(table) ?? []).some((one) => one.table === name))
    const free = left.filter(({ name }) => !waitsFor(name))
    if (free.length === 0) throw new Error(`these tables point to each other: ${left.map(({ name }) => name).join(', ')}`)
    ordered.push(...free)
    left = left.filter((table) => !free.includes(table))
  }
  return ordered
}

/** Foreign keys of one column each, by table. */
export async function readReferences(client: Client): Promise<Map<string, Reference[]>> {
  const { rows } = await client.query<{ from_table: string } & Reference>(
    `SELECT k.conrelid::regclass::text AS from_table, a.attname AS column, k.confrelid::regclass::text AS table, b.attname AS "targetColumn"
     FROM pg_constraint k
     JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
     JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]
     WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace AND cardinality(k.conkey) = 1`,
  )
  const byTable = new Map<string, Reference[]>()
  for (const { from_table: from, ...reference } of rows) byTable.set(from, [...(byTable.get(from) ?? []), reference])
  return byTable
}
