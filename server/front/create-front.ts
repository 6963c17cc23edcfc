import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { isIP } from 'node:net'
import { checkImport, startImport } from '@/contracts/imports'
import { REQUEST_ID_HEADER } from '../http/request-context'
import { answerMetrics } from '../metrics/answer-metrics'
import type { Runtime } from '../runtime'
import type { TlsFiles } from '../start/tls'
import { beginRequest } from '../requests-first'
import { inSpan } from '../tracing/in-span'
import { cleanRequest } from './clean-request'
import { answerHealth } from './health'
import { isSoundAddress } from './is-sound-address'
import { createMachineApi, machineListener } from './machine-api/create-machine-api'
import { isMachinePath } from './machine-api/is-machine-path'
import { loggedPath } from './machine-api/logged-path'
import type { MachineApp } from './machine-api/machine-app'
import { plainAnswer } from './plain-answer'
import { refuseSocket } from './refuse-socket'
import { withoutLinkToken } from './visitor-path'
import { contentSecurityPolicy, machineHeaders, makeNonce, setSecurityHeaders } from './security-headers'

const LONGEST_URL = 8 * 1024
/** No page and no endpoint takes more, but for those that bring thousands of lines; a body of unknown length is not read at all. */
const LARGEST_BODY = 1024 * 1024
const LARGER_BODIES = new Map([startImport, checkImport].map(({ path, mostBytes }) => [path, mostBytes]))
const HEADERS_WITHIN_MS = 15_000
const REQUEST_WITHIN_MS = 60_000
const ONE_YEAR_S = 365 * 24 * 60 * 60

