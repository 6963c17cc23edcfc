import 'server-only'
import type { Call, Campaign, Recipient } from '@/contracts/campaigns'
import { CAMPAIGN_LIVES, type CampaignLife } from '@/lib/campaigns/campaign-life'
import { parseLanguage } from '@/lib/links/languages'
import { ticketUrl } from '@/lib/links/ticket-url'
import { toContact } from '../connections/to-contact'
import { db } from '../db'
import type { Campaign as CampaignRow } from '../generated/prisma/client'
import { getLinkSettings } from '../links/link-settings'
import { getRuntime } from '../runtime'
import { findNames } from '../users/find-names'
import { countRecipients, type Progress } from './count-recipients'
import type { RecipientNow } from './recipients-now'

/** Campaigns of one organization with how far they are now. */
export async function toCampaigns(organizationId: string, rows: readonly CampaignRow[]): Promise<Campaign[]> {
  const ids = rows.map(({ id }) => id)
  const [people, settings, progress, leftOut] = await Promise.all([
    findNames(organizationId, rows.flatMap((row) => [row.createdByUserId, row.stoppedByUserId])),
    getLinkSettings({ organizationId }),
    countRecipients(ids, getRuntime().clock()),
    db().campaignRecipient.groupBy({ by: ['campaignId'], where: { campaignId: { in: ids }, leftOut: { not: null } }, _count: true }),
  ])
  return rows.flatMap((row) => {
    const now = progress.get(row.id)
    if (!now) return []
    const { id, name, reason, ticket, channel, fileTakenAt, createdAt, stoppedAt } = row
    return [{
      id, name, reason, ticket, channel,
      ticketUrl: ticketUrl(settings.ticketUrl, ticket),
      language: parseLanguage(row.language) ?? 'en',
      life: lifeOf(row),
      state: stateOf(row, now),
      total: now.total,
      counts: now.counts,
      leftOut: leftOut.find(({ campaignId }) => campaignId === id)?._count ?? 0,
      toCall: now.toCall,
      nextMailAt: now.nextMailAt?.toISOString() ?? null,
      fileTakenAt: fileTakenAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
      createdBy: people.get(row.createdByUserId) ?? null,
      stoppedAt: stoppedAt?.toISOString() ?? null,
      stoppedBy: (row.stoppedByUserId && people.get(row.stoppedByUserId)) ?? null,
    }]
  })
}

function stateOf({ stoppedAt }: CampaignRow, { mayMove }: Progress): Campaign['state'] {
  if (stoppedAt) return 'stopped'
  return mayMove ? 'running' : 'finished'
}

export function lifeOf({ life }: Pick<CampaignRow, 'life'>): CampaignLife {
  return CAMPAIGN_LIVES.find((known) => known === life) ?? '7d'
}

export function toRecipient(row: RecipientNow): Recipient {
  return {
    id: row.id,
    connection: connectionOf(row),
    contact: toContact(row),
    state: row.state,
    failure: row.failure,
    linkId: row.linkId,
    mails: row.mails,
    lastMailAt: row.lastMailAt?.toISOString() ?? null,
    nextMailAt: row.state === 'no_address' ? null : (row.nextMailAt?.toISOString() ?? null),
    mailFailure: row.mailFailure,
  }
}

export function toCall(row: RecipientNow): Call[] {
  const { id: recipientId, linkId, callReason: reason } = row
  return reason ? [{ recipientId, connection: connectionOf(row), contact: toContact(row), reason, linkId }] : []
}

function connectionOf({ connectionId: id, name, identity }: RecipientNow): Recipient['connection'] {
  return { id, name, upstreamId: identity.replace(/^[a-z]+:/, '') }
}
