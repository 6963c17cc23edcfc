import 'server-only'
import { toCsv } from '@/lib/text/to-csv'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { visibleTo } from '../imports/get-import'
import type { Onlooker } from './get-key-migration'
import { LINE_COLUMNS, toLines } from './to-line'

const COLUMNS = ['line', 'property', 'name', 'state', 'reason', 'next_action', 'connection', 'old_key_ends_with', 'old_key', 'changed_at']

/** All lines of a migration as CSV; no secret is in it. @throws AppError `not_found` */
export async function reportKeyMigration(who: Onlooker, id: string): Promise<{ fileName: string; csv: string }> {
  const migration = await db().keyMigration.findFirst({
    where: { id, ...visibleTo(who) },
    select: { organizationId: true, apiClientId: true, name: true, createdAt: true },
  })
  if (!migration) throw new AppError('not_found')
  const rows = await db().keyLine.findMany({ where: { migrationId: id }, orderBy: { number: 'asc' }, select: LINE_COLUMNS })
  const lines = await toLines(migration, rows)
  const csv = toCsv([
    COLUMNS,
    ...lines.map((line) => [
      line.number, line.propertyId, line.name, line.state, line.reason, line.nextAction, line.connectionId, line.keyLast4, line.oldKeyState, line.at,
    ]),
  ])
  return { fileName: `migration-${migration.createdAt.toISOString().slice(0, 10)}-${id.slice(-6)}.csv`, csv }
}
