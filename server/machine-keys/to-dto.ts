import type { MachineKeySummary } from '@/contracts/machine-keys'
import { MACHINE_SCOPES } from '@/contracts/machine-scopes'
import { isMachineKeyUnused, machineKeyState } from '@/lib/machine-key-state'
import type { Viewer } from '../auth/viewer'
import type { MachineKey } from '../generated/prisma/client'
import type { KeyAddresses } from './find-restrictions'

/** The columns that the browser may see something of; the digest is not among them. */
export const MACHINE_KEY_COLUMNS = {
  id: true, name: true, environment: true, last4: true, scopes: true, properties: true, createdByUserId: true,
  isPersonal: true, rotateBy: true, createdAt: true, expiresAt: true, revokedAt: true, replacedById: true,
  lastUsedAt: true, lastUsedAddress: true, lastUsedUserAgent: true, lastUsedRoute: true,
} as const

export type MachineKeyRow = Pick<MachineKey, keyof typeof MACHINE_KEY_COLUMNS>

interface Seen {
  /** Names of members, by id. */
  readonly people: ReadonlyMap<string, string>
  readonly restriction: (keyId: string) => KeyAddresses
  readonly viewer: Pick<Viewer, 'userId'>
  readonly now: Date
}

export function toSummary(row: MachineKeyRow, { people, restriction, viewer, now }: Seen): MachineKeySummary {
  const { mode, blocks } = restriction(row.id)
  return {
    id: row.id,
    name: row.name,
    environment: row.environment,
    last4: row.last4,
    state: machineKeyState(row, now),
    scopes: MACHINE_SCOPES.filter((scope) => row.scopes.includes(scope)),
    properties: row.properties,
    restriction: mode,
    addresses: [...blocks],
    createdAt: row.createdAt.toISOString(),
    createdBy: people.get(row.createdByUserId) ?? null,
    belongsTo: row.isPersonal ? (row.createdByUserId === viewer.userId ? 'you' : 'person') : 'organization',
    rotateBy: row.rotateBy?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    lastUse: row.lastUsedAt && {
      at: row.lastUsedAt.toISOString(),
      address: row.lastUsedAddress ?? '',
      userAgent: row.lastUsedUserAgent ?? '',
      route: row.lastUsedRoute ?? '',
    },
    isUnused: isMachineKeyUnused(row, now),
    replacedById: row.replacedById,
  }
}
