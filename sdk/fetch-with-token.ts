import type { AccessToken } from './access-token'
import { KeyrackError } from './errors'
import { isLoopback } from './is-loopback'
import type { Target } from './target'
import type { RejectionOutcome } from './wire'

interface Parts {
  readonly fetch: typeof fetch
  readonly getAccessToken: (target: Target) => Promise<AccessToken>
  readonly peek: (target: Target) => AccessToken | null
  readonly report: (token: AccessToken, refusal: Refusal) => Promise<RejectionOutcome>
}

/** What Octorate answered. */
export interface Refusal {
  readonly status: number
  /** `type` of its error body, when there was one. */
  readonly type?: string | null | undefined
}

export type FetchInput = string | URL | Request

/**
 * Calls Octorate with a target's access token. An answer that says the token is no good (a 401, or a 403 with the type
 * `ApiLoginExpired`; contract, "Errors") is reported to Keyrack, and the call is made once more with another token, if
 * there is one. Every other answer is returned as it is, quota refusals among them.
 */
export async function fetchWithToken(parts: Parts, target: Target, call: { input: FetchInput; init: RequestInit }): Promise<Response> {
  requireSafeAddress(call.input)
  const token = await parts.getAccessToken(target)
  // Of a body that can be read once only, a copy is sent.
  const first = await send(parts, token, call.input instanceof Request ? { ...call, input: call.input.clone() } : call)
  const refusal = await readRefusal(first)
  if (!refusal) return first
  const replaced = replacement(parts, target, { token, refusal })
  // A stream is spent: the caller sees the refusal, and the next call has the other token.
  if (isStream(call.init.body)) return replaced.then(() => first, () => first)
  const other = await replaced.catch(async (error: unknown) => {
    await first.body?.cancel()
    throw error
  })
  if (!other) return first
  await first.body?.cancel()
  return send(parts, other, call)
}

/** Whether an answer of Octorate says that the access token itself is no good (contract, "Errors"). */
function isAboutTheToken({ status, type }: Refusal): boolean {
  return status === 401 || (status === 403 && type === 'ApiLoginExpired')
}

/** Another token for the one that was refused; null when there is none, or Keyrack cannot be asked. */
async function replacement(parts: Parts, target: Target, refused: { token: AccessToken; refusal: Refusal }): Promise<AccessToken | null> {
  const kept = parts.peek(target)
  // Somebody reported it before: the answer is just late.
  if (kept && kept.fingerprint !== refused.token.fingerprint) return kept
  try {
    if ((await parts.report(refused.token, refused.refusal)) === 'not_about_the_token') return null
  } catch (error) {
    // Octorate's own answer says more than that Keyrack is away as well.
    if (error instanceof KeyrackError) return null
    throw error
  }
  const other = await parts.getAccessToken(target)
  return other.fingerprint === refused.token.fingerprint ? null : other
}

function send({ fetch }: Parts, token: AccessToken, { input, init }: { input: FetchInput; init: RequestInit }): Promise<Response> {
  const headers = new Headers(init.headers ?? (input instanceof Request ? input.headers : undefined))
  headers.set('authorization', `Bearer ${token.value}`)
  return fetch(input, { ...init, headers })
}

async function readRefusal(response: Response): Promise<Refusal | null> {
  if (response.status !== 401 && response.status !== 403) return null
  const body: unknown = await response.clone().json().catch(() => null)
  const type = typeof body === 'object' && body !== null && 'type' in body && typeof body.type === 'string' ? body.type : null
  const refusal = { status: response.status, type }
  return isAboutTheToken(refusal) ? refusal : null
}

function isStream(body: unknown): boolean {
  return typeof body === 'object' && body !== null && ('getReader' in body || Symbol.asyncIterator in body)
}

/** A token in plain text across a network is everybody's. */
function requireSafeAddress(input: FetchInput): void {
  const { protocol, hostname } = new URL(input instanceof Request ? input.url : input)
  if (protocol !== 'https:' && !isLoopback(hostname)) throw new TypeError('A token is sent over https only, except on this machine.')
}
