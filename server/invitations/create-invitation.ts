import 'server-only'
import type { z } from 'zod'
import type { createInvitation as endpoint } from '@/contracts/invitations'
import { pages } from '@/contracts/paths'
import { translator } from '@/messages/translator'
import { recordAudit } from '../audit/record-audit'
import { digest, randomToken } from '../crypto/digest'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { queueMail } from '../mail/queue-mail'
import { requireOwner } from '../people/require-owner'
import { getRuntime } from '../runtime'
import { requireFreshProof } from '../sign-in/require-fresh-proof'
import { openInvitations } from './open-invitations'
import { toInvitation } from './to-invitation'

const INVITATION_LIFE_MS = 3 * 24 * 60 * 60 * 1000

/**
 * Invites somebody by a link that works once, for three days: shown to the owner who asks, and sent by mail where mail is
 * set up. An earlier invitation of the same person ends.
 *
 * @throws AppError `already_member`, and what a fresh proof throws where an owner is to be made
 */
export async function createInvitation(
  actor: Actor,
  { email, asRole, password }: z.output<typeof endpoint.body>,
): Promise<z.input<typeof endpoint.output>> {
  const { viewer, context } = actor
  const { organizationId } = viewer
  const { clock, publicUrl, env } = getRuntime()
  if (asRole === 'owner') await requireFreshProof(actor, password)
  const now = clock()
  const token = randomToken()
  // Behind the mark: browsers send it to nobody, so that it is in no log.
  const link = `${publicUrl}${pages.join()}#${token}`
  const isMailed = env.KEYRACK_SMTP_URL !== undefined
  const row = await transaction(async (tx) => {
    await requireOwner(tx, viewer)
    const member = await tx.membership.findFirst({ where: { organizationId, user: { email } }, select: { userId: true } })
    if (member) throw new AppError('already_member')
    await tx.invitation.updateMany({ where: { organizationId, email, ...openInvitations(now) }, data: { revokedAt: now } })
    const invitation = await tx.invitation.create({
      data: {
        organizationId, email, role: asRole, tokenDigest: digest(token), createdByUserId: viewer.userId, createdAt: now,
        expiresAt: new Date(now.getTime() + INVITATION_LIFE_MS),
      },
    })
    await queueMail(tx, { organizationId, to: email, ...letter(actor, link), kind: 'invitation', aboutId: invitation.id })
    await recordAudit(tx, {
      action: 'invitation.created',
      outcome: 'success',
      organizationId,
      actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'invitation', id: invitation.id },
      detail: { role: asRole },
      context,
      at: now,
    })
    return invitation
  })
  return { link, invitation: toInvitation(row, new Map([[viewer.userId, viewer.name]])), isMailed }
}

function letter({ viewer }: Actor, link: string): { subject: string; text: string } {
  const t = translator('people')
  const names = { name: viewer.name, organization: viewer.organizationName }
  return { subject: t('mail.subject', names), text: t('mail.text', { ...names, link }) }
}
