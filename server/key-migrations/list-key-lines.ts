import 'server-only'
import type { z } from 'zod'
import type { KeyLine, keyLinesQuery } from '@/contracts/key-migrations'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { visibleTo } from '../imports/get-import'
import { getRuntime } from '../runtime'
import type { Onlooker } from './get-key-migration'
import { toLines, type LineRow } from './to-line'

type Query = z.output<typeof keyLinesQuery>

/** Lines of a migration by their number: all, or those of one state. @throws AppError `not_found` */
export async function listKeyLines(who: Onlooker, id: string, { state, offset, limit }: Query): Promise<{ items: KeyLine[]; total: number }> {
  const [migration, rows, total] = await Promise.all([
    db().keyMigration.findFirst({ where: { id, ...visibleTo(who) }, select: { organizationId: true, apiClientId: true } }),
    readLines(id, { state, offset, limit }),
    db().keyLine.count({ where: { migrationId: id, ...(state ? { state } : {}) } }),
  ])
  if (!migration) throw new AppError('not_found')
  return { items: await toLines(migration, rows), total }
}

/**
 * By a statement of our own: the page asks for hundreds of lines each second while thousands are worked on. The lines are
 * chosen first, and each looks up its key (what `OFFSET 0` makes sure of): joined, all keys of the organization were read.
 */
async function readLines(id: string, { state, offset, limit }: Query): Promise<LineRow[]> {
  const { rows } = await getRuntime().pool.query<Omit<LineRow, 'oldKey'> & { oldKeyId: string; keyLast4: string; keyState: LineRow['oldKey']['state'] }>(
    `WITH page AS MATERIALIZED (
       SELECT * FROM key_lines l WHERE l.migration_id = $1 ${state ? 'AND l.state = $4' : ''} ORDER BY l.number LIMIT $2 OFFSET $3
     )
     SELECT l.number, l.property_id AS "propertyId", l.name, l.state, l.reason, l.connection_id AS "connectionId", l.migrated_by AS "migratedBy",
       l.tries, l.next_try_at AS "nextTryAt", l.claimed_by AS "claimedBy", l.updated_at AS "updatedAt",
       k.id AS "oldKeyId", k.key_last4 AS "keyLast4", k.state AS "keyState"
     FROM page l CROSS JOIN LATERAL (SELECT * FROM old_keys WHERE id = l.old_key_id OFFSET 0) k ORDER BY l.number`,
    [id, limit, offset, ...(state ? [state] : [])],
  )
  return rows.map(({ oldKeyId, keyLast4, keyState, ...line }) => ({ ...line, oldKey: { id: oldKeyId, keyLast4, state: keyState } }))
}
