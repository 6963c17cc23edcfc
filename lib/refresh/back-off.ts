const BASE_MS = 1_000
export const BACK_OFF_CAP_MS = 5 * 60_000
/** What does not pass by itself within seconds is not asked again before this. */
const PATIENT_FLOOR_MS = 30_000
const RETRY_AFTER_CAP_MS = 60 * 60_000
/** Between a first refusal of the grant and the try that decides. */
export const CONFIRM_AFTER_MS = 30_000

interface Failed {
  /** Failures in a row, this one included. */
  readonly failures: number
  /** From Octorate's Retry-After, when it sent one. */
  readonly retryAfterMs: number | null
  /** 0 to 1, evenly. */
  readonly random: number
}

/**
 * Milliseconds until the next try: full jitter, evenly between nothing and a span that doubles from one second to five
 * minutes, so that those who failed together do not come back together. Retry-After, an hour at most, comes before it.
 */
export function backOffMs({ failures, retryAfterMs, random }: Failed): number {
  const span = Math.min(BASE_MS * 2 ** Math.min(failures - 1, 30), BACK_OFF_CAP_MS)
  return Math.min(retryAfterMs ?? 0, RETRY_AFTER_CAP_MS) + Math.round(span * random)
}

/** The same for what needs somebody, or minutes: half a minute at least, and over the whole five minutes at once. */
export function patientMs({ retryAfterMs, random }: Omit<Failed, 'failures'>): number {
  return Math.min(retryAfterMs ?? 0, RETRY_AFTER_CAP_MS) + PATIENT_FLOOR_MS + Math.round((BACK_OFF_CAP_MS - PATIENT_FLOOR_MS) * random)
}
