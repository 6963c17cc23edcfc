import 'server-only'
import type { z } from 'zod'
import type { listImportLines as endpoint, ImportLineDto } from '@/contracts/imports'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { ImportActor } from './import-actor'
import { visibleTo } from './get-import'
import { LINE_COLUMNS, toLine } from './to-dto'

type Query = z.output<(typeof endpoint)['query']>

/** Lines of an import by their number: all, or those of one state. @throws AppError `not_found` */
export async function listImportLines(
  who: Pick<ImportActor, 'organizationId' | 'environment'>,
  id: string,
  { state, offset, limit }: Query,
): Promise<{ items: ImportLineDto[]; total: number }> {
  const visible = await db().connectionImport.count({ where: { id, ...visibleTo(who) } })
  if (visible === 0) throw new AppError('not_found')
  const where = { importId: id, ...(state ? { state } : {}) }
  const [rows, total] = await Promise.all([
    db().importLine.findMany({ where, orderBy: { number: 'asc' }, skip: offset, take: limit, select: LINE_COLUMNS }),
    db().importLine.count({ where }),
  ])
  return { items: rows.map(toLine), total }
}
