import 'server-only'
import { pages } from '@/contracts/paths'
import { emailSchema } from '@/contracts/set-up'
import { recordAudit } from '../audit/record-audit'
import { digest, randomToken } from '../crypto/digest'
import { transaction } from '../database/transaction'
import { db } from '../db'
import { getRuntime } from '../runtime'

const RECOVERY_LIFE_MS = 30 * 60 * 1000

interface Wish {
  readonly email: string
  /** Needed only for somebody who belongs to several. */
  readonly organizationId?: string | undefined
  readonly resetsTwoFactor: boolean
}

/**
 * Makes the one-time link by which a member becomes an owner with a new password, for whoever runs the server. It works
 * for thirty minutes; an earlier one of the same person ends.
 *
 * @throws Error with a sentence for whoever asked
 */
export async function issueRecovery({ email, organizationId, resetsTwoFactor }: Wish): Promise<{ link: string; organizationName: string }> {
  const { clock, publicUrl } = getRuntime()
  const parsed = emailSchema.safeParse(email)
  const user = parsed.success ? await db().user.findUnique({ where: { email: parsed.data }, include: { memberships: { include: { organization: true } } } }) : null
  if (!user) throw new Error('Nobody has an account with that e-mail.')
  if (user.disabledAt) throw new Error('That account is disabled.')
  const memberships = user.memberships.filter((each) => !organizationId || each.organizationId === organizationId)
  const [membership] = memberships
  if (!membership) throw new Error('That person is no member of the organization; an owner of it can invite them.')
  if (memberships.length > 1) {
    const choices = memberships.map((each) => `  --organization ${each.organizationId}   ${each.organization.name}`)
    throw new Error(`That person belongs to several organizations; say which one:\n${choices.join('\n')}`)
  }
  const now = clock()
  const token = randomToken()
  await transaction(async (tx) => {
    await tx.ownerRecovery.updateMany({ where: { userId: user.id, usedAt: null }, data: { usedAt: now } })
    const recovery = await tx.ownerRecovery.create({
      data: {
        organizationId: membership.organizationId, userId: user.id, tokenDigest: digest(token), resetsTwoFactor, createdAt: now,
        expiresAt: new Date(now.getTime() + RECOVERY_LIFE_MS),
      },
    })
    await recordAudit(tx, {
      action: 'owner.recovery_issued',
      outcome: 'success',
      organizationId: membership.organizationId,
      actor: { kind: 'system' },
      target: { kind: 'user', id: user.id },
      detail: { recoveryId: recovery.id, resetsTwoFactor },
      at: now,
    })
  })
  return { link: `${publicUrl}${pages.recover()}#${token}`, organizationName: membership.organization.name }
}
