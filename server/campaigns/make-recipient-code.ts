import 'server-only'
import type { ShownPhoneCode } from '@/contracts/links'
import { transaction } from '../database/transaction'
import { db } from '../db'
import { Prisma } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { endLinks } from '../links/end-links'
import { renewPhoneCode } from '../links/phone-code'
import { getRuntime } from '../runtime'
import { makeRecipientLinks } from './make-recipient-links'
import { readRecipients } from './read-recipients'
import { requireCampaign } from './require-campaign'

interface Place {
  readonly id: string
  readonly recipientId: string
}

/**
 * A phone code for somebody who is called. It opens their link while nobody has opened it; else a new link takes its place.
 *
 * @throws AppError `not_found`, `campaign_over`; `link_over` when they have consented meanwhile
 */
export async function makeRecipientCode(actor: Actor, { id, recipientId }: Place): Promise<{ linkId: string; phoneCode: ShownPhoneCode }> {
  const { viewer, context } = actor
  const { organizationId, userId } = viewer
  const campaign = await requireCampaign(viewer, id)
  const known = await db().campaignRecipient.count({ where: { id: recipientId, campaignId: id, organizationId, leftOut: null } })
  if (known === 0) throw new AppError('not_found')
  const now = getRuntime().clock()
  const linkId = await transaction(async (tx) => {
    // One after the other with the round that reminds them, and with a second agent.
    await tx.$queryRaw`SELECT id FROM campaign_recipients WHERE id = ${recipientId}::uuid FOR UPDATE`
    const { stoppedAt } = await tx.campaign.findUniqueOrThrow({ where: { id }, select: { stoppedAt: true } })
    if (stoppedAt) throw new AppError('campaign_over')
    const [recipient] = await readRecipients(tx, Prisma.sql`r.id = ${recipientId}::uuid`, now)
    if (!recipient || recipient.state === 'connected' || recipient.state === 'consented') throw new AppError('link_over')
    if (recipient.linkId && recipient.linkState === 'created' && recipient.linkExpiresAt && recipient.linkExpiresAt > now) return recipient.linkId
    const sender = { actor: { kind: 'user', id: userId } as const, context }
    await endLinks(tx, { organizationId, recipientIds: [recipientId], unopenedOnly: false, ...sender, now })
    const link = (await makeRecipientLinks(tx, { campaign, recipients: [recipient], sender })).get(recipientId)
    if (!link) throw new AppError('internal')
    return link.id
  })
  return { linkId, phoneCode: await renewPhoneCode(actor, linkId) }
}
