import 'server-only'
import { open } from '../crypto/seal'
import { requireKeys } from '../crypto/require-keys'
import { db, type Transaction } from '../db'
import type { TwoFactor } from '../generated/prisma/client'
import { getRuntime } from '../runtime'
import { secretContext } from './secret-context'
import { stepOfCode } from './totp'

/**
 * Takes a code of the authenticator app, once: of any that are sent at the same moment one is taken, and none of a step
 * that is over.
 */
export async function takeCode(
  factor: Pick<TwoFactor, 'userId' | 'version' | 'secretSealed'>,
  typed: string,
  tx: Pick<Transaction, 'twoFactor'> = db(),
): Promise<boolean> {
  const secret = open(requireKeys(), secretContext(factor), factor.secretSealed)
  const step = stepOfCode(secret, typed, getRuntime().clock())
  if (step === null) return false
  const { userId, version } = factor
  const taken = await tx.twoFactor.updateMany({ where: { userId, version, lastStep: { lt: step } }, data: { lastStep: step } })
  return taken.count === 1
}
