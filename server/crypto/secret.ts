import { inspect } from 'node:util'

const REDACTED = '[redacted]'
/** The same in every copy of this module. */
const BRAND = Symbol.for('keyrack.secret')

/**
 * A value that must not be seen. Logs, JSON, template strings and `inspect` print `[redacted]`;
 * only `reveal()` gives the text, so every place that needs it can be found by name.
 */
export class Secret {
  readonly [BRAND] = true
  readonly #value: string

  /** The front and the pages load this module separately: a secret of one is a secret to the other. */
  static [Symbol.hasInstance](value: unknown): boolean {
    const isOurs = typeof value === 'object' && value !== null && BRAND in value
    return this === Secret ? isOurs : isOurs && Function.prototype[Symbol.hasInstance].call(this, value)
  }

  protected constructor(value: string) {
    this.#value = value
  }

  static of(value: string): Secret {
    return new Secret(value)
  }

  reveal(): string {
    return this.#value
  }

  /** The last four characters, which a person may see; nothing of a secret shorter than twelve. */
  get last4(): string {
    return this.#value.length < 12 ? '' : this.#value.slice(-4)
  }

  toString(): string {
    return REDACTED
  }

  toJSON(): string {
    return REDACTED
  }

  [inspect.custom](): string {
    return REDACTED
  }
}
