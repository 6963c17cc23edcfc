import 'server-only'
import type { OpenedInvitation } from '@/contracts/invitations'
import { digest } from '../crypto/digest'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { RequestContext } from '../http/request-context'
import { getRuntime } from '../runtime'
import { countAddress } from '../sign-in/throttle'
import { openInvitations } from './open-invitations'

/**
 * What an invitation offers. Unknown, used, withdrawn and old links are told apart for nobody.
 *
 * @throws AppError `invitation_invalid`, `too_many_attempts`
 */
export async function openInvitation(token: string, context: RequestContext): Promise<OpenedInvitation> {
  await countAddress(context.address)
  const invitation = await db().invitation.findFirst({ where: { tokenDigest: digest(token), ...openInvitations(getRuntime().clock()) } })
  if (!invitation) throw new AppError('invitation_invalid')
  const [organization, user] = await Promise.all([
    db().organization.findUniqueOrThrow({ where: { id: invitation.organizationId }, select: { name: true } }),
    db().user.findUnique({ where: { email: invitation.email }, select: { id: true } }),
  ])
  return {
    organizationName: organization.name, email: invitation.email, role: invitation.role, hasAccount: user !== null,
    asksPassword: getRuntime().env.KEYRACK_PASSWORDS === 'on',
  }
}
