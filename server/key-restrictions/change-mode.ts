import 'server-only'
import type { KeyRestriction, RestrictionMode } from '@/contracts/key-restrictions'
import { findNeeds, requireConfirmed, type Confirmation } from '../address-lists/find-needs'
import { personAt } from '../address-lists/list-actor'
import { lockList } from '../address-lists/read-list'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import type { Actor } from '../http/define-handler'
import { findAddressesInUse } from '../machine-keys/find-addresses-in-use'
import { getRuntime } from '../runtime'
import { getKeyRestriction } from './get-key-restriction'

interface Wish {
  readonly mode: RestrictionMode
  readonly confirmation: Confirmation
}

/**
 * Turns a restriction on, off or to reporting. Enforcing warns of every address that the key is used from and that the
 * list has not; an empty list is enforced too, and lets nobody in.
 *
 * @throws AppError `not_found`, `whitelist_locks_out`, `whitelist_left_empty`
 */
export async function changeMode(actor: Actor, keyId: string, { mode, confirmation }: Wish): Promise<KeyRestriction> {
  const who = personAt(actor)
  const { organizationId } = who
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const list = await lockList(tx, organizationId, { kind: 'machine_key', id: keyId })
    if (list.mode === mode) return
    const { entries } = list
    const needs = findNeeds({ mode: list.mode, entries }, { mode, entries }, await findAddressesInUse({ organizationId, keyId }, tx))
    requireConfirmed({ ...needs, empty: mode === 'enforced' && entries.length === 0 }, confirmation, who)
    await tx.addressList.update({ where: { id: list.id }, data: { mode, modeSince: now, revision: { increment: 1 } } })
    await recordAudit(tx, {
      action: 'key_restriction.mode_changed', outcome: 'success', organizationId, actor: who.audit, target: { kind: 'machine_key', id: keyId },
      detail: { from: list.mode, to: mode, lockedOut: [...needs.lockOut] }, context: who.context, at: now,
    })
  })
  return getKeyRestriction(who, keyId)
}
