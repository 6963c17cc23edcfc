import 'server-only'
import { isLoopbackHost } from '@/lib/net/is-loopback-host'
import { Secret } from '@/server/crypto/secret'
import { readAnswerHeaders } from './answer-headers'
import { UpstreamNonconformance, type NonconformanceReason } from './errors/upstream-nonconformance'
import { UpstreamUnreachable } from './errors/upstream-unreachable'
import type { RawAnswer } from './raw-answer'
import { readBody } from './read-body'
import type { UpstreamFetch, WireAnswer } from './sockets'
import { startDeadline, type Deadline } from './start-deadline'
import { toRequestInit } from './to-request-init'
import type { CallLimits, UpstreamRequest } from './upstream-request'

/** Sends one request and gives its answer as it came, whatever the status, except for redirects. */
export type Transport = (request: UpstreamRequest) => Promise<RawAnswer>

interface TransportOptions {
  /** That of {@link openSockets}; tests give their own. */
  readonly fetch: UpstreamFetch
  readonly clock?: () => Date
  /** Origins that may be called. Without a list: https anywhere, http on this machine alone. */
  readonly allowedOrigins?: readonly string[]
  /** Replaces parts of every request's own limits. */
  readonly limits?: Partial<CallLimits>
}

/** The request certainly never left: no name, no route, no listener, no trust. */
const NEVER_ARRIVED =
  /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.+|ERR_TLS_.+|.+_CERT.*)$/

/**
 * Makes the only thing on this server that calls Octorate. Redirects are never followed (that would
 * send the form on to a stranger), headers and the whole call have deadlines, the body has a limit that
 * counts after decompression, and nobody outside can abort a call that was sent.
 *
 * The returned function throws UpstreamUnreachable (no full answer), UpstreamNonconformance (a redirect,
 * or too large a body) or TypeError (an address or a token that must not be sent).
 */
export function createTransport(options: TransportOptions): Transport {
  const { fetch: send, clock = () => new Date() } = options
  return async (request) => {
    requireAllowed(request.url, options.allowedOrigins)
    const init = toRequestInit(request)
    const limits = { ...request.limits, ...options.limits }
    const deadline = startDeadline(limits)
    const sentAt = clock()
    const startedAt = performance.now()
    try {
      const response = await settle(request, deadline, send(request.url, { ...init, signal: deadline.signal }, request))
      deadline.headersCame()
      if (response.status >= 300 && response.status <= 399) throw nonconformance(request, response, 'redirect')
      const body = await settle(request, deadline, readBody(response, limits.bodyBytes))
      if (body === 'too_large') throw nonconformance(request, response, 'too_large')
      deadline.bodyCame()
      const durationMs = Math.round(performance.now() - startedAt)
      return {
        status: response.status,
        headers: readAnswerHeaders(response.headers),
        body: Secret.of(body.text),
        encoding: body.encoding,
        sentAt,
        receivedAt: new Date(sentAt.getTime() + durationMs),
        durationMs,
      }
    } finally {
      deadline.end()
    }
  }
}

/** Waits for a step of the call or for the deadline, and names what went wrong without quoting anybody. */
async function settle<T>(request: UpstreamRequest, deadline: Deadline, step: Promise<T>): Promise<T> {
  try {
    return await Promise.race([step, deadline.passed])
  } catch (error) {
    const { call } = request
    if (deadline.hasPassed) {
      throw new UpstreamUnreachable({ call, reason: `timeout_${deadline.phase}`, maybeProcessed: true })
    }
    const networkCode = networkCodeOf(error)
    throw new UpstreamUnreachable({
      call,
      reason: deadline.phase === 'headers' ? 'connection' : 'body_cut',
      maybeProcessed: networkCode === null || !NEVER_ARRIVED.test(networkCode),
      networkCode,
    })
  }
}

function networkCodeOf(error: unknown): string | null {
  for (let each = error, depth = 0; each instanceof Error && depth < 4; each = each.cause, depth += 1) {
    if ('code' in each && typeof each.code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(each.code)) return each.code
  }
  return null
}

function requireAllowed(address: string, allowedOrigins: readonly string[] | undefined): void {
  const { origin, protocol, hostname, search, username, password } = new URL(address)
  const isAllowed = allowedOrigins
    ? allowedOrigins.includes(origin)
    : protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname))
  if (!isAllowed) throw new TypeError(`this server may not call ${origin}`)
  const isPlain = !username && !password && /^(?:\?page=\d+)?$/.test(search)
  if (!isPlain) throw new TypeError('an upstream address carries neither a user nor a query, save for a page number')
}

function nonconformance(
  { call }: UpstreamRequest,
  response: WireAnswer,
  reason: NonconformanceReason,
): UpstreamNonconformance {
  const { requestId } = readAnswerHeaders(response.headers)
  return new UpstreamNonconformance({ call, reason, status: response.status, requestId })
}
