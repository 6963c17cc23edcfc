import 'server-only'
import type { z } from 'zod'
import type { setUpInput } from '@/contracts/set-up'
import { isGuessable } from '@/lib/password-strength'
import { recordAudit } from '../audit/record-audit'
import { hashPassword } from '../auth/password'
import { digest } from '../crypto/digest'
import { normaliseReadableCode } from '../crypto/readable-code'
import { transaction } from '../database/transaction'
import type { Transaction } from '../db'
import { AppError } from '../http/app-error'
import type { RequestContext } from '../http/request-context'
import { getRuntime } from '../runtime'
import { countAddress } from '../sign-in/throttle'
import { registerSandboxClient } from '../sandbox-client/register-sandbox-client'
import { isSetUpOpen } from './set-up-code'

/**
 * Makes the owner and the organization, once: however many posts arrive at the same moment, one wins, because all
 * codes are consumed in the transaction that makes the user.
 *
 * @throws AppError `set_up_closed`, `set_up_code_wrong`, `password_too_weak`, `too_many_attempts`
 */
export async function completeSetUp(input: z.output<typeof setUpInput>, context: RequestContext): Promise<{ email: string }> {
  if (!(await isSetUpOpen())) throw new AppError('set_up_closed')
  await countAddress(context.address)
  if (isGuessable(input.password, [input.name, input.email, input.organizationName])) throw new AppError('password_too_weak')
  const passwordHash = await hashPassword(input.password)
  const organizationId = await transaction(async (tx) => {
    await consumeCodes(tx, digest(normaliseReadableCode(input.code)))
    return makeOwner(tx, { input, passwordHash, context })
  })
  await registerSandboxClient(organizationId)
  return { email: input.email }
}

/** Locks and deletes every code; who comes second finds none. */
async function consumeCodes(tx: Transaction, typed: string): Promise<void> {
  const codes = await tx.$queryRaw<{ digest: string }[]>`SELECT digest FROM set_up_codes FOR UPDATE`
  if (codes.length === 0) throw new AppError('set_up_closed')
  if (!codes.some((code) => code.digest === typed)) throw new AppError('set_up_code_wrong')
  await tx.setUpCode.deleteMany()
}

async function makeOwner(
  tx: Transaction,
  { input, passwordHash, context }: { input: z.output<typeof setUpInput>; passwordHash: string; context: RequestContext },
): Promise<string> {
  const organization = await tx.organization.create({ data: { name: input.organizationName } })
  const user = await tx.user.create({ data: { email: input.email, name: input.name, passwordHash } })
  await tx.membership.create({ data: { organizationId: organization.id, userId: user.id, role: 'owner' } })
  await recordAudit(tx, {
    action: 'organization.created',
    outcome: 'success',
    organizationId: organization.id,
    actor: { kind: 'user', id: user.id },
    target: { kind: 'organization', id: organization.id },
    context,
    at: getRuntime().clock(),
  })
  return organization.id
}
