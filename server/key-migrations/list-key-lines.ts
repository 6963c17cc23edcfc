import 'server-only'
import type { z } from 'zod'
import type { KeyLine, keyLinesQuery } from '@/contracts/key-migrations'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { visibleTo } from '../imports/get-import'
import type { Onlooker } from './get-key-migration'
import { toLines, LINE_COLUMNS } from './to-line'

type Query = z.output<typeof keyLinesQuery>

/** Lines of a migration by their number: all, or those of one state. @throws AppError `not_found` */
export async function listKeyLines(who: Onlooker, id: string, { state, offset, limit }: Query): Promise<{ items: KeyLine[]; total: number }> {
  const migration = await db().keyMigration.findFirst({ where: { id, ...visibleTo(who) }, select: { organizationId: true, apiClientId: true } })
  if (!migration) throw new AppError('not_found')
  const where = { migrationId: id, ...(state ? { state } : {}) }
  const [rows, total] = await Promise.all([
    db().keyLine.findMany({ where, orderBy: { number: 'asc' }, skip: offset, take: limit, select: LINE_COLUMNS }),
    db().keyLine.count({ where }),
  ])
  return { items: await toLines(migration, rows), total }
}
