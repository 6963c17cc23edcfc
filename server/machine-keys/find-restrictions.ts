import 'server-only'
import type { RestrictionMode } from '@/contracts/key-restrictions'
import { db } from '../db'
import { getRuntime } from '../runtime'

export interface KeyAddresses {
  readonly mode: RestrictionMode
  /** Canonical, in their order, without those that expired. */
  readonly blocks: readonly string[]
}

const NONE: KeyAddresses = { mode: 'off', blocks: [] }

/** The restrictions of keys, by key: one that was never restricted has `off`. */
export async function findRestrictions(organizationId: string, keyIds: readonly string[]): Promise<(keyId: string) => KeyAddresses> {
  const lists = await db().addressList.findMany({
    where: { organizationId, machineKeyId: { in: [...keyIds] } },
    select: {
      machineKeyId: true, mode: true,
      entries: { where: { OR: [{ expiresAt: null }, { expiresAt: { gt: getRuntime().clock() } }] }, select: { block: true }, orderBy: { position: 'asc' } },
    },
  })
  const byKey = new Map(lists.map(({ machineKeyId, mode, entries }) => [machineKeyId, { mode, blocks: entries.map(({ block }) => block) }]))
  return (keyId) => byKey.get(keyId) ?? NONE
}
