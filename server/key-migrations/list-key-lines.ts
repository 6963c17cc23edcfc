import 'server-only'
import type { z } from 'zod'
import type { KeyLine, keyLinesQuery } from '@/contracts/key-migrations'
import { AppError } from '../http/app-error'
import { getRuntime } from '../runtime'
import type { Onlooker } from './get-key-migration'
import { toLines, type LineRow } from './to-line'

type Query = z.output<typeof keyLinesQuery>

interface Migration {
  readonly organizationId: string
  readonly apiClientId: string
  readonly total: number
}

type Line = Omit<LineRow, 'oldKey'> & { readonly oldKeyId: string; readonly keyLast4: string; readonly keyState: LineRow['oldKey']['state'] }
/** A page without lines is one row of the migration alone. */
type Row = Migration & (Line | { readonly number: null })

/** Lines of a migration by their number: all, or those of one state. @throws AppError `not_found` */
export async function listKeyLines(who: Onlooker, id: string, query: Query): Promise<{ items: KeyLine[]; total: number }> {
  const rows = await readLines(who, id, query)
  const [migration] = rows
  if (!migration) throw new AppError('not_found')
  return { items: await toLines(migration, rows.flatMap(toLineRow)), total: migration.total }
}

/**
 * By one statement of our own: the page asks for hundreds of lines each second while thousands are worked on. The lines are
 * chosen first, and each looks up its key (what `OFFSET 0` makes sure of): joined, all keys of the organization were read.
 */
async function readLines({ organizationId, environment }: Onlooker, id: string, { state, offset, limit }: Query): Promise<Row[]> {
  const { rows } = await getRuntime().pool.query<Row>({
    name: state ? 'key lines of a state' : 'key lines',
    text: `WITH asked AS MATERIALIZED (
       SELECT m.id, m.organization_id AS "organizationId", m.api_client_id AS "apiClientId",
         ${state ? '(SELECT count(*)::int FROM key_lines WHERE migration_id = m.id AND state = $6)' : 'm.total'} AS total
       FROM key_migrations m JOIN api_clients a ON a.id = m.api_client_id
       WHERE m.id = $1 AND m.organization_id = $2 AND ($3::environment IS NULL OR a.environment = $3)
     ), page AS MATERIALIZED (
       SELECT * FROM key_lines l
       WHERE l.migration_id = (SELECT id FROM asked) ${state ? 'AND l.state = $6' : ''} ORDER BY l.number LIMIT $4 OFFSET $5
     ), lines AS (
       SELECT l.number, l.property_id AS "propertyId", l.name, l.state, l.reason, l.connection_id AS "connectionId", l.migrated_by AS "migratedBy",
         l.tries, l.next_try_at AS "nextTryAt", l.claimed_by AS "claimedBy", l.updated_at AS "updatedAt",
         k.id AS "oldKeyId", k.key_last4 AS "keyLast4", k.state AS "keyState"
       FROM page l CROSS JOIN LATERAL (SELECT * FROM old_keys WHERE id = l.old_key_id OFFSET 0) k
     )
     SELECT "organizationId", "apiClientId", total, lines.* FROM asked LEFT JOIN lines ON true ORDER BY lines.number`,
    values: [id, organizationId, environment ?? null, limit, offset, ...(state ? [state] : [])],
  })
  return rows
}

function toLineRow(row: Row): LineRow[] {
  return row.number === null ? [] : [{ ...row, oldKey: { id: row.oldKeyId, keyLast4: row.keyLast4, state: row.keyState } }]
}
