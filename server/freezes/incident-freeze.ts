import 'server-only'
import type { Freeze } from '@/contracts/freezes'
import type { Transaction } from '../db'
import type { Actor } from '../http/define-handler'
import { writeLift } from './lift-freeze'
import { listFreezes } from './list-freezes'
import { writeFreeze } from './place-freeze'

/** Stops every hand-out of an organization, or in a drill of Octorate's test mode. */
export async function freezeOrganization(tx: Transaction, actor: Actor, { onlySandbox, reason }: { onlySandbox: boolean; reason: string }): Promise<void> {
  await writeFreeze(tx, actor, { targetKind: 'organization', targetId: actor.viewer.organizationId, onlySandbox, reason })
}

/** The same backwards. What was frozen by itself, a connection or an API client, stays so. */
export async function thawOrganization(tx: Transaction, actor: Actor, { onlySandbox, reason }: { onlySandbox: boolean; reason: string }): Promise<void> {
  const { organizationId } = actor.viewer
  const row = await tx.freeze.findFirst({ where: { organizationId, targetId: organizationId, onlySandbox, liftedAt: null } })
  if (row) await writeLift(tx, actor, { row, reason })
}

export async function isOrganizationFrozen(tx: Transaction, { organizationId, onlySandbox }: { organizationId: string; onlySandbox: boolean }): Promise<boolean> {
  return (await tx.freeze.count({ where: { organizationId, targetId: organizationId, onlySandbox, liftedAt: null } })) > 0
}

export async function findOrganizationFreeze({ organizationId }: Actor['viewer'], onlySandbox: boolean): Promise<Freeze | null> {
  const { items } = await listFreezes({ organizationId })
  return items.find((freeze) => freeze.target.kind === 'organization' && freeze.onlySandbox === onlySandbox) ?? null
}
