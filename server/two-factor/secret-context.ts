import type { SealContext } from '../crypto/seal'
import type { TwoFactor } from '../generated/prisma/client'

/** A second factor belongs to a person, in whatever organization they are. */
export function secretContext({ userId, version }: Pick<TwoFactor, 'userId' | 'version'>): SealContext {
  return { table: 'two_factors', column: 'secret_sealed', organizationId: 'none', rowId: userId, version }
}
