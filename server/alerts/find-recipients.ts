import 'server-only'
import type { Transaction } from '../db'
import type { AlertSettings } from '../generated/prisma/client'

/** Addresses that get an organization's alerts: those of its people in the chosen roles, and others, each once. */
export async function findRecipients(
  tx: Pick<Transaction, 'membership'>,
  { organizationId, roles, addresses }: Pick<AlertSettings, 'organizationId' | 'roles' | 'addresses'>,
): Promise<string[]> {
  const members = await tx.membership.findMany({
    where: { organizationId, role: { in: roles }, user: { disabledAt: null } },
    select: { user: { select: { email: true } } },
  })
  return [...new Set([...members.map(({ user }) => user.email), ...addresses])].sort()
}
