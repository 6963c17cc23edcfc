interface About {
  readonly code: string
  readonly message: string
  /** HTTP status; null when there was no answer, or when it is one of many outcomes in an answer. */
  readonly status?: number | null
  readonly requestId?: string | null
  readonly retryAfterSeconds?: number | null
  readonly connectionIds?: readonly string[]
  readonly issues?: readonly Issue[]
}

/** One thing that is wrong with what was sent. */
export interface Issue {
  readonly path: string
  readonly message: string
}

/** Whatever Keyrack, or its silence, makes impossible. Holds no secret. */
export abstract class KeyrackError extends Error {
  /** Keyrack's code, or one of this client's own: `unreachable`, `not_keyrack`. */
  readonly code: string
  readonly status: number | null
  /** To quote to whoever runs Keyrack. */
  readonly requestId: string | null

  constructor({ code, message, status = null, requestId = null }: About) {
    super(message)
    this.code = code
    this.status = status
    this.requestId = requestId
  }
}

/** Only the hotelier can repair this, by giving consent again. Trying again does not help. */
export class ReconnectRequiredError extends KeyrackError {
  override readonly name = 'ReconnectRequiredError'
}

/** Nobody has to do anything but wait: Keyrack or Octorate does not answer, or not yet. */
export class TemporarilyUnavailableError extends KeyrackError {
  override readonly name = 'TemporarilyUnavailableError'
  /** Null when nobody said. */
  readonly retryAfterSeconds: number | null

  constructor(about: About) {
    super(about)
    this.retryAfterSeconds = about.retryAfterSeconds ?? null
  }
}

/** Keyrack answered no: the key, its scope, the address, the input. Trying again does not help. */
export class KeyrackRefusedError extends KeyrackError {
  override readonly name = 'KeyrackRefusedError'
  /** With `property_ambiguous`: the connections that cover the property. */
  readonly connectionIds: readonly string[]
  /** With `invalid_input`: what is wrong, by field. */
  readonly issues: readonly Issue[]

  constructor(about: About) {
    super(about)
    this.connectionIds = about.connectionIds ?? []
    this.issues = about.issues ?? []
  }
}

/** Keyrack itself said no, for good: neither silence nor something else's page. */
export function isClearNo(error: unknown): boolean {
  return error instanceof ReconnectRequiredError || (error instanceof KeyrackRefusedError && error.code !== 'not_keyrack')
}
