import type { Secret } from '@/server/crypto/secret'
import type { AccessToken, AdminToken, OldApiKey } from '@/server/crypto/tokens'

/**
 * Every call that we make, by our own name, and the bearer that it takes (contract, "Two kinds of bearer token"): none can
 * be written without saying which.
 */
interface BearerOf {
  readonly code_exchange: null
  readonly refresh: null
  readonly migrate: null
  readonly api_login: null
  readonly configuration_read: AdminToken
  readonly configuration_change: AdminToken
  readonly properties: AccessToken | AdminToken
  readonly user_info: AccessToken
  readonly create_property: AdminToken
  /** From a listed address, with the property in its path (contract, "Case 3: IP address authentication"). */
  readonly property_by_address: AdminToken
}

export type UpstreamCall = keyof BearerOf

export type FormField = readonly [name: string, value: string | Secret]

export type RequestBody =
  | { readonly kind: 'form'; readonly fields: readonly FormField[] }
  | { readonly kind: 'json'; readonly value: Readonly<Record<string, unknown>> }

export interface CallLimits {
  /** From sending to the status line and headers. */
  readonly headersMs: number
  /** From sending to the last byte. */
  readonly wholeMs: number
  /** Of the body after decompression. */
  readonly bodyBytes: number
}

interface RequestOf<C extends UpstreamCall> {
  readonly call: C
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly url: string
  readonly bearer: BearerOf[C]
  readonly body: RequestBody | null
  readonly limits: CallLimits
  /** One of thousands in a row that nobody waits for: it goes by sockets of their own. */
  readonly isBulk?: boolean
  /** In the header `key`, of the call that migrates it. */
  readonly oldKey?: C extends 'migrate' ? OldApiKey : never
}

/** A request that is not sent yet. Its secrets stay wrapped until the transport writes them to the wire. */
export type UpstreamRequest = { readonly [C in UpstreamCall]: RequestOf<C> }[UpstreamCall]

export const TOKEN_LIMITS: CallLimits = { headersMs: 8_000, wholeMs: 8_000, bodyBytes: 65_536 }
/** A refresh, or the migration of an old key, may take 20 s, because cutting it short can lose the only copy of a new token. */
export const REFRESH_LIMITS: CallLimits = { headersMs: 20_000, wholeMs: 20_000, bodyBytes: 65_536 }
export const READ_LIMITS: CallLimits = { headersMs: 5_000, wholeMs: 8_000, bodyBytes: 262_144 }
