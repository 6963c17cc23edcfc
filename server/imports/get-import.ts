import 'server-only'
import type { ImportDetail } from '@/contracts/imports'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { IMPORT_PARTS, toDetails } from './to-dto'
import type { ImportActor } from './import-actor'

/** An import of the organization, and of the caller's environment. @throws AppError `not_found` */
export async function getImport(who: Pick<ImportActor, 'organizationId' | 'environment'>, id: string): Promise<ImportDetail> {
  const row = await db().connectionImport.findFirst({ where: { id, ...visibleTo(who) }, include: IMPORT_PARTS })
  if (!row) throw new AppError('not_found')
  const [detail] = await toDetails([row])
  if (!detail) throw new AppError('not_found')
  return detail
}

/** For the query that acts. */
export function visibleTo({ organizationId, environment }: Pick<ImportActor, 'organizationId' | 'environment'>) {
  return { organizationId, ...(environment ? { apiClient: { environment } } : {}) }
}
