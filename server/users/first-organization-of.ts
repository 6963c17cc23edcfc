import type { Transaction } from '../db'

/** Whose audit log tells what a person did before a session says where they are: the organization that they would sign in to. */
export async function firstOrganizationOf(tx: Pick<Transaction, 'membership'>, userId: string): Promise<string | null> {
  const membership = await tx.membership.findFirst({
    where: { userId },
    orderBy: [{ chosenAt: { sort: 'desc', nulls: 'last' } }, { createdAt: 'asc' }],
    select: { organizationId: true },
  })
  return membership?.organizationId ?? null
}
