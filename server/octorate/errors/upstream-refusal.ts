import type { ErrorCode } from '@/contracts/errors'
import type { UpstreamCall } from '../upstream-request'

/** What a refusal means (contract, "Errors"), whatever its status and spelling. */
export const REFUSAL_KINDS = [
  /** Our request is wrong; it is not sent again. */
  'bad_request',
  'validation',
  /** The API client's id or secret, or a bearer, is missing or wrong. */
  'credential',
  /** The code or refresh token is named as the culprit (`invalid_grant`). */
  'grant',
  'access_token_expired',
  'wrong_token_kind',
  'quota',
  'wrong_environment',
  'permission_missing',
  'not_found',
  'conflict',
  /** A page for people where the API should answer: a proxy or firewall on the way. Says nothing about tokens. */
  'html_page',
  'unknown',
] as const
export type RefusalKind = (typeof REFUSAL_KINDS)[number]

/** Octorate's own words, masked, escaped and cut: for people who support, never for logs. */
export interface RefusalDetail {
  readonly message: string | null
  readonly humanName: string | null
  readonly element: string | null
  readonly suggestion: string | null
  readonly nested: ReadonlyArray<{ readonly message: string | null; readonly element: string | null }>
}

interface RefusalFacts {
  readonly call: UpstreamCall
  readonly kind: RefusalKind
  readonly status: number
  readonly type: string | null
  readonly machineName: string | null
  /** Quote it to Octorate. */
  readonly requestId: string | null
  readonly retryAfterMs: number | null
  readonly detail: RefusalDetail | null
}

const CODES: Readonly<Partial<Record<RefusalKind, ErrorCode>>> = {
  quota: 'upstream_quota',
  permission_missing: 'upstream_permission',
  wrong_environment: 'upstream_wrong_environment',
}

/** Octorate answered, and the answer is no: act on `kind`. */
export class UpstreamRefusal extends Error {
  override readonly name = 'UpstreamRefusal'
  readonly code: ErrorCode
  readonly call: UpstreamCall
  readonly kind: RefusalKind
  readonly status: number
  readonly type: string | null
  readonly machineName: string | null
  readonly requestId: string | null
  readonly retryAfterMs: number | null
  readonly #detail: RefusalDetail | null

  constructor(facts: RefusalFacts) {
    super(`Octorate refused ${facts.call}: ${describe(facts)}`)
    this.code = CODES[facts.kind] ?? 'upstream_refused'
    this.call = facts.call
    this.kind = facts.kind
    this.status = facts.status
    this.type = facts.type
    this.machineName = facts.machineName
    this.requestId = facts.requestId
    this.retryAfterMs = facts.retryAfterMs
    this.#detail = facts.detail
  }

  get detail(): RefusalDetail | null {
    return this.#detail
  }
}

function describe({ kind, status, type, requestId }: RefusalFacts): string {
  const facts = [`status ${status}`, type, requestId && `request ${requestId}`].filter(Boolean)
  return `${kind} (${facts.join(', ')})`
}
