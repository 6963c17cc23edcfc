import type { UpstreamNonconformance } from '../octorate/errors/upstream-nonconformance'
import type { UpstreamRefusal } from '../octorate/errors/upstream-refusal'
import type { UpstreamUnreachable } from '../octorate/errors/upstream-unreachable'
import { AppError } from './app-error'

export type UpstreamError = UpstreamUnreachable | UpstreamRefusal | UpstreamNonconformance

const NAMES = new Set(['UpstreamUnreachable', 'UpstreamRefusal', 'UpstreamNonconformance'])

export function isUpstreamError(error: unknown): error is UpstreamError {
  // By name: the front and Next load these classes separately.
  return error instanceof Error && NAMES.has(error.name)
}

/** What a person reads of a failed call to Octorate; its own words stay in the cause. */
export function fromUpstream(error: UpstreamError): AppError {
  return new AppError(error.code, { cause: error, upstreamRequestId: error.requestId })
}
