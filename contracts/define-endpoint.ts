import type { Audited, Method } from './endpoint'
import type { Permission } from './permissions'
import { z } from './zod'

/** Takes nothing: an unknown key in a query or a body is refused. */
const nothing = z.strictObject({})
type Nothing = typeof nothing

interface Parts<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, O extends z.ZodType> {
  readonly path: string
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly output: O
  /** `public` needs no session: the definition says why in a comment. */
  readonly permission: Permission | 'public'
  /** Bytes that a body may have; 256 KB when left out. */
  readonly mostBytes?: number
}

/** What crosses our wire at one address: shapes, who may, and which act it leaves in the audit log. */
export interface Endpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
> {
  readonly method: Method
  readonly path: string
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly output: O
  readonly permission: Permission | 'public'
  readonly audit: Audited
  readonly mostBytes?: number
}

/** Defines an endpoint that changes nothing. One that hands out a secret names its audit action all the same. */
export function defineRead<
  O extends z.ZodType,
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
>(parts: Parts<P, Q, Nothing, O> & { readonly audit?: Audited }) {
  return fill({ audit: { none: 'reads only' }, ...parts, method: 'GET' as const })
}

/** Defines an endpoint that changes something: without an audit action, or the reason for none, it does not compile. */
export function defineWrite<
  O extends z.ZodType,
  P extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
>(parts: Parts<P, Nothing, B, O> & { readonly method: Exclude<Method, 'GET'>; readonly audit: Audited }) {
  return fill(parts)
}

function fill<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, O extends z.ZodType>(
  parts: Parts<P, Q, B, O> & { readonly method: Method; readonly audit: Audited },
): Endpoint<P, Q, B, O> {
  const empty = nothing as unknown
  return { params: empty as P, query: empty as Q, body: empty as B, ...parts }
}
