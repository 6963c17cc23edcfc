import type { OddDateForm } from '../http/odd-dates'

/** What goes wrong. `when` says whether the request takes effect first (its answer is lost) or never does. */
export type FaultEffect =
  | { readonly kind: 'delay' }
  | { readonly kind: 'no-answer'; readonly when?: 'before' | 'after'; readonly holdMs?: number }
  | { readonly kind: 'reset'; readonly when?: 'before' | 'after' }
  | {
      readonly kind: 'status'
      readonly status: number
      readonly body?: string
      readonly bodyBase64?: string
      readonly contentType?: string
      readonly headers?: Readonly<Record<string, string>>
      readonly when?: 'before' | 'after'
    }
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
  | { readonly kind: 'truncate'; readonly keepBytes?: number }
  | { readonly kind: 'huge'; readonly bytes?: number }
  | { readonly kind: 'slow-body'; readonly bytesPerSecond?: number }
  | {
      readonly kind: 'override'
      readonly merge?: Readonly<Record<string, unknown>>
      readonly remove?: readonly string[]
      readonly replace?: unknown
      readonly raw?: string
      readonly rawBase64?: string
      readonly status?: number
      readonly contentType?: string
      readonly headers?: Readonly<Record<string, string>>
    }
  | { readonly kind: 'odd-date'; readonly form?: OddDateForm }
  | { readonly kind: 'duplicate-keys' }
  | { readonly kind: 'quota' }
  | { readonly kind: 'login-expired' }
  | { readonly kind: 'wrong-environment' }
  | { readonly kind: 'role-missing' }

/** Where and how often. `count` is 1 unless given, 0 means until removed; delays are in real milliseconds. */
export type FaultRule = {
  readonly endpoint: string
  readonly clientId?: string
  readonly count?: number
  readonly skip?: number
  readonly delayMs?: number
  readonly delayAfterMs?: number
} & FaultEffect

export type ActiveFault = { readonly id: number; readonly hits: number; readonly rule: FaultRule }

/** The rules in force, oldest first; the first that matches is played. */
export type FaultRules = {
  add(rule: FaultRule): ActiveFault
  remove(id: number): boolean
  clear(): void
  list(): ActiveFault[]
  /** finds and uses up the rule for a request; `clientIdOf` is asked only when a rule names an API client */
  take(endpoint: string, clientIdOf: () => string): ActiveFault | undefined
}

export function createFaultRules(): FaultRules {
  let lastId = 0
  let entries: { id: number; rule: FaultRule; seen: number; hits: number }[] = []
  const toActive = ({ id, rule, hits }: (typeof entries)[number]): ActiveFault => ({ id, hits, rule })

  return {
    add(rule) {
      lastId += 1
      const entry = { id: lastId, rule, seen: 0, hits: 0 }
      entries.push(entry)
      return toActive(entry)
    },
    remove(id) {
      const before = entries.length
      entries = entries.filter((entry) => entry.id !== id)
      return entries.length < before
    },
    clear: () => {
      entries = []
    },
    list: () => entries.map(toActive),
    take(endpoint, clientIdOf) {
      for (const entry of entries) {
        const { rule } = entry
        if (rule.endpoint !== '*' && rule.endpoint !== endpoint) continue
        if (rule.clientId !== undefined && rule.clientId !== clientIdOf()) continue
        entry.seen += 1
        if (entry.seen <= (rule.skip ?? 0)) continue
        entry.hits += 1
        const count = rule.count ?? 1
        if (count > 0 && entry.hits >= count) entries = entries.filter((each) => each !== entry)
        return toActive(entry)
      }
      return undefined
    },
  }
}
