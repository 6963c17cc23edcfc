import 'server-only'
import type { CampaignDetail } from '@/contracts/campaigns'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { toLeftOut } from './choose-connections'
import { requireCampaign } from './require-campaign'
import { toCampaigns } from './to-dto'

/** A campaign of the viewer's organization, how far it is, and whom it left out. @throws AppError `not_found` */
export async function getCampaign(viewer: Pick<Viewer, 'organizationId'>, id: string): Promise<CampaignDetail> {
  const { organizationId } = viewer
  const [campaign] = await toCampaigns(organizationId, [await requireCampaign(viewer, id)])
  if (!campaign) throw new AppError('not_found')
  const rows = await db().campaignRecipient.findMany({
    where: { campaignId: id, organizationId, leftOut: { not: null } },
    orderBy: [{ connection: { name: 'asc' } }, { id: 'asc' }],
    select: { leftOut: true, leftOutCause: true, connection: { select: { id: true, name: true, identity: true } } },
  })
  return { ...campaign, leftOutConnections: rows.map(({ connection, leftOut, leftOutCause }) => toLeftOut({ connection, reason: leftOut ?? '', cause: leftOutCause })) }
}
