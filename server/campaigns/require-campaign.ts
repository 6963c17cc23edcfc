import 'server-only'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import type { Campaign } from '../generated/prisma/client'
import { AppError } from '../http/app-error'

/** @throws AppError `not_found`, whether it is not there or not theirs. */
export async function requireCampaign({ organizationId }: Pick<Viewer, 'organizationId'>, id: string): Promise<Campaign> {
  const row = await db().campaign.findFirst({ where: { id, organizationId } })
  if (!row) throw new AppError('not_found')
  return row
}
