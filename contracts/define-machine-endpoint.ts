import type { Audited, Method } from './endpoint'
import type { ErrorCode } from './errors'
import type { MachineScope } from './machine-scopes'
import { z } from './zod'

const nothing = z.strictObject({})
type Nothing = typeof nothing

/** What crosses the wire of the machine API at one address below /api/v1. */
export interface MachineEndpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
> {
  readonly method: Method
  /** Below `/api/v1`, with `:name` for what varies. */
  readonly path: string
  readonly summary: string
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly output: O
  /** `any` asks for a valid key only. */
  readonly scope: MachineScope | 'any'
  readonly audit: Audited
  readonly takes: MachineBody
  readonly answers: MachineAnswerKind
  /** What it may answer besides what every endpoint may. */
  readonly refusals: readonly ErrorCode[]
  /** Whether an answer says "try again", so that a repetition with the same `Idempotency-Key` does. */
  readonly isPassing: (output: z.output<O>) => boolean
  /** Whether an `Idempotency-Key` is honoured; one that is safe to repeat needs none. */
  readonly idempotencyKey: boolean
}

/** What a body is: none at all, one JSON value, or lines (of JSON, or also of CSV) that are read one after the other. */
export type MachineBody = 'nothing' | 'json' | 'ndjson' | 'ndjson_or_csv'

/** One JSON value, or a text that is CSV. */
export type MachineAnswerKind = 'json' | 'csv'

interface Parts<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, O extends z.ZodType> {
  readonly method: Method
  readonly path: string
  readonly summary: string
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly output: O
  readonly scope: MachineScope | 'any'
  readonly audit: Audited
  /** JSON when there is a `body`, nothing otherwise, unless said. */
  readonly takes?: MachineBody
  /** JSON unless said. */
  readonly answers?: MachineAnswerKind
  readonly refusals?: readonly ErrorCode[]
  readonly idempotencyKey?: boolean
  readonly isPassing?: (output: z.output<O>) => boolean
}

/** Defines an endpoint of the machine API: one without a scope or an audit action does not compile. */
export function defineMachineEndpoint<
  O extends z.ZodType,
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
>(parts: Parts<P, Q, B, O>): MachineEndpoint<P, Q, B, O> {
  const empty = nothing as unknown
  return {
    params: empty as P,
    query: empty as Q,
    body: empty as B,
    takes: parts.body ? 'json' : 'nothing',
    answers: 'json',
    refusals: [],
    idempotencyKey: false,
    isPassing: () => false,
    ...parts,
  }
}
