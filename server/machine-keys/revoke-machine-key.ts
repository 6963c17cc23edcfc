import 'server-only'
import type { MachineKeyDetail } from '@/contracts/machine-keys'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { getMachineKey } from './get-machine-key'

/**
 * Ends a key for good, within a second in every process. One that is revoked already stays as it is; a successor is not
 * touched.
 *
 * @throws AppError `not_found`
 */
export async function revokeMachineKey({ viewer, context }: Actor, id: string): Promise<MachineKeyDetail> {
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const revoked = await tx.machineKey.updateMany({
      where: { id, organizationId: viewer.organizationId, revokedAt: null },
      data: { revokedAt: now },
    })
    if (revoked.count === 0) return
    await recordAudit(tx, {
      action: 'machine_key.revoked',
      outcome: 'success',
      organizationId: viewer.organizationId,
      actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'machine_key', id },
      context,
      at: now,
    })
  })
  return getMachineKey(viewer, id)
}
