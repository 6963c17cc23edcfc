import { parseStrictJson } from '@/lib/oauth/strict-json'
import { Secret } from '@/server/crypto/secret'
import { UpstreamNonconformance } from './errors/upstream-nonconformance'
import { UpstreamUnreachable } from './errors/upstream-unreachable'
import { maskSecret, maskText } from './mask-text'
import type { RawAnswer } from './raw-answer'
import { contentTypeOf } from './to-request-init'
import { secretsOf } from './secrets-of'
import type { UpstreamRequest } from './upstream-request'

export interface NamedValue {
  readonly name: string
  readonly value: string
}

/** A request and its answer, fit to be stored and shown: no secret is in it. */
export interface MaskedExchange {
  readonly method: string
  readonly url: string
  readonly requestHeaders: readonly NamedValue[]
  readonly requestForm: readonly NamedValue[]
  /** The JSON that was sent, indented and masked; null for a form or no body. */
  readonly requestJson: string | null
  /** Null when no status line came. */
  readonly status: number | null
  readonly responseHeaders: readonly NamedValue[]
  /** At most 4 KB; JSON is indented. Null when no answer came. */
  readonly responseBody: string | null
  /** Why there is no answer to show; null when there is one. */
  readonly failure: string | null
  readonly startedAt: Date
  readonly durationMs: number
}

interface ExchangeInput {
  readonly request: UpstreamRequest
  /** The answer, or what the transport threw instead. */
  readonly result: RawAnswer | Error
  readonly startedAt: Date
  readonly durationMs: number
}

const LONGEST_BODY_BYTES = 4_096
/** Of a body that is no JSON: enough for what is shown, and little enough to mask at once. */
const MASKED_CHARACTERS = 4 * LONGEST_BODY_BYTES
const SECRET_PAIR =
  /(["']?[\w-]{0,40}(?:token|secret|passw|credential|authorization|bearer|jwt|cookie|session|api_?key|\bkey|\bcode)["']?\s*[:=]\s*)("[^"]*"?|'[^']*'?|[^\s,&;}<]+)/gi
const SECRET_NAME =
  /token|secret|password|passwd|credential|authorization|bearer|jwt|cookie|session|api_?key|^key$|^code$/i
const NOT_SECRET = /^token_?type$|^secret_?visibility$/i

/**
 * Makes the displayable record of one exchange. Secrets of the request are wrapped and show their last four
 * characters; in the answer every value under a telling name, everything that was sent as a secret, and
 * whatever looks like a token is masked.
 */
export function maskExchange({ request, result, startedAt, durationMs }: ExchangeInput): MaskedExchange {
  const answer = result instanceof Error ? null : result
  const { method, url, bearer, body, oldKey } = request
  const secrets = secretsOf(request)
  return {
    method,
    url,
    requestHeaders: [
      { name: 'accept', value: 'application/json' },
      ...(body ? [{ name: 'content-type', value: contentTypeOf(body) }] : []),
      ...(bearer ? [{ name: 'authorization', value: `Bearer ${maskSecret(bearer.reveal())}` }] : []),
      ...(oldKey ? [{ name: 'key', value: maskSecret(oldKey.reveal()) }] : []),
    ],
    requestForm: body?.kind === 'form' ? body.fields.map(([name, value]) => ({ name, value: maskFormValue(value) })) : [],
    requestJson: body?.kind === 'json' ? JSON.stringify(maskJson(body.value, { secrets, isSecret: false }), null, 2) : null,
    status: result instanceof Error ? statusOf(result) : result.status,
    responseHeaders: answer ? maskHeaders(answer) : [],
    responseBody: answer && cut(maskBody(answer.body.reveal(), secrets)),
    failure: result instanceof Error ? maskText(result.message) : null,
    startedAt,
    durationMs,
  }
}

function statusOf(error: Error): number | null {
  return error instanceof UpstreamNonconformance || error instanceof UpstreamUnreachable ? error.status : null
}

function maskFormValue(value: string | Secret): string {
  return value instanceof Secret ? maskSecret(value.reveal()) : value
}

function maskHeaders({ headers }: RawAnswer): NamedValue[] {
  const all: ReadonlyArray<readonly [string, string | number | null]> = [
    ['content-type', headers.contentType],
    ['date', headers.date],
    ['request-id', headers.requestId],
    ['retry-after', headers.retryAfter],
    ['x-ratelimit-remaining', headers.rateLimitRemaining],
    ['x-ratelimit-additional-cost', headers.rateLimitCost],
  ]
  return all.flatMap(([name, value]) => {
    if (value === null) return []
    return [{ name, value: name === 'request-id' ? String(value) : maskText(String(value)) }]
  })
}

function maskBody(text: string, secrets: readonly Secret[]): string {
  const json = parseStrictJson(text)
  if (!json.ok)
    return maskText(text.slice(0, MASKED_CHARACTERS).replaceAll(SECRET_PAIR, `$1${maskSecret('')}`), { secrets, maxCharacters: LONGEST_BODY_BYTES })
  return JSON.stringify(maskJson(json.value, { secrets, isSecret: false }), null, 2)
}

function maskJson(value: unknown, context: { secrets: readonly Secret[]; isSecret: boolean }): unknown {
  const { secrets, isSecret } = context
  if (typeof value === 'string') return isSecret ? maskSecret(value) : maskText(value, { secrets })
  if (typeof value === 'number') return isSecret || String(value).length > 15 ? maskSecret('') : value
  if (Array.isArray(value)) return value.map((each) => maskJson(each, context))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => {
      const isTelling = SECRET_NAME.test(name) && !NOT_SECRET.test(name)
      return [
        maskText(name, { secrets, maxCharacters: 80 }),
        maskJson(each, { secrets, isSecret: isSecret || isTelling }),
      ]
    }),
  )
}

function cut(text: string): string {
  if (Buffer.byteLength(text) <= LONGEST_BODY_BYTES) return text
  const bytes = Buffer.from(text).subarray(0, LONGEST_BODY_BYTES - 3)
  return `${bytes
    .toString('utf8')
    .replace(/\uFFFD+$/, '')
    .slice(0, LONGEST_BODY_BYTES)}…`
}
