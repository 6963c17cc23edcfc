import type { HandOutEntry } from './ledger'

/** One row of the ledger to be: hand-outs of a minute by the same key, of the same connection, from the same address. */
export interface LedgerRow {
  readonly keyId: string
  readonly connectionId: string
  readonly address: string
  /** When the minute began. */
  readonly minute: string
  readonly organizationId: string
  readonly count: number
}

const MINUTE_MS = 60_000
/** The minute that was asked for last, which is the same for thousands of calls. */
let latest = { ms: Number.NaN, text: '' }

/** The rows of these hand-outs, sorted by the key of the table, so that groups of several processes take their locks in one order. */
export function countByRow(entries: readonly HandOutEntry[]): LedgerRow[] {
  const rows = new Map<string, LedgerRow & { count: number }>()
  for (const entry of entries) {
    const { caller, context } = entry.actor
    const minute = minuteOf(entry)
    const name = `${originOf(entry)} ${minute}`
    const known = rows.get(name)
    if (known) known.count += 1
    else rows.set(name, { keyId: caller.keyId, connectionId: entry.connectionId, address: context.address, minute, organizationId: caller.organizationId, count: 1 })
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

/** Who got the token of which connection from where. */
export function originOf({ actor: { caller, context }, connectionId }: HandOutEntry): string {
  return `${caller.keyId} ${connectionId} ${context.address}`
}

/** The beginning of the minute in which it happened. */
export function minuteOf({ at }: HandOutEntry): string {
  const ms = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS
  if (ms !== latest.ms) latest = { ms, text: new Date(ms).toISOString() }
  return latest.text
}
