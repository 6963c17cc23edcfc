import { ROLES, type Role } from '@/contracts/permissions'

/** The widest role that any of somebody's groups gives; null when none does. A provider may send one group as a text. */
export function roleOfGroups(claim: unknown, roles: ReadonlyMap<string, Role>): Role | null {
  const groups = Array.isArray(claim) ? claim : [claim]
  const given = groups.flatMap((group) => (typeof group === 'string' ? (roles.get(group) ?? []) : []))
  return ROLES.find((role) => given.includes(role)) ?? null
}
