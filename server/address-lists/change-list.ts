import 'server-only'
import type { RestrictionMode } from '@/contracts/key-restrictions'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import type { Transaction } from '../db'
import { AppError } from '../http/app-error'
import { findAddressesInUse } from '../machine-keys/find-addresses-in-use'
import { getRuntime } from '../runtime'
import { toDraft, type EntryDraft } from './entry-draft'
import { findNeeds, requireConfirmed, requireSound, UNCONFIRMED, type Confirmation } from './find-needs'
import type { ListActor } from './list-actor'
import { actionOf, type ListHolder } from './list-holder'
import { lockList, type HeldList } from './read-list'
import { sweepList } from './sweep-expired'

export interface Change {
  readonly holder: ListHolder
  readonly confirmation?: Confirmation
  /** When the change was made up against this one, and must not meet another. */
  readonly revision?: number
  /** The whole list as it is to be, made of the whole list as it is. May throw. */
  readonly edit: (entries: readonly EntryDraft[], now: Date) => readonly EntryDraft[]
}

/**
 * Changes the entries of a list, all of them at once and one change after the other. Whatever is dangerous about it is
 * found by comparing the whole list before and after, so that no way of changing it goes around the guard.
 *
 * @throws AppError `not_found`, `conflict` when the revision is another one, `whitelist_duplicate`, `whitelist_full`,
 * `whitelist_left_empty`, `whitelist_too_wide`, `whitelist_locks_out`.
 */
export async function changeList(who: ListActor, { holder, confirmation = UNCONFIRMED, revision, edit }: Change): Promise<void> {
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const list = await lockList(tx, who.organizationId, holder)
    if (revision !== undefined && revision !== list.revision) throw new AppError('conflict')
    const before = list.entries.map(toDraft)
    const after = edit(before, now)
    requireSound(after)
    const needs = findNeeds({ mode: list.mode, entries: before }, { mode: list.mode, entries: after }, await inUse(tx, who, { ...holder, mode: list.mode }))
    requireConfirmed(needs, confirmation, who)
    await sweepList(tx, { list, holder, now })
    const detail = await write(tx, { who, list, before, after, now })
    if (detail === null) return
    await tx.addressList.update({ where: { id: list.id }, data: { revision: { increment: 1 } } })
    await recordAudit(tx, {
      action: actionOf(holder, 'changed'), outcome: 'success', organizationId: who.organizationId, actor: who.audit,
      target: holder, detail: { ...detail, revision: list.revision + 1 }, context: who.context, at: now,
    })
  })
}

/** Whose loss a change warns about; nobody's while the list lets everybody in. */
export async function inUse(
  tx: Pick<Transaction, '$queryRaw'>,
  who: ListActor,
  { kind, id, mode }: ListHolder & { readonly mode: RestrictionMode },
): Promise<readonly string[]> {
  if (kind === 'api_client' || mode !== 'enforced') return []
  return [...new Set([...(await findAddressesInUse({ organizationId: who.organizationId, keyId: id }, tx)), who.context.address])]
}

interface Writing {
  readonly who: ListActor
  readonly list: HeldList
  readonly before: readonly EntryDraft[]
  readonly after: readonly EntryDraft[]
  readonly now: Date
}

/** Writes the difference. @returns what the audit log tells of it; null when there is none */
async function write(tx: Transaction, { who, list, before, after, now }: Writing) {
  const { organizationId, userId } = who
  const kept = new Set(idsOf(after))
  const removed = before.filter(({ id }) => id !== null && !kept.has(id))
  const old = new Map(before.map((entry) => [entry.id, entry]))
  const changed = after.filter((entry) => entry.id !== null && isOther(entry, old.get(entry.id)))
  const added = after.flatMap((entry, position) => (entry.id === null ? [{ ...entry, position }] : []))
  const order = after.flatMap(({ id }, position) => (id === null ? [] : [{ id, position }]))
  const stayed = before.filter(({ id }) => id !== null && kept.has(id))
  const isReordered = order.some(({ id }, index) => stayed[index]?.id !== id)
  if (removed.length + changed.length + added.length === 0 && !isReordered) return null
  await tx.addressEntry.deleteMany({ where: { listId: list.id, id: { in: idsOf(removed) } } })
  for (const { id, block, comment, owner, expiresAt } of changed) {
    await tx.addressEntry.updateMany({ where: { id: id ?? '', listId: list.id }, data: { block, comment, owner, expiresAt } })
  }
  await tx.$executeRaw`UPDATE address_entries e SET position = o.position FROM unnest(${order.map(({ id }) => id)}::uuid[],
    ${order.map(({ position }) => position)}::int[]) AS o (id, position) WHERE e.id = o.id AND e.list_id = ${list.id}::uuid`
  await tx.addressEntry.createMany({
    data: added.map(({ block, comment, owner, expiresAt, position }) => ({
      organizationId, listId: list.id, block, comment, owner, expiresAt, position, createdAt: now, createdByUserId: userId,
    })),
  })
  return {
    added: added.map(toldOf), removed: removed.map(toldOf), reordered: isReordered,
    changed: changed.map((entry) => ({ from: toldOf(old.get(entry.id) ?? entry), to: toldOf(entry) })),
  }
}

const idsOf = (entries: readonly EntryDraft[]) => entries.flatMap(({ id }) => (id === null ? [] : [id]))

const isOther = (entry: EntryDraft, old: EntryDraft | undefined) => JSON.stringify(toldOf(entry)) !== JSON.stringify(old && toldOf(old))

const toldOf = ({ block, comment, owner, expiresAt }: EntryDraft) => ({ block, comment, owner, expiresAt: expiresAt?.toISOString() ?? null })
