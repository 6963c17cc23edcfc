import 'server-only'
import type { OrganizationChoice } from '@/contracts/organizations'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'

/** The organizations that a person can go over to, by name. */
export async function listChoices({ userId, organizationId }: Viewer): Promise<OrganizationChoice[]> {
  const memberships = await db().membership.findMany({
    where: { userId },
    include: { organization: { select: { name: true } } },
    orderBy: [{ organization: { name: 'asc' } }, { organizationId: 'asc' }],
  })
  return memberships.map((membership) => ({
    id: membership.organizationId,
    name: membership.organization.name,
    role: membership.role,
    isCurrent: membership.organizationId === organizationId,
  }))
}
