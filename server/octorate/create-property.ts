import type { AdminToken, RefreshToken } from '@/server/crypto/tokens'
import { refreshToken } from '@/server/crypto/tokens'
import { parseStrictJson } from '@/lib/oauth/strict-json'
import { describeShape } from './describe-shape'
import type { RawAnswer } from './raw-answer'
import { nonconformance, readJsonAnswer } from './read-answer'
import type { TokenPolicy } from './token-grant'
import { TOKEN_LIMITS, type UpstreamRequest } from './upstream-request'
import { createdSchema, existingSchema, toPropertyBody } from './wire-property'

/** What Octorate wants to know of a new property and of the person who will run it. */
export interface NewProperty {
  readonly name: string
  readonly givenName: string
  readonly familyName: string
  readonly email: string
  readonly currency?: string
  /** Two capital letters. */
  readonly country?: string
  readonly city?: string
  readonly zip?: string
  readonly latitude?: number
  readonly longitude?: number
  /** False: a mail address that is known already creates nothing. */
  readonly acceptDuplicates: boolean
  /** Name of an existing network to join. */
  readonly networkName?: string
  /** True mails the customer. */
  readonly welcomeUser: boolean
}

export interface CreatePropertyInput {
  /** Full address, from `upstreamUrls(…).createProperty`. */
  readonly url: string
  readonly adminToken: AdminToken
  readonly property: NewProperty
}

export type CreatedProperty =
  | {
      readonly outcome: 'created'
      readonly upstreamId: string
      readonly refreshToken: RefreshToken
      /** Every property that the token covers; empty unless a network was joined. */
      readonly networkProperties: readonly string[]
    }
  /** The mail address is known: there is no token in the answer. */
  | { readonly outcome: 'existing'; readonly upstreamId: string }

/** The request that creates a property (contract, "Creating a property"). It is not safe to repeat. */
export function createPropertyRequest({ url, adminToken, property }: CreatePropertyInput): UpstreamRequest {
  return {
    call: 'create_property', method: 'POST', url, bearer: adminToken, body: { kind: 'json', value: toPropertyBody(property) }, limits: TOKEN_LIMITS,
  }
}

const SANDBOX_PREFIX = 'sbx_'

/**
 * Reads the answer, after it was committed. A 412 that names the property is an outcome, not a refusal.
 *
 * @throws UpstreamUnreachable, UpstreamRefusal or UpstreamNonconformance, which never quotes a token.
 */
export function processCreatePropertyResponse(answer: RawAnswer, { allowSandboxTokens }: TokenPolicy): CreatedProperty {
  const existing = answer.status === 412 ? readExisting(answer) : null
  if (existing) return { outcome: 'existing', upstreamId: existing }
  const created = createdSchema.safeParse(readJsonAnswer('create_property', answer))
  if (!created.success) {
    throw nonconformance('create_property', answer, { reason: 'shape', fault: 'not_a_created_property', shape: describeShape(answer.body.reveal()) })
  }
  const { id, token, networkProperties } = created.data
  if (token.startsWith(SANDBOX_PREFIX) && !allowSandboxTokens) throw nonconformance('create_property', answer, { reason: 'sandbox_token' })
  return { outcome: 'created', upstreamId: id, refreshToken: refreshToken(token), networkProperties }
}

function readExisting(answer: RawAnswer): string | null {
  const json = parseStrictJson(answer.body.reveal())
  const existing = existingSchema.safeParse(json.ok ? json.value : null)
  return existing.success ? existing.data.id : null
}
