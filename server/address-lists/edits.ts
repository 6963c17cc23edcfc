import type { z } from 'zod'
import { MOST_ENTRY_DAYS, type addEntryInput, type changeEntryInput } from '@/contracts/address-lists'
import { AppError } from '../http/app-error'
import type { Change } from './change-list'
import type { EntryDraft } from './entry-draft'
import type { ListActor } from './list-actor'
import { proposeMerge } from './propose-merge'

type Edit = Change['edit']
type Expiry = z.output<typeof addEntryInput>['expires']

const HOUR_MS = 60 * 60_000

/** At the end of the list. */
export function addingEntry({ name }: Pick<ListActor, 'name'>, { block, comment, owner, expires }: z.output<typeof addEntryInput>): Edit {
  return (entries, now) => [...entries, { id: null, block, comment, owner: owner ?? name, expiresAt: expiryOf(expires, now) }]
}

/** @throws AppError `not_found` when it is not there, or expired meanwhile */
export function changingEntry(entryId: string, { block, comment, owner, expires }: z.output<typeof changeEntryInput>): Edit {
  return (entries, now) => {
    requireAll(entries, [entryId])
    return entries.map((entry) => {
      if (entry.id !== entryId) return entry
      const expiresAt = expires === undefined ? entry.expiresAt : expiryOf(expires, now)
      return { ...entry, block: block ?? entry.block, comment: comment ?? entry.comment, owner: owner ?? entry.owner, expiresAt }
    })
  }
}

/** @throws AppError `not_found` when one of them is not there */
export function removingEntries(entryIds: readonly string[]): Edit {
  return (entries) => {
    requireAll(entries, entryIds)
    return entries.filter(({ id }) => id === null || !entryIds.includes(id))
  }
}

/** @throws AppError `conflict` when these are not exactly the entries of the list */
export function ordering(entryIds: readonly string[]): Edit {
  return (entries) => {
    const byId = new Map(entries.map((entry) => [entry.id, entry]))
    const ordered = entryIds.flatMap((id) => byId.get(id) ?? [])
    if (ordered.length !== entries.length || new Set(entryIds).size !== entries.length) throw new AppError('conflict')
    return ordered
  }
}

/** The same addresses in fewer networks; each keeps the comments of what it replaces. @throws AppError `conflict` when there is nothing to merge */
export const merging: Edit = (entries) => {
  const proposal = proposeMerge(entries)
  if (!proposal) throw new AppError('conflict')
  return proposal.flatMap(({ block, places }) => {
    const replaced = places.flatMap((place) => entries.slice(place, place + 1))
    // The one that lasts longest lends its end: the others of this network end with it, or are covered by it.
    const [lasting] = replaced.toSorted((a, b) => (b.expiresAt?.getTime() ?? Infinity) - (a.expiresAt?.getTime() ?? Infinity))
    if (!lasting) return []
    const same = replaced.find((entry) => entry.block === block && entry.expiresAt?.getTime() === lasting.expiresAt?.getTime()) ?? lasting
    return [{ ...same, block, comment: joined(replaced.map(({ comment }) => comment)), owner: joined(replaced.map(({ owner }) => owner)) }]
  })
}

export function expiryOf(expires: Expiry, now: Date): Date | null {
  if (expires === null) return null
  const at = 'inHours' in expires ? new Date(now.getTime() + expires.inHours * HOUR_MS) : new Date(expires.at)
  if (at > now && at.getTime() <= now.getTime() + MOST_ENTRY_DAYS * 24 * HOUR_MS) return at
  throw new AppError('invalid_input', { issues: [{ path: 'expires.at', message: 'is an instant within the next year' }] })
}

function requireAll(entries: readonly EntryDraft[], entryIds: readonly string[]): void {
  const known = new Set(entries.map(({ id }) => id))
  if (!entryIds.every((id) => known.has(id))) throw new AppError('not_found')
}

const MOST_CHARACTERS = 200

function joined(texts: readonly string[]): string {
  const text = [...new Set(texts)].join('; ')
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
