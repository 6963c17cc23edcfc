import 'server-only'
import type { OrganizationDetail } from '@/contracts/organizations'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'

/** The organization that this session is in. */
export async function getOrganization({ organizationId }: Pick<Viewer, 'organizationId'>): Promise<OrganizationDetail> {
  const [organization, withoutTwoFactor] = await Promise.all([
    db().organization.findUniqueOrThrow({ where: { id: organizationId } }),
    db().membership.count({
      where: { organizationId, user: { passwordHash: { not: null }, OR: [{ twoFactor: null }, { twoFactor: { confirmedAt: null } }] } },
    }),
  ])
  const { id, name, createdAt, requiresTwoFactor } = organization
  return { id, name, createdAt: createdAt.toISOString(), requiresTwoFactor, withoutTwoFactor }
}
