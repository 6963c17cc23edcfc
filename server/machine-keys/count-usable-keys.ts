import 'server-only'
import { db } from '../db'
import type { Environment } from '../generated/prisma/client'
import { getRuntime } from '../runtime'
import { usableKeys, type WhichKeys } from './usable-keys'

/** How many machine keys of an organization work in an environment now. */
export function countUsableKeys(organizationId: string, environment: Environment): Promise<number> {
  const now = getRuntime().clock()
  return db().machineKey.count({
    where: { organizationId, environment, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
  })
}

/** Those that were made before an instant and are let in still. */
export function countKeysBefore(which: WhichKeys): Promise<number> {
  return db().machineKey.count({ where: usableKeys(which, getRuntime().clock()) })
}
