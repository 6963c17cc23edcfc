import 'server-only'
import type { KeyMigration } from '@/contracts/key-migrations'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { visibleTo } from '../imports/get-import'
import type { ImportActor } from '../imports/import-actor'
import { PARTS, toDtos } from './to-dto'

export type Onlooker = Pick<ImportActor, 'organizationId' | 'environment'>

/** A migration of the organization, and of the caller's environment. @throws AppError `not_found` */
export async function getKeyMigration(who: Onlooker, id: string): Promise<KeyMigration> {
  const row = await db().keyMigration.findFirst({ where: { id, ...visibleTo(who) }, include: PARTS })
  const [dto] = row ? await toDtos([row]) : []
  if (!dto) throw new AppError('not_found')
  return dto
}
