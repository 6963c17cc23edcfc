/** Words for why a refresh failed that have a short text of their own. */
const REASONS = [
  'upstream_unreachable', 'upstream_timeout', 'upstream_quota', 'upstream_redirected', 'upstream_refused', 'upstream_permission',
  'upstream_wrong_environment', 'upstream_unreadable', 'quota', 'wrong_environment', 'permission_missing', 'unexpected_answer', 'not_sent',
  'api_client_refused', 'refresh_token_missing', 'reconnect_required', 'confirming', 'unknown',
] as const

export type RefreshReason = (typeof REASONS)[number]

/** How the last refresh ended: `ok`, or not tried yet after an import on trust, or `failed` with its reason where we know the word. */
export function readOutcome(outcome: string): { ok: true; isUntried: boolean } | { ok: false; reason: RefreshReason | null } {
  if (outcome === 'ok' || outcome === 'not_tried') return { ok: true, isUntried: outcome === 'not_tried' }
  return { ok: false, reason: REASONS.find((reason) => reason === outcome) ?? null }
}
