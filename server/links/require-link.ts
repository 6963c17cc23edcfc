import 'server-only'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { AppError } from '../http/app-error'

/** @throws AppError `not_found`, whether it is not there or not theirs. */
export async function requireLink({ organizationId }: Pick<Viewer, 'organizationId'>, id: string): Promise<void> {
  if ((await db().link.count({ where: { id, organizationId } })) === 0) throw new AppError('not_found')
}
