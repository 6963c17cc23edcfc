import 'server-only'
import { toCsv } from '@/lib/text/to-csv'
import { recordAudit } from '../audit/record-audit'
import { LONG_TIMEOUT_MS, transaction } from '../database/transaction'
import { Prisma } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { composeFor } from './compose'
import { fileNameOf } from './file-name'
import { languageOf, makeRecipientLinks } from './make-recipient-links'
import { readRecipients } from './read-recipients'
import { requireCampaign } from './require-campaign'

const COLUMNS = ['name', 'email', 'phone', 'language', 'property', 'property_id', 'link', 'valid_until', 'subject', 'message']

/**
 * The file of a campaign without our mail: a link and a ready message for each recipient. The links are made with the file and
 * are shown in it alone, so it is there once.
 *
 * @throws AppError `not_found`; `bad_request` for a campaign by mail; `campaign_over`, `campaign_file_taken`
 */
export async function takeCampaignFile({ viewer, context }: Actor, id: string): Promise<{ fileName: string; text: string }> {
  const { organizationId, userId, organizationName: organization } = viewer
  const campaign = await requireCampaign(viewer, id)
  if (campaign.channel !== 'csv') throw new AppError('bad_request')
  const now = getRuntime().clock()
  const actor = { kind: 'user', id: userId } as const
  const { recipients, links } = await transaction(async (tx) => {
    const taken = await tx.campaign.updateMany({ where: { id, organizationId, stoppedAt: null, fileTakenAt: null }, data: { fileTakenAt: now } })
    if (taken.count === 0) throw new AppError(campaign.stoppedAt ? 'campaign_over' : 'campaign_file_taken')
    const all = await readRecipients(tx, Prisma.sql`r.campaign_id = ${id}::uuid`, now)
    const recipients = all.filter(({ state }) => state === 'waiting')
    const links = await makeRecipientLinks(tx, { campaign, recipients, sender: { actor, context } })
    await recordAudit(tx, {
      action: 'campaign.file_taken', outcome: 'success', organizationId, actor, target: { kind: 'campaign', id }, detail: { links: links.size }, context, at: now,
    })
    return { recipients, links }
  }, { timeout: LONG_TIMEOUT_MS })
  const rows = recipients.flatMap((recipient) => {
    const link = links.get(recipient.id)
    if (!link) return []
    const { url, expiresAt } = link
    const { subject, text } = composeFor(recipient, campaign, { url, expiresAt, organization, isReminder: false })
    const { contactName, contactEmail, contactPhone, name, identity } = recipient
    const propertyId = identity.replace(/^[a-z]+:/, '')
    return [[contactName, contactEmail, contactPhone, languageOf(recipient, campaign), name, propertyId, url, expiresAt.toISOString(), subject, text]]
  })
  return { fileName: fileNameOf(campaign, 'links'), text: toCsv([COLUMNS, ...rows]) }
}
