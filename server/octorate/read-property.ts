import type { AdminToken } from '@/server/crypto/tokens'
import { describeShape } from './describe-shape'
import type { RawAnswer } from './raw-answer'
import { nonconformance, readJsonAnswer } from './read-answer'
import type { Transport } from './transport'
import { READ_LIMITS, type UpstreamRequest } from './upstream-request'

export interface ReadPropertyInput {
  /** Full address of the list, from `upstreamUrls(…).properties`. */
  readonly url: string
  readonly adminToken: AdminToken
  /** Octorate's id. */
  readonly propertyId: string
}

export function readPropertyRequest({ url, adminToken, propertyId }: ReadPropertyInput): UpstreamRequest {
  const address = `${url}/${encodeURIComponent(propertyId)}`
  return { call: 'property_by_address', method: 'GET', url: address, bearer: adminToken, body: null, limits: READ_LIMITS }
}

/** @throws UpstreamUnreachable, UpstreamRefusal or UpstreamNonconformance, also for an answer about another property. */
export function processReadPropertyResponse(answer: RawAnswer, propertyId: string): void {
  const value = readJsonAnswer('property_by_address', answer)
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined
  if ((typeof id === 'string' || typeof id === 'number') && String(id) === propertyId) return
  const shape = describeShape(answer.body.reveal())
  throw nonconformance('property_by_address', answer, { reason: 'shape', fault: 'not_the_property', shape })
}

/**
 * Reads one property with the admin token: an operation with the property in its path, which Octorate serves only to an
 * address on its list (contract, "Case 3: IP address authentication"). What it says of the property is not kept.
 */
export async function readProperty(transport: Transport, input: ReadPropertyInput): Promise<{ requestId: string | null; status: number }> {
  const answer = await transport(readPropertyRequest(input))
  processReadPropertyResponse(answer, input.propertyId)
  return { requestId: answer.headers.requestId, status: answer.status }
}
