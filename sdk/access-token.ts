import type { Clock } from './clock'
import type { TokenAnswer } from './wire'

interface Parts {
  readonly answer: TokenAnswer
  /** By the clock below. */
  readonly goodUntil: number
  readonly clock: Clock
}

/** An access token of one connection. Only `value` shows the token itself: printed or made JSON of, it is a name. */
export class AccessToken {
  readonly connectionId: string
  /** First 16 hexadecimal digits of the token's SHA-256: names it in logs and reports. */
  readonly fingerprint: string
  /** By Keyrack's clock. */
  readonly expiresAt: Date
  readonly #value: string
  readonly #goodUntil: number
  readonly #clock: Clock

  constructor({ answer, goodUntil, clock }: Parts) {
    this.connectionId = answer.connectionId
    this.fingerprint = answer.fingerprint
    this.expiresAt = new Date(answer.expiresAt)
    this.#value = answer.accessToken
    this.#goodUntil = goodUntil
    this.#clock = clock
  }

  /** Secret: what goes to Octorate after `Authorization: Bearer `. */
  get value(): string {
    return this.#value
  }

  /** Seconds of life left now, counted from the moment it was asked for, whatever this machine's date says. */
  get secondsLeft(): number {
    return Math.max(0, Math.floor((this.#goodUntil - this.#clock.now()) / 1_000))
  }

  toString(): string {
    return `access token ${this.fingerprint}`
  }
}
