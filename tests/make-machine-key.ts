import { randomBytes } from 'node:crypto'
import type { Environment } from '@/contracts/api-clients'
import type { RestrictionMode } from '@/contracts/key-restrictions'
import { MACHINE_SCOPES, type MachineScope } from '@/contracts/machine-scopes'
import { formatMachineKey } from '@/lib/machine-key'
import { digest } from '@/server/crypto/digest'
import { db } from '@/server/db'
import type { Actor } from '@/server/http/define-handler'
import { getRuntime } from '@/server/runtime'

interface Wishes {
  readonly environment?: Environment
  readonly scopes?: readonly MachineScope[]
  readonly properties?: readonly string[]
  readonly addresses?: readonly string[]
  /** How they are used; enforced unless said. */
  readonly mode?: RestrictionMode
  readonly expiresAt?: Date
  readonly revokedAt?: Date
}

export interface TestMachineKey {
  readonly id: string
  readonly text: string
  /** As an `Authorization` header has it. */
  readonly header: string
}

/** A machine key of the actor's organization, made by data: with every scope and no restriction, unless wished otherwise. */
export async function makeMachineKey({ viewer }: Actor, wishes: Wishes = {}): Promise<TestMachineKey> {
  const { environment = 'SANDBOX', scopes = MACHINE_SCOPES, properties = [], addresses, mode = 'enforced', expiresAt = null, revokedAt = null } = wishes
  const text = formatMachineKey(environment, randomBytes(32))
  const { id } = await db().machineKey.create({
    data: {
      organizationId: viewer.organizationId, name: 'Back end', environment, digest: digest(text), last4: text.slice(-4),
      scopes: [...scopes], properties: [...properties],
      ...(addresses ? { addressList: { create: { organizationId: viewer.organizationId, mode, entries: { createMany: { data: entriesOf(addresses, viewer) } } } } } : {}),
      createdByUserId: viewer.userId, createdAt: getRuntime().clock(), expiresAt, revokedAt,
    },
  })
  return { id, text, header: `Bearer ${text}` }
}

function entriesOf(addresses: readonly string[], { organizationId, userId }: Actor['viewer']) {
  const createdAt = getRuntime().clock()
  return addresses.map((block, position) => ({ organizationId, position, block, comment: 'Back end', owner: 'Owner', createdAt, createdByUserId: userId }))
}
