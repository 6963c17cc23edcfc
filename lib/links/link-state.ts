/** How far a link is, as a person sees it: `expired` is told by the clock. */
export const LINK_STATES = [
  'created', 'opened', 'consented', 'exchanged', 'verified', 'refused', 'wrong_property', 'failed', 'expired', 'revoked',
] as const
export type LinkState = (typeof LINK_STATES)[number]
export type StoredLinkState = Exclude<LinkState, 'expired'>

/** States that nothing follows. */
export const FINAL_STATES = ['verified', 'revoked'] as const

interface LinkFacts {
  readonly state: StoredLinkState
  readonly expiresAt: Date
}

export function linkStateOf({ state, expiresAt }: LinkFacts, now: Date): LinkState {
  const isFinal = FINAL_STATES.some((final) => final === state)
  return !isFinal && expiresAt <= now ? 'expired' : state
}

/** Whether a hotelier may still walk by it: never used to its end, not revoked, not over. */
export function isWalkable(link: LinkFacts, now: Date): boolean {
  const state = linkStateOf(link, now)
  return state !== 'verified' && state !== 'revoked' && state !== 'expired'
}

/** Whether it may still change by itself, so that a page looks again. */
export function mayMove(state: LinkState): boolean {
  return state !== 'verified' && state !== 'revoked' && state !== 'expired'
}
