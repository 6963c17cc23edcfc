import { isDuplicate, type KeyFault } from './key-fault'
import type { KeyFileLine } from './key-line-reader'

/** What is known of a property outside of the file. */
interface Told {
  readonly propertyId: string
  readonly verdict: string
}

export type KeyDryRunLine<T extends Told> = { readonly number: number } & (
  | { readonly verdict: 'duplicate' | 'malformed'; readonly fault: KeyFault }
  | { readonly verdict: T['verdict']; readonly line: KeyFileLine; readonly told: T }
  /** Nobody was asked about it yet. */
  | { readonly verdict: 'unchecked'; readonly line: KeyFileLine }
)

/** What would become of each line, before anything is sent. */
export function dryRunKeys<T extends Told>(lines: readonly (KeyFileLine | KeyFault)[], told: readonly T[]): KeyDryRunLine<T>[] {
  const known = new Map(told.map((each) => [each.propertyId, each]))
  return lines.map((line) => {
    const { number } = line
    if ('fault' in line) return { number, verdict: isDuplicate(line.fault) ? 'duplicate' : 'malformed', fault: line }
    const about = known.get(line.propertyId)
    return about ? { number, verdict: about.verdict, line, told: about } : { number, verdict: 'unchecked', line }
  })
}
