import 'server-only'
import { parseLanguage, type HotelierLanguage } from '@/lib/links/languages'
import type { AuditActor } from '../audit/record-audit'
import type { Transaction } from '../db'
import type { Campaign } from '../generated/prisma/client'
import type { RequestContext } from '../http/request-context'
import { makeLinks, type FreshLink } from '../links/make-links'
import type { RecipientNow } from './recipients-now'
import { lifeOf } from './to-dto'

interface Sender {
  readonly actor: AuditActor
  readonly context?: RequestContext
}

interface Asking {
  readonly campaign: Campaign
  readonly recipients: readonly RecipientNow[]
  readonly sender: Sender
}

/** A new link for each recipient, in their own language, by the recipient's id. */
export async function makeRecipientLinks(tx: Transaction, { campaign, recipients, sender }: Asking): Promise<ReadonlyMap<string, FreshLink>> {
  if (recipients.length === 0) return new Map()
  const connections = await tx.connection.findMany({ where: { id: { in: recipients.map(({ connectionId }) => connectionId) } }, select: { id: true, apiClientId: true } })
  const apiClients = new Map(connections.map(({ id, apiClientId }) => [id, apiClientId]))
  const links = await makeLinks(tx, {
    targets: recipients.map((recipient) => ({
      organizationId: campaign.organizationId,
      apiClientId: apiClients.get(recipient.connectionId) ?? '',
      connectionId: recipient.connectionId,
      propertyId: null,
      recipientId: recipient.id,
      wish: {
        recipientName: recipient.contactName ?? undefined,
        recipientEmail: recipient.contactEmail ?? undefined,
        language: languageOf(recipient, campaign),
      },
    })),
    wish: {
      language: parseLanguage(campaign.language) ?? 'en', reason: campaign.reason ?? undefined, ticket: campaign.ticket ?? undefined, life: lifeOf(campaign),
    },
    sender,
  })
  return new Map(links.map((link) => [link.recipientId ?? '', link]))
}

/** The contact's own language wins. */
export function languageOf({ contactLanguage }: RecipientNow, { language }: Campaign): HotelierLanguage {
  return parseLanguage(contactLanguage) ?? parseLanguage(language) ?? 'en'
}
