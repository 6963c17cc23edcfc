import 'server-only'
import { recordAudits } from '../audit/record-audit'
import type { Transaction } from '../db'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { usableKeys, type WhichKeys } from './usable-keys'

/**
 * Ends every key that is let in, for good, within a second in every process; each leaves its own event.
 *
 * @returns how many
 */
export async function revokeAllKeys(tx: Transaction, { viewer, context }: Actor, which: Omit<WhichKeys, 'organizationId'>): Promise<number> {
  const { organizationId, userId } = viewer
  const now = getRuntime().clock()
  const revoked = await tx.machineKey.updateManyAndReturn({
    where: usableKeys({ ...which, organizationId }, now),
    data: { revokedAt: now },
    select: { id: true },
  })
  await recordAudits(
    tx,
    revoked.map(({ id }) => ({
      action: 'machine_key.revoked', outcome: 'success', organizationId, actor: { kind: 'user', id: userId },
      target: { kind: 'machine_key', id }, context, at: now,
    })),
  )
  return revoked.length
}
