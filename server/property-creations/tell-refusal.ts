import 'server-only'
import { AppError } from '../http/app-error'
import { UpstreamRefusal } from '../octorate/errors/upstream-refusal'

/** A refusal of the property's data, in words about the property; whatever else was thrown stays as it is. */
export function tellRefusal(error: unknown): unknown {
  const isOfData = error instanceof UpstreamRefusal && ['bad_request', 'validation', 'conflict'].includes(error.kind)
  return isOfData ? new AppError('property_refused', { cause: error, upstreamRequestId: error.requestId }) : error
}
