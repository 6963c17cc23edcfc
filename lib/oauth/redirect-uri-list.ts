import { explainNearMiss, type NearMissDifference } from './explain-near-miss'

/** What somebody wants changed in a list that others change too: never a whole list. */
export interface RedirectUriChange {
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

export interface RedirectUriDiff {
  /** Only in the first list. */
  readonly added: readonly string[]
  /** Only in the second. */
  readonly removed: readonly string[]
  readonly kept: readonly string[]
}

/** What stands in `wanted` and not in `live`, the reverse, and what both have. Compared letter by letter. */
export function diffRedirectUris(wanted: readonly string[], live: readonly string[]): RedirectUriDiff {
  return {
    added: wanted.filter((uri) => !live.includes(uri)),
    removed: live.filter((uri) => !wanted.includes(uri)),
    kept: live.filter((uri) => wanted.includes(uri)),
  }
}

/**
 * The list after a change: what others have put there stays, in its order, and what is new comes last (contract, "API
 * configuration": the whole list is replaced).
 */
export function applyChange(live: readonly string[], { add, remove }: RedirectUriChange): string[] {
  const kept = live.filter((uri) => !remove.includes(uri))
  return [...new Set([...kept, ...add])]
}

/** Whether a list read after a change misses something of it: an address that should be there, or one that should not. */
export function isChangeLost(seen: readonly string[], expected: readonly string[], { remove }: RedirectUriChange): boolean {
  return expected.some((uri) => !seen.includes(uri)) || remove.some((uri) => seen.includes(uri) && !expected.includes(uri))
}

/** What has to be typed before a change: nothing for additions, one phrase for a removal, another when nothing is left. */
export type Confirmation = 'none' | 'remove' | 'remove_all'

export function confirmationFor(live: readonly string[], change: RedirectUriChange): Confirmation {
  const isRemoving = live.some((uri) => change.remove.includes(uri) && !change.add.includes(uri))
  if (!isRemoving) return 'none'
  return applyChange(live, change).length === 0 ? 'remove_all' : 'remove'
}

const LOOK_ALIKES: readonly NearMissDifference[] = [
  'whitespace', 'trailing_slash', 'scheme', 'host_case', 'www', 'port', 'path_case', 'percent_encoding',
]

/** Another address of the list that a person could mistake this one for; Octorate takes them as two. */
export function findLookAlike(uri: string, others: readonly string[]): { uri: string; difference: NearMissDifference } | null {
  for (const other of others) {
    const match = other === uri ? null : explainNearMiss(uri, [other])
    if (match && !match.matches && LOOK_ALIKES.includes(match.difference)) return { uri: other, difference: match.difference }
  }
  return null
}
