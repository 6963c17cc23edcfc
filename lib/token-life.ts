export interface TokenLife {
  readonly issuedAtMs: number
  readonly expiresAtMs: number
}

/** Seconds of life left, whole ones; none or fewer means that it is not handed out. */
export function secondsLeft({ expiresAtMs }: TokenLife, nowMs: number): number {
  return Math.floor((expiresAtMs - nowMs) / 1000)
}

/**
 * Whether a token need not be refreshed for somebody who wants `minTtl` seconds. One that has more than half of its life
 * left is never refreshed for that: whoever asks for more than Octorate gives would make every call a refresh.
 */
export function livesLongEnough(life: TokenLife, minTtl: number, nowMs: number): boolean {
  const half = (life.expiresAtMs - life.issuedAtMs) / 2000
  const left = secondsLeft(life, nowMs)
  return left >= 1 && left >= Math.min(minTtl, half)
}
