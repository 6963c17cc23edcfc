import { MOST_ENTRY_DAYS } from '@/contracts/address-lists'
import { endOfDay } from '../machine-keys/end-of-day'

/** `keep` is for an entry that has an end already, and leaves it. */
export const ENTRY_EXPIRIES = ['keep', 'never', '6h', '1d', '7d', 'date'] as const
export type EntryExpiry = (typeof ENTRY_EXPIRIES)[number]

/** As the form has it; `on` counts only when `expiry` says `date`. */
export type ExpiryValues = { readonly expiry: EntryExpiry; readonly on: string }

const HOURS = { '6h': 6, '1d': 24, '7d': 168 } as const
const DAY_MS = 24 * 60 * 60 * 1000

type Expires = { readonly inHours: 6 | 24 | 168 } | { readonly at: string } | null

/** When an entry removes itself, as the server takes it: null for never, undefined to leave it, `wrong` for a day that is past, too far away or none. */
export function readExpiry({ expiry, on }: ExpiryValues, nowMs: number): Expires | undefined | 'wrong' {
  if (expiry === 'keep') return undefined
  if (expiry === 'never') return null
  if (expiry !== 'date') return { inHours: HOURS[expiry] }
  const at = endOfDay(on, { nowMs, mostMs: MOST_ENTRY_DAYS * DAY_MS })
  return at === null ? 'wrong' : { at }
}
