import 'server-only'
import type { Transaction } from '../db'

interface Whose {
  readonly organizationId: string
  readonly userId: string
  readonly now: Date
}

/** Revokes the personal keys of somebody who may have none any more; gives back their ids. Effective within a second everywhere. */
export async function endPersonalKeys(tx: Transaction, { organizationId, userId, now }: Whose): Promise<string[]> {
  const revoked = await tx.machineKey.updateManyAndReturn({
    where: { organizationId, createdByUserId: userId, isPersonal: true, revokedAt: null },
    data: { revokedAt: now },
    select: { id: true },
  })
  return revoked.map(({ id }) => id)
}
