import 'server-only'
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { CampaignDetail, CampaignCheck, CampaignSelection, startCampaign as endpoint } from '@/contracts/campaigns'
import type { Viewer } from '../auth/viewer'
import { recordAudit } from '../audit/record-audit'
import { LONG_TIMEOUT_MS, transaction } from '../database/transaction'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { chooseConnections } from './choose-connections'
import { getCampaign } from './get-campaign'

type Body = z.output<typeof endpoint.body>

/** Whom a campaign would ask, and whom not. @throws AppError `not_found`, `campaign_too_large` */
export async function checkCampaign(viewer: Pick<Viewer, 'organizationId'>, selection: CampaignSelection): Promise<CampaignCheck> {
  const { clock, env } = getRuntime()
  const { asked, leftOut } = await chooseConnections(db(), viewer, { selection, now: clock() })
  return {
    chosen: asked.length + leftOut.length,
    total: asked.length,
    withoutAddress: asked.filter(({ contactEmail }) => contactEmail === null).length,
    leftOut: [...leftOut],
    sendsMail: env.KEYRACK_SMTP_URL !== undefined,
  }
}

/**
 * Begins a campaign: whom it asks and whom it leaves out is written down at once, mails go out by themselves. Two that are
 * begun at once do not ask the same hotelier.
 *
 * @throws AppError `not_found`, `campaign_too_large`, `campaign_empty`
 */
export async function startCampaign({ viewer, context }: Actor, { selection, ...wish }: Body): Promise<CampaignDetail> {
  const { organizationId, userId } = viewer
  const { name, reason = null, ticket = null, language, life, channel } = wish
  const [id, now] = [randomUUID(), getRuntime().clock()]
  await transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`campaign ${organizationId}`}, 0))`
    const { asked, leftOut } = await chooseConnections(tx, viewer, { selection, now })
    if (asked.length === 0) throw new AppError('campaign_empty')
    await tx.campaign.create({ data: { id, organizationId, name, reason, ticket, language, life, channel, createdByUserId: userId, createdAt: now } })
    const place = { organizationId, campaignId: id }
    await tx.campaignRecipient.createMany({
      data: [
        ...asked.map(({ id: connectionId }) => ({ ...place, connectionId, nextMailAt: channel === 'mail' ? now : null })),
        ...leftOut.map(({ connection, reason: why, cause }) => ({ ...place, connectionId: connection.id, leftOut: why, leftOutCause: cause })),
      ],
    })
    await recordAudit(tx, {
      action: 'campaign.started', outcome: 'success', organizationId, actor: { kind: 'user', id: userId }, target: { kind: 'campaign', id },
      detail: { name, channel, ticket, life, recipients: asked.length, leftOut: leftOut.length, selection: summaryOf(selection) }, context, at: now,
    })
  }, { timeout: LONG_TIMEOUT_MS })
  return getCampaign(viewer, id)
}

/** How they were chosen, without a list of hundreds of ids. */
function summaryOf(selection: CampaignSelection) {
  return 'connectionIds' in selection ? { ids: selection.connectionIds.length } : { filter: { ...selection.filter } }
}
