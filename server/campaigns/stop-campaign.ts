import 'server-only'
import type { CampaignDetail } from '@/contracts/campaigns'
import { recordAudit } from '../audit/record-audit'
import { LONG_TIMEOUT_MS, transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { endLinks } from '../links/end-links'
import { findLinkMails } from '../links/find-link-mails'
import { withdrawMails } from '../mail/withdraw-mails'
import { getRuntime } from '../runtime'
import { getCampaign } from './get-campaign'
import { requireCampaign } from './require-campaign'

/**
 * Ends a campaign: no mail goes out any more, and links that nobody opened are revoked. Its recipients are locked first: a mail
 * that is being written for one of them is committed before, and withdrawn here.
 *
 * @throws AppError `not_found`, `campaign_over`
 */
export async function stopCampaign({ viewer, context }: Actor, id: string): Promise<CampaignDetail> {
  const { organizationId, userId } = viewer
  await requireCampaign(viewer, id)
  const now = getRuntime().clock()
  const actor = { kind: 'user', id: userId } as const
  await transaction(async (tx) => {
    const stopped = await tx.campaign.updateMany({ where: { id, organizationId, stoppedAt: null }, data: { stoppedAt: now, stoppedByUserId: userId } })
    if (stopped.count === 0) throw new AppError('campaign_over')
    const recipients = await tx.campaignRecipient.updateManyAndReturn({ where: { campaignId: id, organizationId, leftOut: null }, data: { nextMailAt: null }, select: { id: true } })
    const recipientIds = recipients.map((recipient) => recipient.id)
    await withdrawMails(tx, { organizationId, ids: await findLinkMails(tx, { organizationId, recipientIds }), now })
    const ended = await endLinks(tx, { organizationId, recipientIds, unopenedOnly: true, actor, context, now })
    await recordAudit(tx, {
      action: 'campaign.stopped', outcome: 'success', organizationId, actor, target: { kind: 'campaign', id }, detail: { linksEnded: ended }, context, at: now,
    })
  }, { timeout: LONG_TIMEOUT_MS })
  return getCampaign(viewer, id)
}
