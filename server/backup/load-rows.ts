import type { Client } from 'pg'
import type { Reference } from './read-tables'

interface Loading {
  readonly name: string
  readonly columns: readonly string[]
  readonly references: readonly Reference[]
}

/**
 * Puts rows of one table in: those whose key is there already stay as they are, and one whose parent is not there (for
 * its place was taken by another) is left out. A connection's tokens replace stored ones only when they are newer.
 *
 * @param rows JSON objects as the database wrote them
 * @returns how many rows were put in or replaced
 */
export async function loadRows(client: Client, table: Loading, rows: readonly string[]): Promise<number> {
  const given = `json_populate_recordset(NULL::${id(client, table.name)}, $1::json) AS r`
  const values = [`[${rows.join(',')}]`]
  const replaced = table.name === 'connections' ? await replaceOlder(client, table, { given, values }) : 0
  const columns = table.columns.map((column) => id(client, column))
  const { rowCount } = await client.query(
    `INSERT INTO ${id(client, table.name)} (${columns.join(', ')})
     SELECT ${columns.map((column) => `r.${column}`).join(', ')} FROM ${given} WHERE ${hasParents(client, table)}
     ON CONFLICT DO NOTHING`,
    values,
  )
  return replaced + (rowCount ?? 0)
}

/** A database that was itself set back holds older tokens than the backup. */
async function replaceOlder(client: Client, table: Loading, { given, values }: { given: string; values: string[] }): Promise<number> {
  const sets = table.columns.filter((column) => column !== 'id').map((column) => `${id(client, column)} = r.${id(client, column)}`)
  const { rowCount } = await client.query(
    `UPDATE connections c SET ${sets.join(', ')} FROM ${given}
     WHERE c.id = r.id AND r.access_token_version > c.access_token_version AND r.refresh_token_version >= c.refresh_token_version`,
    values,
  )
  return rowCount ?? 0
}

function hasParents(client: Client, { name, references }: Loading): string {
  const tests = references
    .filter((reference) => reference.table !== name)
    .map(({ column, table, targetColumn }) => {
      const own = `r.${id(client, column)}`
      return `(${own} IS NULL OR EXISTS (SELECT 1 FROM ${id(client, table)} p WHERE p.${id(client, targetColumn)} = ${own}))`
    })
  return tests.join(' AND ') || 'true'
}

function id(client: Client, name: string): string {
  return client.escapeIdentifier(name)
}