interface FrontParts {
  readonly runtime: Runtime
  readonly tls: TlsFiles | null
  readonly isLoopback: boolean
  /** What answers the machine API; its own unless somebody measures. */
  readonly machineApi?: MachineApp
  /** Next's request handler; whatever the front does not answer itself goes there. */
  readonly next: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

interface Arrived {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly host: string
  readonly path: string
  readonly isMachine: boolean
}

/**
 * The server in front of Next: finds the caller's address, drops headers that strangers could be believed by, sets
 * request id and security headers, answers health itself, and refuses foreign hosts.
 */
export function createFront({ runtime, tls, isLoopback, next, machineApi = createMachineApi() }: FrontParts): Server {
  const publicUrl = new URL(runtime.publicUrl)
  const hsts = hstsFor(publicUrl, { tls, isLoopback, subdomains: runtime.env.KEYRACK_HSTS_SUBDOMAINS === 'on' })
  const machine = machineListener(machineApi)
  const fixedMachineHeaders = Object.entries(machineHeaders({ hsts }))
  const listener: RequestListener = (request, response) => {
    const startedAt = performance.now()
    const requestId = randomUUID()
    const host = request.headers.host ?? ''
    const path = pathOf(request)
    const isMachine = isMachinePath(path)
    const nonce = isMachine ? null : makeNonce()
    const policy = nonce === null ? null : contentSecurityPolicy(nonce)
    const address = cleanRequest(request, { requestId, policy, publicUrl, trustedProxies: runtime.env.TRUSTED_PROXIES })
    response.setHeader('X-Request-Id', requestId)
    if (nonce !== null) setSecurityHeaders(request, response, { nonce, hsts })
    else for (const [name, value] of fixedMachineHeaders) response.setHeader(name, value)
    // A back end may call thousands of times a second: its ledger is in the database, not in the log.
    const level = isMachine ? 'debug' : 'info'
    if (runtime.log.isLevelEnabled(level)) {
      response.on('close', () => {
        const durationMs = Math.round(performance.now() - startedAt)
        const asked = { method: request.method, path: isMachine ? loggedPath(path) : withoutLinkToken(path) }
        runtime.log[level]({ requestId, ...asked, status: response.statusCode, durationMs, address }, 'request')
      })
    }
    serve({ request, response, host, path, isMachine }).catch((err: unknown) => {
      runtime.log.error({ requestId, err }, 'the front failed')
      if (!response.headersSent) plainAnswer(response, 500, `Something went wrong in Keyrack. Request ${requestId}\n`)
      else response.destroy()
    })
  }

  const serve = async (call: Arrived) => {
    const { request, response, host, path, isMachine } = call
    if (path === '/healthz' || path === '/readyz') return answerHealth(path, response, runtime)
    if ((request.url ?? '').length > LONGEST_URL) return plainAnswer(response, 414, 'This address is too long.\n')
    if (!isSoundAddress(request.url ?? '')) return plainAnswer(response, 400, 'This address cannot be understood.\n')
    if (host.toLowerCase() !== publicUrl.host) return refuseHost({ request, response, host, publicUrl })
    if (isMachine) return machine(request, response)
    if (path === '/metrics') return answerMetrics(request, response)
    if (!runtime.keys) {
      return plainAnswer(response, 503, 'Keyrack is sealed: no key is configured. Set KEYRACK_KEYS and start it again.\n')
    }
    if (request.headers['transfer-encoding'] !== undefined) return plainAnswer(response, 411, 'Say how long the body is.\n')
    if (Number(request.headers['content-length'] ?? 0) > (LARGER_BODIES.get(path) ?? LARGEST_BODY)) return plainAnswer(response, 413, 'This is too much at once.\n')
    return inSpan(
      { name: `${request.method} page or endpoint`, kind: 'server' },
      async (span) => {
        span.set('keyrack.request_id', String(request.headers[REQUEST_ID_HEADER]))
        const end = beginRequest(runtime)
        await next(request, response).finally(end)
        span.set('http.response.status_code', response.statusCode)
      },
      runtime,
    )
  }

  const options = { requestTimeout: REQUEST_WITHIN_MS, headersTimeout: HEADERS_WITHIN_MS, maxHeaderSize: 16 * 1024, requireHostHeader: false }
  const server = tls ? createTlsServer({ ...options, cert: tls.cert, key: tls.key }, listener) : createServer(options, listener)
  server.on('upgrade', (_request, socket) => refuseSocket(socket, { hsts }))
  server.on('connect', (_request, socket) => refuseSocket(socket, { hsts }))
  server.on('clientError', (error, socket) => refuseSocket(socket, { hsts }, error))
  return server
}

function pathOf({ url = '/' }: IncomingMessage): string {
  const mark = url.indexOf('?')
  return mark < 0 ? url : url.slice(0, mark)
}

/** Another name of this machine is sent to the one address; any other host is refused, so none can be planted. */
function refuseHost(call: { request: IncomingMessage; response: ServerResponse; host: string; publicUrl: URL }): void {
  const { request, response, host, publicUrl } = call
  const isOtherName = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host)
  if (isOtherName && (request.method === 'GET' || request.method === 'HEAD')) {
    const target = new URL(publicUrl.origin)
    const [path = '/', ...query] = (request.url ?? '/').split('?')
    target.pathname = path.startsWith('/') ? path.replace(/^[/\\]+/, '/') : '/'
    target.search = query.length > 0 ? `?${query.join('?')}` : ''
    response.setHeader('Location', target.href)
    return plainAnswer(response, 307, `Keyrack is at ${publicUrl.origin}\n`)
  }
  return plainAnswer(response, 421, `This Keyrack answers at ${publicUrl.origin} only (KEYRACK_URL).\n`)
}

function hstsFor(publicUrl: URL, given: { tls: TlsFiles | null; isLoopback: boolean; subdomains: boolean }): string | null {
  const hostname = publicUrl.hostname.replace(/^\[|\]$/g, '')
  if (publicUrl.protocol !== 'https:' || given.isLoopback || isIP(hostname) !== 0 || given.tls?.selfSigned) return null
  return `max-age=${ONE_YEAR_S}${given.subdomains ? '; includeSubDomains' : ''}`
}
