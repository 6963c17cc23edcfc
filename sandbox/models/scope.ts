import type { Scope } from './truth-event'

/** Whether two grants are for the same network, or for the same lodgings. */
export function sameScope(one: Scope, other: Scope): boolean {
  if ('network' in one || 'network' in other) return 'network' in one && 'network' in other && one.network === other.network
  return one.accommodations.length === other.accommodations.length && one.accommodations.every((id) => other.accommodations.includes(id))
}
