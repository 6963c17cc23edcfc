import 'server-only'
import { emailSchema } from '@/contracts/set-up'
import { db } from '../db'
import { getRuntime } from '../runtime'
import { adoptGroupRole } from './adopt-group-role'
import { roleOfGroups } from './role-of-groups'

/**
 * A user of ours with the e-mail that the provider has verified; nobody is made by signing in. Its domain has to be an
 * allowed one; and where groups give roles, who is in none of them is refused, and the others get theirs.
 */
export async function takeOidcUser(profile: unknown): Promise<{ id: string } | null> {
  const { KEYRACK_OIDC_DOMAINS: domains, KEYRACK_OIDC_ROLES: roles, KEYRACK_OIDC_GROUPS_CLAIM: claim } = getRuntime().env
  const claims = (profile ?? {}) as Readonly<Record<string, unknown>>
  const parsed = emailSchema.safeParse(claims['email'])
  if (!parsed.success || claims['email_verified'] !== true) return null
  const domain = parsed.data.slice(parsed.data.lastIndexOf('@') + 1)
  if (domains.length > 0 && !domains.includes(domain)) return null
  const user = await db().user.findFirst({ where: { email: parsed.data, disabledAt: null }, select: { id: true } })
  if (!user || roles.size === 0) return user
  const role = roleOfGroups(claims[claim], roles)
  if (!role) return null
  await adoptGroupRole(user.id, role)
  return user
}
