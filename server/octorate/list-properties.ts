import type { AccessToken, AdminToken } from '@/server/crypto/tokens'
import { describeShape } from './describe-shape'
import type { Property } from './property'
import type { RawAnswer } from './raw-answer'
import { nonconformance, readJsonAnswer } from './read-answer'
import type { Transport } from './transport'
import { READ_LIMITS, type UpstreamRequest } from './upstream-request'
import { accommodationsSchema } from './wire'

export interface ListPropertiesInput {
  /** Full address, from `upstreamUrls(…).properties`. */
  readonly url: string
  /** Of a connection: its own properties. Of the API client: all of the account's. */
  readonly bearer: AccessToken | AdminToken
}

export interface PropertyList {
  readonly properties: readonly Property[]
  /** False when there were more pages than we read. */
  readonly isComplete: boolean
}

const MOST_PAGES = 200

/** The request for one page; without a number, for the first one. */
export function propertiesRequest({ url, bearer }: ListPropertiesInput, page: number | null): UpstreamRequest {
  const address = page === null ? url : `${url}?page=${page}`
  return { call: 'properties', method: 'GET', url: address, bearer, body: null, limits: READ_LIMITS }
}

/** @throws UpstreamUnreachable, UpstreamRefusal or UpstreamNonconformance. */
export function processPropertiesResponse(answer: RawAnswer): Property[] {
  const parsed = accommodationsSchema.safeParse(readJsonAnswer('properties', answer))
  if (parsed.success) return parsed.data
  const shape = describeShape(answer.body.reveal())
  throw nonconformance('properties', answer, { reason: 'shape', fault: 'not_a_list_of_properties', shape })
}

/**
 * Reads every property that a token covers (contract, "Reading what a token covers"), each once, page after
 * page until one is empty or brings nothing new. Nobody says whether pages are counted from 0 or from 1: the
 * first is asked for without a number, and page 1 may be it again.
 */
export async function listProperties(transport: Transport, input: ListPropertiesInput): Promise<PropertyList> {
  const found = new Map<string, Property>()
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const known = found.size
    const listed = processPropertiesResponse(await transport(propertiesRequest(input, page === 0 ? null : page)))
    for (const property of listed) found.set(property.upstreamId, property)
    const mayBeFirstAgain = page === 1 && listed.length > 0
    if (found.size === known && !mayBeFirstAgain) return { properties: [...found.values()], isComplete: true }
  }
  return { properties: [...found.values()], isComplete: false }
}
