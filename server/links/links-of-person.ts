import 'server-only'
import { FINAL_STATES } from '@/lib/links/link-state'
import { db, type Transaction } from '../db'

interface Whose {
  readonly organizationId: string
  readonly userId: string
  readonly now: Date
}

const living = ({ organizationId, userId, now }: Whose) => ({
  organizationId, createdByUserId: userId, state: { notIn: [...FINAL_STATES] }, expiresAt: { gt: now },
})

/** How many links of somebody's could still be used. */
export function countLinksOf(whose: Whose): Promise<number> {
  return db().link.count({ where: living(whose) })
}

/** Ends every link that somebody who leaves has made, whoever has it open; gives back how many. */
export async function revokeLinksOf(tx: Transaction, whose: Whose): Promise<number> {
  const revoked = await tx.link.updateMany({ where: living(whose), data: { state: 'revoked', endedAt: whose.now, codeFingerprint: null } })
  return revoked.count
}
