/** Of a connection's row: which refresh token it holds, and from when to when its access token lasts. */
interface Stored {
  readonly state: string
  readonly refreshTokenVersion: number
  readonly accessIssuedAt: Date
  readonly accessExpiresAt: Date
}

interface Answer {
  /** Version of the refresh token that was sent. */
  readonly sentVersion: number | null
  readonly sentAt: Date
  readonly bringsRefreshToken: boolean
  readonly expiresAt: Date
}

/**
 * Whether an answer to a refresh is stored. Only when the refresh token that was sent is still the stored one: so a late
 * answer is adopted when nothing newer is there, and never replaces what is newer. Of two answers to one refresh token
 * the later access token stays, unless this one brings a new refresh token. When it was read says nothing, for its
 * process may have stood still: what was sent after the stored one came is later; of those on their way together the one
 * that ends later.
 */
export function adopts(stored: Stored, answer: Answer): boolean {
  if (stored.state === 'disconnected') return false
  if (stored.refreshTokenVersion !== answer.sentVersion) return false
  if (answer.bringsRefreshToken) return true
  return answer.sentAt >= stored.accessIssuedAt || answer.expiresAt > stored.accessExpiresAt
}
