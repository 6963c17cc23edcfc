import { Secret } from '@/server/crypto/secret'
import type { RequestBody, UpstreamRequest } from './upstream-request'

const BEARER = /^[\x21-\x7e]+$/

/** A request as it goes to the wire, secrets and all: never kept, never logged. */
export interface WireRequest {
  readonly method: UpstreamRequest['method']
  readonly headers: Record<string, string>
  readonly body?: string
}

/**
 * Writes a request the way it goes out; the one place where its secrets are revealed. Forms are
 * encoded as `application/x-www-form-urlencoded` in UTF-8, and secrets are in the body or the
 * Authorization header, never in the address.
 */
export function toRequestInit({ method, bearer, body, oldKey }: UpstreamRequest): WireRequest {
  return {
    method,
    headers: {
      accept: 'application/json',
      'user-agent': 'Keyrack',
      ...(body && { 'content-type': contentTypeOf(body) }),
      ...(bearer && { authorization: `Bearer ${headerSafe(bearer)}` }),
      ...(oldKey && { key: headerSafe(oldKey) }),
    },
    ...(body && { body: body.kind === 'form' ? toForm(body.fields) : JSON.stringify(body.value) }),
  }
}

export function contentTypeOf(body: RequestBody): string {
  return body.kind === 'form' ? 'application/x-www-form-urlencoded' : 'application/json'
}

function toForm(fields: readonly (readonly [string, string | Secret])[]): string {
  return new URLSearchParams(
    fields.map(([name, value]) => [name, value instanceof Secret ? value.reveal() : value]),
  ).toString()
}

function headerSafe(bearer: Secret): string {
  const text = bearer.reveal()
  if (!BEARER.test(text)) throw new TypeError('this bearer has characters that a header cannot carry')
  return text
}
