import type { Secret } from '@/server/crypto/secret'

/** Every call that we make, by our own name. */
export type UpstreamCall =
  | 'code_exchange'
  | 'refresh'
  | 'api_login'
  | 'configuration_read'
  | 'configuration_change'
  | 'properties'
  | 'user_info'
  | 'create_property'

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

/** A request that is not sent yet. Its secrets stay wrapped until the transport writes them to the wire. */
export interface UpstreamRequest {
  readonly call: UpstreamCall
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly url: string
  readonly bearer: Secret | null
  readonly body: RequestBody | null
  readonly limits: CallLimits
}

export const TOKEN_LIMITS: CallLimits = { headersMs: 8_000, wholeMs: 8_000, bodyBytes: 65_536 }
/** A refresh may take 20 s, because cutting it short can lose the only copy of a new token. */
export const REFRESH_LIMITS: CallLimits = { headersMs: 20_000, wholeMs: 20_000, bodyBytes: 65_536 }
export const READ_LIMITS: CallLimits = { headersMs: 5_000, wholeMs: 8_000, bodyBytes: 262_144 }
