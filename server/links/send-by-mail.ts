import 'server-only'
import type { MadeLink } from '@/contracts/links'
import { OPERATOR_ASKED } from '@/lib/connection-status'
import type { Viewer } from '../auth/viewer'
import type { Transaction } from '../db'
import { AppError } from '../http/app-error'
import { getRuntime } from '../runtime'
import { composeMessage } from './compose-messages'
import { mailLink } from './mail-link'
import type { FreshLink, LinkWish } from './make-links'

interface Posting {
  readonly viewer: Pick<Viewer, 'organizationId' | 'organizationName'>
  readonly wish: LinkWish
  readonly connection: { readonly name: string; readonly identity: string; readonly cause: string | null } | null
}

/** Mails a fresh link to whom it is for, in their language. */
export async function sendByMail(tx: Transaction, link: FreshLink, { viewer, wish, connection }: Posting): Promise<void> {
  const { organizationId, organizationName: organization } = viewer
  const { recipientEmail: to, recipientName = null, reason = null, ticket = null } = wish
  if (to === undefined) throw new AppError('internal')
  const isOurWish = connection?.cause === OPERATOR_ASKED
  const facts = { recipientName, reason, ticket, isOurWish, expiresAt: link.expiresAt, connection: connection && { name: connection.name, upstreamId: connection.identity.replace(/^[a-z]+:/, '') } }
  const { subject, text } = composeMessage(wish.language, facts, { url: link.url, organization })
  await mailLink(tx, { organizationId, linkId: link.id, to, subject, text, kind: 'link' })
}

/** @throws AppError `invalid_input` when a mail is wanted and it is not said to whom. */
export function requireAddress({ send, recipientEmail }: { readonly send?: 'mail' | undefined; readonly recipientEmail?: string | undefined }): void {
  if (send === 'mail' && recipientEmail === undefined) {
    throw new AppError('invalid_input', { issues: [{ path: 'recipientEmail', message: 'is needed for a mail' }] })
  }
}

/** What the sender is told of the mail. */
export function mailedTo({ send, recipientEmail }: { readonly send?: 'mail' | undefined; readonly recipientEmail?: string | undefined }): MadeLink['mailed'] {
  if (send !== 'mail' || recipientEmail === undefined) return null
  return { to: recipientEmail, goesOut: getRuntime().env.KEYRACK_SMTP_URL !== undefined }
}
