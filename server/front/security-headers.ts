import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isVisitorPath } from './visitor-path'

export interface HeaderPolicy {
  /** Null where HSTS must never be sent: loopback, IP addresses, self-signed certificates. */
  readonly hsts: string | null
}

const POLICY = 'Content-Security-Policy'
const NONCE_BYTES = 18
/** Next's hashed files: the only answers that a cache may keep. */
const STATIC = /^\/_next\/static\//

/** 144 bits from the system's generator; never taken from the request. */
export function makeNonce(): string {
  return randomBytes(NONCE_BYTES).toString('base64')
}

/** The policy of a console page. Next reads the nonce from the request's own header of this name and marks its scripts. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** What every answer of the machine API carries: nothing of it is ever a page, and no cache may keep it. */
export function machineHeaders({ hsts }: HeaderPolicy): Record<string, string> {
  return {
    'Content-Security-Policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
    ...sharedHeaders(hsts),
  }
}

function sharedHeaders(hsts: string | null): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()',
    'X-Frame-Options': 'DENY',
    ...(hsts ? { 'Strict-Transport-Security': hsts } : {}),
  }
}

/** What every other answer carries, whatever its status. */
export function securityHeaders(path: string, given: HeaderPolicy & { nonce: string }): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(given.nonce),
    'Referrer-Policy': /^\/(oauth|sign-in|set-up|api\/auth|connect-problem)/.test(path) ? 'no-referrer' : 'same-origin',
    ...sharedHeaders(given.hsts),
    ...(STATIC.test(path) ? {} : { 'Cache-Control': 'no-store' }),
  }
}

/** Sets those headers on an answer; Next may not weaken them afterwards. */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse, given: HeaderPolicy & { nonce: string }): void {
  const path = request.url?.split('?')[0] ?? '/'
  const fixed = securityHeaders(path, given)
  const ownPolicy = isVisitorPath(path) ? fixed[POLICY] : undefined
  if (ownPolicy !== undefined) delete fixed[POLICY]
  for (const [name, value] of Object.entries(fixed)) response.setHeader(name, value)
  const setHeader = response.setHeader.bind(response)
  const names = new Set(Object.keys(fixed).map((name) => name.toLowerCase()))
  response.setHeader = (name, value) => (names.has(name.toLowerCase()) ? response : setHeader(name, value))
  const writeHead = response.writeHead.bind(response) as (status: number, ...rest: unknown[]) => ServerResponse
  response.writeHead = ((status: number, ...rest: unknown[]) => {
    for (const extra of rest) dropFixed(extra, names)
    // Whatever answered there, none goes out without a policy.
    if (ownPolicy !== undefined && !response.hasHeader(POLICY)) setHeader(POLICY, ownPolicy)
    return writeHead(status, ...rest)
  }) as typeof response.writeHead
}

function dropFixed(headers: unknown, names: ReadonlySet<string>): void {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return
  for (const name of Object.keys(headers)) if (names.has(name.toLowerCase())) delete (headers as Record<string, unknown>)[name]
}
