import 'server-only'
import { recordAudit } from '../audit/record-audit'
import { requireKeys } from '../crypto/require-keys'
import { seal } from '../crypto/seal'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { requireFreshProof } from '../sign-in/require-fresh-proof'
import { secretContext } from './secret-context'
import { makeTotpSecret, totpUri } from './totp'

/**
 * Makes a secret for an authenticator app, shown in this answer alone. It asks for nothing until a code has confirmed it;
 * beginning again makes another.
 *
 * @throws AppError `two_factor_is_on`, and what a fresh proof throws
 */
export async function beginTwoFactor(actor: Actor, password: string): Promise<{ secret: string; uri: string }> {
  const { viewer, context } = actor
  await requireFreshProof(actor, password)
  const { userId } = viewer
  const now = getRuntime().clock()
  const secret = makeTotpSecret()
  await transaction(async (tx) => {
    const known = await tx.twoFactor.findUnique({ where: { userId }, select: { version: true, confirmedAt: true } })
    if (known?.confirmedAt) throw new AppError('two_factor_is_on')
    const version = (known?.version ?? 0) + 1
    const made = { version, secretSealed: seal(requireKeys(), secretContext({ userId, version }), secret), createdAt: now }
    await tx.twoFactor.upsert({ where: { userId }, create: { userId, ...made }, update: { ...made, lastStep: 0 } })
    await recordAudit(tx, {
      action: 'two_factor.begun',
      outcome: 'success',
      organizationId: viewer.organizationId,
      actor: { kind: 'user', id: userId },
      target: { kind: 'user', id: userId },
      context,
      at: now,
    })
  })
  return { secret, uri: totpUri(secret, viewer.email) }
}
