import 'server-only'
import type { Transaction } from '../db'

/** What stands where something was erased. */
export const ERASED = 'erased'

interface Column {
  readonly table: string
  readonly column: string
  readonly type: string
}

/** Proofs, which nobody can change, and what migrations wrote. */
const LEFT_ALONE = ['audit_events', 'audit_seals', 'audit_checkpoints', 'audit_signing_keys', '_prisma_migrations']

/**
 * Puts a word in the place of a text wherever the database holds it in the open: in texts, lists of texts and documents,
 * in any case of letters, but not inside a longer word or address. What is sealed can't be searched.
 *
 * @param leaving names of columns that are left as they are
 * @returns rows that held it
 */
export async function replaceText(tx: Transaction, text: string, { leaving = [] }: { leaving?: readonly string[] } = {}): Promise<number> {
  const pattern = patternOf(text)
  let changed = 0
  for (const { table, column, type } of (await readColumns(tx)).filter((each) => !leaving.includes(each.column))) {
    const cast = type === 'jsonb' ? '::jsonb' : type === 'ARRAY' ? '::text[]' : ''
    changed += await tx.$executeRawUnsafe(
      `UPDATE "${table}" SET "${column}" = regexp_replace("${column}"::text, $1, $2, 'gi')${cast} WHERE "${column}"::text ~* $1`,
      pattern, ERASED,
    )
  }
  return changed
}

/** Entries of the audit log that hold it: written by an earlier version, which named what it speaks of. */
export async function countInAudit(tx: Transaction, text: string): Promise<number> {
  const [found] = await tx.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM audit_events WHERE detail::text ~* ${patternOf(text)}`
  return found?.count ?? 0
}

/** Sealed columns hold nothing that could be found; names of enumerations nothing that was typed. */
function readColumns(tx: Transaction): Promise<Column[]> {
  return tx.$queryRaw<Column[]>`
    SELECT c.table_name AS table, c.column_name AS column, c.data_type AS type
    FROM information_schema.columns c
    JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
    WHERE c.table_schema = 'public' AND (c.data_type IN ('text', 'jsonb') OR (c.data_type = 'ARRAY' AND c.udt_name = '_text'))
      AND c.column_name NOT LIKE '%\\_sealed' AND NOT (c.table_name = ANY(${LEFT_ALONE}::text[]))
    ORDER BY 1, 2`
}

/** As a regular expression, with what may not stand around it. */
function patternOf(text: string): string {
  return `(?<![[:alnum:]._%+-])${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![[:alnum:]-])`
}
