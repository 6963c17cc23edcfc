import 'server-only'
import type { CampaignPage, CampaignQuery } from '@/contracts/campaigns'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { getRuntime } from '../runtime'
import { toCampaigns } from './to-dto'

const PAGE_SIZE = 25

/** One page of the organization's campaigns, the newest first. */
export async function listCampaigns({ organizationId }: Pick<Viewer, 'organizationId'>, { page }: CampaignQuery): Promise<CampaignPage> {
  const where = { organizationId }
  const [found, total] = await Promise.all([
    db().campaign.findMany({ where, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], skip: (page - 1) * PAGE_SIZE, take: PAGE_SIZE + 1 }),
    db().campaign.count({ where }),
  ])
  return {
    items: await toCampaigns(organizationId, found.slice(0, PAGE_SIZE)),
    page,
    hasNext: found.length > PAGE_SIZE,
    total,
    sendsMail: getRuntime().env.KEYRACK_SMTP_URL !== undefined,
  }
}
