import type { Prisma } from '../generated/prisma/client'

export interface WhichKeys {
  readonly organizationId: string
  readonly onlySandbox: boolean
  /** Only those made before. */
  readonly madeBefore?: Date
}

/** Keys that are let in at this instant. */
export function usableKeys({ organizationId, onlySandbox, madeBefore }: WhichKeys, now: Date): Prisma.MachineKeyWhereInput {
  return {
    organizationId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
    ...(onlySandbox ? { environment: 'SANDBOX' } : {}),
    ...(madeBefore ? { createdAt: { lt: madeBefore } } : {}),
  }
}
