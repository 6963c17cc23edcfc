import 'server-only'
import { RECOVERY_CODES } from '@/contracts/two-factor'
import { recordAudit } from '../audit/record-audit'
import { digest } from '../crypto/digest'
import { makeReadableCode, normaliseReadableCode } from '../crypto/readable-code'
import { transaction } from '../database/transaction'
import type { Transaction } from '../db'
import type { RequestContext } from '../http/request-context'
import { getRuntime } from '../runtime'
import { firstOrganizationOf } from '../users/first-organization-of'

/** Makes new recovery codes, which end the old ones. They are shown once; digests are stored. */
export async function replaceRecoveryCodes(tx: Transaction, userId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, makeReadableCode)
  await tx.recoveryCode.deleteMany({ where: { userId } })
  await tx.recoveryCode.createMany({ data: codes.map((code) => ({ userId, digest: digestOf(userId, code) })) })
  return codes
}

/** Takes a recovery code, once. */
export async function takeRecoveryCode(userId: string, typed: string, context: RequestContext): Promise<boolean> {
  const now = getRuntime().clock()
  return transaction(async (tx) => {
    const where = { userId, digest: digestOf(userId, typed), usedAt: null }
    const taken = await tx.recoveryCode.updateMany({ where, data: { usedAt: now } })
    if (taken.count === 0) return false
    await recordAudit(tx, {
      action: 'two_factor.recovery_code_used',
      outcome: 'success',
      organizationId: await firstOrganizationOf(tx, userId),
      actor: { kind: 'user', id: userId },
      target: { kind: 'user', id: userId },
      context,
      at: now,
    })
    return true
  })
}

function digestOf(userId: string, code: string): string {
  return digest(`recovery code ${userId} ${normaliseReadableCode(code)}`)
}
