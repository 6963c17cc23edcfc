/** A token is renewed somewhere in this part of its life, so that neither a slow day nor a busy second decides. */
const EARLIEST = 0.5
const LATEST = 0.8
/** Whatever a token says of itself, it is not renewed sooner than this after it came. */
export const SHORTEST_PAUSE_MS = 30_000
/** One that is over on arrival is an odd date rather than a short life: asking at once for the next would be a storm. */
export const OVER_ON_ARRIVAL_PAUSE_MS = 5 * 60_000
/** Nor later than this part of a week, so that a grant that died is noticed though its token claims to live for years. */
export const LONGEST_LIFE_MS = 7 * 86_400_000

interface Issued {
  readonly connectionId: string
  readonly issuedAt: Date
  readonly expiresAt: Date
}

/**
 * When a connection's access token is due for renewal: after 50 to 80 % of its life. The share is the connection's own,
 * always the same one, so that a thousand tokens of one second fall due over hours, and again so the day after.
 */
export function dueAt({ connectionId, issuedAt, expiresAt }: Issued): Date {
  const lifeMs = Math.min(expiresAt.getTime() - issuedAt.getTime(), LONGEST_LIFE_MS)
  const pauseMs = lifeMs <= 0 ? OVER_ON_ARRIVAL_PAUSE_MS : Math.max(lifeMs * shareOf(connectionId), SHORTEST_PAUSE_MS)
  return new Date(issuedAt.getTime() + Math.round(pauseMs))
}

function shareOf(connectionId: string): number {
  return EARLIEST + (LATEST - EARLIEST) * (hash(connectionId) / 2 ** 32)
}

/** FNV-1a with a final mix, for ids that differ in a few bits only. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}
