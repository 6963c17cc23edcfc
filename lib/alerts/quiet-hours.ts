import { offsetAt } from '../time/zone-instants'

export interface QuietHours {
  /** Minutes of the local day; null or equal to the other: never quiet. */
  readonly quietFrom: number | null
  readonly quietTo: number | null
  readonly timeZone: string
}

const MINUTE_MS = 60_000
const DAY_MINUTES = 1_440

/** Whether people are left in peace at this instant, by the clock of their zone; a night may pass midnight. */
export function isQuiet({ quietFrom, quietTo, timeZone }: QuietHours, at: Date): boolean {
  if (quietFrom === null || quietTo === null || quietFrom === quietTo) return false
  const offset = offsetAt(at.getTime(), timeZone)
  // A zone that the runtime no longer knows must not keep an alert back.
  if (offset === null) return false
  const minute = Math.floor((at.getTime() + offset) / MINUTE_MS) % DAY_MINUTES
  return quietFrom < quietTo ? minute >= quietFrom && minute < quietTo : minute >= quietFrom || minute < quietTo
}
