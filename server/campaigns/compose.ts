import 'server-only'
import { OPERATOR_ASKED } from '@/lib/connection-status'
import type { Transaction } from '../db'
import type { Campaign } from '../generated/prisma/client'
import { composeMessage } from '../links/compose-messages'
import { languageOf } from './make-recipient-links'
import type { RecipientNow } from './recipients-now'

interface Shown {
  readonly url: string
  readonly expiresAt: Date
  readonly isReminder: boolean
  /** Name of the organization. */
  readonly organization: string
}

/** The ready message to a recipient, in their language. */
export function composeFor(recipient: RecipientNow, campaign: Campaign, { url, organization, ...shown }: Shown): { subject: string; text: string } {
  const { name, identity, contactName: recipientName, connectionState, connectionCause } = recipient
  const { reason, ticket } = campaign
  return composeMessage(languageOf(recipient, campaign), {
    ...shown, reason, ticket, recipientName,
    connection: { name, upstreamId: identity.replace(/^[a-z]+:/, '') },
    isOurWish: connectionState === 'connected' || connectionCause === OPERATOR_ASKED,
  }, { url, organization })
}

export async function organizationName(tx: Pick<Transaction, 'organization'>, id: string): Promise<string> {
  return (await tx.organization.findUniqueOrThrow({ where: { id }, select: { name: true } })).name
}
