import 'server-only'
import type { z } from 'zod'
import type { acceptInvitation as endpoint } from '@/contracts/invitations'
import { isGuessable } from '@/lib/password-strength'
import { recordAudit } from '../audit/record-audit'
import { hashPassword } from '../auth/password'
import { digest } from '../crypto/digest'
import { transaction } from '../database/transaction'
import type { Transaction } from '../db'
import { AppError } from '../http/app-error'
import type { RequestContext } from '../http/request-context'
import { getRuntime } from '../runtime'
import { openInvitation } from './open-invitation'
import { openInvitations } from './open-invitations'

/**
 * Takes an invitation, once, however many take it at the same moment. Who has an account becomes a member with it, and
 * signs in as always: the link alone opens nothing of theirs, and no password is changed by it.
 *
 * @throws AppError `invitation_invalid`, `password_too_weak`, `too_many_attempts`; `conflict` when the account was made or
 * is missing meanwhile, or passwords are asked for, or not, by now.
 */
export async function acceptInvitation(
  { token, account }: z.output<typeof endpoint.body>,
  context: RequestContext,
): Promise<{ email: string }> {
  const { email, organizationName, asksPassword } = await openInvitation(token, context)
  const password = account?.password ?? null
  if (account && asksPassword !== (password !== null)) throw new AppError('conflict')
  if (account && password !== null && isGuessable(password, [account.name, email, organizationName])) throw new AppError('password_too_weak')
  const made = account && { name: account.name, passwordHash: password === null ? null : await hashPassword(password) }
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const [invitation] = await tx.invitation.updateManyAndReturn({
      where: { tokenDigest: digest(token), ...openInvitations(now) },
      data: { acceptedAt: now },
    })
    if (!invitation) throw new AppError('invitation_invalid')
    const { organizationId, role } = invitation
    const userId = await accountOf(tx, email, made)
    const joined = await tx.membership.createMany({ data: { organizationId, userId, role, createdAt: now, chosenAt: now }, skipDuplicates: true })
    await recordAudit(tx, {
      action: 'invitation.accepted',
      outcome: 'success',
      organizationId,
      actor: { kind: 'user', id: userId },
      target: { kind: 'invitation', id: invitation.id },
      detail: { role, isNewAccount: made !== null, hasJoined: joined.count === 1 },
      context,
      at: now,
    })
  })
  return { email }
}

async function accountOf(tx: Transaction, email: string, made: { name: string; passwordHash: string | null } | null): Promise<string> {
  const user = await tx.user.findUnique({ where: { email }, select: { id: true, disabledAt: true } })
  if (user?.disabledAt) throw new AppError('invitation_invalid')
  if ((user === null) !== (made !== null)) throw new AppError('conflict')
  return user?.id ?? (await tx.user.create({ data: { email, name: made?.name ?? '', passwordHash: made?.passwordHash ?? null } })).id
}
