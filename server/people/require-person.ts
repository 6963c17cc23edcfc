import 'server-only'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { AppError } from '../http/app-error'

/** @throws AppError `not_found`, whether they are nobody or no member. */
export async function requirePerson({ organizationId }: Pick<Viewer, 'organizationId'>, userId: string): Promise<void> {
  if ((await db().membership.count({ where: { organizationId, userId } })) === 0) throw new AppError('not_found')
}
