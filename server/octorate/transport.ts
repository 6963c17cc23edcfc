import 'server-only'
import { Secret } from '@/server/crypto/secret'
import { UpstreamNonconformance } from './errors/upstream-nonconformance'
import { UpstreamUnreachable, type UnreachableReason } from './errors/upstream-unreachable'
import { readAnswerHeaders } from './answer-headers'
import type { RawAnswer } from './raw-answer'
import { readBody } from './read-body'
import type { CallLimits, RequestBody, UpstreamRequest } from './upstream-request'

/** Sends one request and gives its answer as it came, whatever the status, except for redirects. */
export type Transport = (request: UpstreamRequest) => Promise<RawAnswer>

interface TransportOptions {
  readonly fetch?: typeof globalThis.fetch
  readonly clock?: () => Date
  /** Origins that may be called. Without a list: https anywhere, http on this machine alone. */
  readonly allowedOrigins?: readonly string[]
  /** Replaces parts of every request's own limits. */
  readonly limits?: Partial<CallLimits>
}

/** The request certainly never left: no name, no route, no listener, no trust. */
const NEVER_ARRIVED = /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.*|ERR_TLS_.*|.*_CERT.*)$/

/**
 * Makes the only thing on this server that calls Octorate. Redirects are never followed (`fetch` would
 * send the form or a custom header on to a stranger), the whole call and its headers have deadlines, the
 * body has a limit that counts after decompression, and nobody outside can abort a call that was sent.
 *
 * The returned function throws UpstreamUnreachable (no full answer), UpstreamNonconformance (a redirect,
 * or too large a body) or TypeError (an address that this server may not call).
 */
export function createTransport(options: TransportOptions = {}): Transport {
  const { fetch: send = globalThis.fetch, clock = () => new Date(), allowedOrigins } = options
  return async (request) => {
    requireAllowed(request.url, allowedOrigins)
    const { headersMs, wholeMs, bodyBytes } = { ...request.limits, ...options.limits }
    const init = toInit(request)
    const call = new DeadlinedCall(request, wholeMs)
    const sentAt = clock()
    const startedAt = performance.now()
    try {
      const response = await call.race(send(request.url, { ...init, signal: call.signal }), { reason: 'timeout_headers', withinMs: headersMs })
      const headers = readAnswerHeaders(response.headers)
      if (isRedirect(response)) throw nonconformance(request, response, 'redirect')
      const body = await call.race(readBody(response, bodyBytes), { reason: 'timeout_body', withinMs: null })
      if (body === 'too_large') throw nonconformance(request, response, 'too_large')
      const durationMs = Math.round(performance.now() - startedAt)
      return {
        status: response.status,
        headers,
        body: Secret.of(body.text),
        encoding: body.encoding,
        sentAt,
        receivedAt: new Date(sentAt.getTime() + durationMs),
        durationMs,
      }
    } finally {
      call.end()
    }
  }
}
