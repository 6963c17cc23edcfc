import 'server-only'
import { db } from '../db'

/** Names of members of one organization, by user id; who is no member of it is absent. */
export async function findNames(
  organizationId: string,
  userIds: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(userIds.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const users = await db().user.findMany({
    where: { id: { in: wanted }, memberships: { some: { organizationId } } },
    select: { id: true, name: true },
  })
  return new Map(users.map((user) => [user.id, user.name]))
}
