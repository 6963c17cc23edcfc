export const OUTBOUND_FAILURES = [
  'not_https', 'address_refused', 'name_unknown', 'unreachable', 'certificate', 'timeout', 'redirected', 'cut',
] as const
export type OutboundFailure = (typeof OUTBOUND_FAILURES)[number]

/** A call to somebody else's server that got no answer; says why, and nothing of the address. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError'
  readonly failure: OutboundFailure

  constructor(failure: OutboundFailure) {
    super(failure)
    this.failure = failure
  }
}
