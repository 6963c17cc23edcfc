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

/** By a statement of our own: the page asks for hundreds of lines each second while thousands are worked on. */
async function readLines(id: string, { state, offset, limit }: Query): Promise<LineRow[]> {
  const { rows } = await getRuntime().pool.query<LineRow>(
    `SELECT l.number, l.property_id AS "propertyId", l.name, l.state, l.reason, l.connection_id AS "connectionId", l.migrated_by AS "migratedBy",
       l.tries, l.next_try_at AS "nextTryAt", l.claimed_by AS "claimedBy", l.updated_at AS "updatedAt",
       json_build_object('id', k.id, 'keyLast4', k.key_last4, 'state', k.state) AS "oldKey"
     FROM key_lines l JOIN old_keys k ON k.id = l.old_key_id
     WHERE l.migration_id = $1 AND ($2::key_line_state IS NULL OR l.state = $2)
     ORDER BY l.number LIMIT $3 OFFSET $4`,
    [id, state ?? null, limit, offset],
  )
  return rows
}
