import { ERRORS, type ErrorCode } from '@/contracts/errors'

interface Extras {
  readonly cause?: unknown
  /** Field problems; messages name the field and what it should be, never its value. */
  readonly issues?: readonly { path: string; message: string }[]
  readonly upstreamRequestId?: string | null
  readonly retryAfterSeconds?: number
  readonly connectionIds?: readonly string[]
  /** True when the same work may succeed later, without anybody doing anything. */
  readonly mayPass?: boolean
}

/** A refusal of ours, by code; its status and texts are looked up, so its message holds nothing from outside. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly extras: Extras

  constructor(code: ErrorCode, extras: Extras = {}) {
    super(code, extras.cause === undefined ? undefined : { cause: extras.cause })
    this.code = code
    this.extras = extras
  }

  get status(): number {
    return ERRORS[this.code].status
  }
}
