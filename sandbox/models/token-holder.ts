/**
 * What is remembered of the access tokens of one grant (or of one API client's admin tokens). The tokens themselves
 * are self-contained and numbered, so this stays four numbers however many are issued.
 */
export type TokenHolder = {
  /** number of the latest access token */
  latest: number
  /** when that one expires; 0 when there is none */
  latestExpiresAt: number
  /** tokens numbered up to this one were ended early and answer as if they had never been good */
  endedThrough: number
  /** tokens numbered up to this one answer as expired */
  expiredThrough: number
}

export function createTokenHolder(): TokenHolder {
  return { latest: 0, latestExpiresAt: 0, endedThrough: 0, expiredThrough: 0 }
}
