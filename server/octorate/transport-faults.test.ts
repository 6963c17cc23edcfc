import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, expect, test } from 'vitest'
import { authorizationCode, clientSecret } from '@/server/crypto/tokens'
import { codeExchangeRequest } from './code-exchange'
import type { NonconformanceReason } from './errors/upstream-nonconformance'
import type { UnreachableReason } from './errors/upstream-unreachable'
import { openSockets } from './sockets'
import { createTransport } from './transport'
import type { CallLimits } from './upstream-request'

const servers: Server[] = []
const { fetch, close } = openSockets()

afterAll(close)
afterEach(async () => {
  await Promise.all(
    servers.splice(0).map(
      (server) =>
        new Promise((resolve) => {
          server.close(resolve)
          server.closeAllConnections()
        }),
    ),
  )
})

async function listen(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, server }
}

function requestTo(url: string) {
  return codeExchangeRequest({
    url: `${url}/token`,
    clientId: 'id',
    clientSecret: clientSecret('secret-canary-123'),
    redirectUri: 'https://localhost',
    code: authorizationCode('code-canary-123'),
  })
}

async function callAgainst(
  listener: RequestListener,
  limits: Partial<CallLimits> = {},
): Promise<{ error: unknown; tookMs: number; isOver: () => boolean }> {
  const responses: ServerResponse[] = []
  const { url } = await listen((request, response) => {
    responses.push(response)
    listener(request, response)
  })
  const startedAt = performance.now()
  const error: unknown = await createTransport({ fetch, limits })(requestTo(url)).then(
    () => 'answered',
    (caught: unknown) => caught,
  )
  return { error, tookMs: performance.now() - startedAt, isOver: () => responses.every(hasEnded) }
}

/** Sent to its last byte, or cut: in neither case does anybody wait on the connection. */
function hasEnded(response: ServerResponse): boolean {
  return response.writableFinished || response.destroyed || (response.socket?.destroyed ?? true)
}

const BOMB = gzipSync(Buffer.alloc(50_000_000))
const json = { 'content-type': 'application/json' }

/** Writes for ever, and stops when the other side has gone. */
function pour(response: ServerResponse, chunk: Buffer): void {
  const write = () => {
    while (!response.destroyed && response.write(chunk)) continue
  }
  response.on('drain', write)
  write()
}

interface Expected {
  readonly name: string
  readonly reason: UnreachableReason | NonconformanceReason
  readonly maybeProcessed?: boolean
}

/** Short only where the deadline is what is tested, so that a busy machine changes no outcome. */
const LIMITS: Readonly<Partial<Record<Expected['reason'], Partial<CallLimits>>>> = {
  timeout_headers: { headersMs: 150 },
  timeout_body: { wholeMs: 600 },
}

const faults: ReadonlyArray<[name: string, listener: RequestListener, expected: Expected]> = [
  [
    'headers that never come',
    () => {},
    { name: 'UpstreamUnreachable', reason: 'timeout_headers', maybeProcessed: true },
  ],
  [
    'headers that come byte by byte',
    (request: IncomingMessage) => {
      request.socket.write('HTTP/1.1 200 OK\r\nx-slow: ')
      const timer = setInterval(() => request.socket.write('x'), 20)
      request.socket.on('close', () => clearInterval(timer))
      request.socket.on('error', () => {})
    },
    { name: 'UpstreamUnreachable', reason: 'timeout_headers' },
  ],
  [
    'a body that comes byte by byte',
    (_request, response) => {
      response.writeHead(200, json).write('{')
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(timer))
    },
    { name: 'UpstreamUnreachable', reason: 'timeout_body', maybeProcessed: true },
  ],
  [
    'a body that stops half way',
    (_request, response) => {
      response.writeHead(200, { ...json, 'content-length': '100' }).write('{"access_token":')
    },
    { name: 'UpstreamUnreachable', reason: 'timeout_body' },
  ],
  [
    'a body that never ends',
    (_request, response) => {
      pour(response.writeHead(200, json), Buffer.alloc(16_384, ' '))
    },
    { name: 'UpstreamNonconformance', reason: 'too_large' },
  ],
  [
    'a body of 10 MB',
    (_request, response) => {
      response.writeHead(200, json).end(Buffer.alloc(10_000_000, ' '))
    },
    { name: 'UpstreamNonconformance', reason: 'too_large' },
  ],
  [
    'a small body that unpacks to 50 MB',
    (_request, response) => {
      response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(BOMB)
    },
    { name: 'UpstreamNonconformance', reason: 'too_large' },
  ],
  [
    'a body that only says it is packed',
    (_request, response) => {
      response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end('{"access_token":"a"}')
    },
    { name: 'UpstreamUnreachable', reason: 'body_cut', maybeProcessed: true },
  ],
  [
    'a redirect with a body that goes on',
    (_request, response) => {
      pour(response.writeHead(302, { location: 'https://elsewhere.example/' }), Buffer.alloc(16_384, ' '))
    },
    { name: 'UpstreamNonconformance', reason: 'redirect' },
  ],
  [
    'a body that says it is large, and that nobody begins to read',
    (_request, response) => {
      pour(response.writeHead(200, { ...json, 'content-length': '99000000', 'content-encoding': 'gzip' }), BOMB)
    },
    { name: 'UpstreamNonconformance', reason: 'too_large' },
  ],
  [
    'a packed body that stops half way',
    (_request, response) => {
      response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).write(BOMB.subarray(0, 10))
    },
    { name: 'UpstreamUnreachable', reason: 'timeout_body', maybeProcessed: true },
  ],
  [
    'a reset before the answer',
    (request) => {
      request.socket.resetAndDestroy()
    },
    { name: 'UpstreamUnreachable', reason: 'connection', maybeProcessed: true },
  ],
  [
    'a reset in the middle of the body',
    (request, response) => {
      response
        .writeHead(200, { ...json, 'content-length': '100' })
        .write('{"access_token":', () => request.socket.resetAndDestroy())
    },
    { name: 'UpstreamUnreachable', reason: 'body_cut', maybeProcessed: true },
  ],
  [
    'an end before the announced length',
    (request, response) => {
      response
        .writeHead(200, { ...json, 'content-length': '100' })
        .write('{"access_token":', () => request.socket.end())
    },
    { name: 'UpstreamUnreachable', reason: 'body_cut', maybeProcessed: true },
  ],
  [
    'an answer that is no HTTP',
    (request) => {
      request.socket.end('SSH-2.0-OpenSSH\r\n\r\n')
    },
    { name: 'UpstreamUnreachable', reason: 'connection', maybeProcessed: true },
  ],
]

test.each(faults)('ends in time and in words on %s', async (_name, listener, expected) => {
  const { error, tookMs, isOver } = await callAgainst(listener, LIMITS[expected.reason])
  expect(error).toMatchObject(expected)
  expect(tookMs).toBeLessThan(4_000)
  expect(String(error)).not.toContain('canary')
  await expect.poll(isOver, { timeout: 2_000, interval: 10 }).toBe(true)
})

test('knows that nothing arrived where nobody listens', async () => {
  const { url, server } = await listen(() => {})
  await new Promise((resolve) => server.close(resolve))
  await expect(createTransport({ fetch })(requestTo(url))).rejects.toMatchObject({
    name: 'UpstreamUnreachable',
    reason: 'connection',
    networkCode: 'ECONNREFUSED',
    maybeProcessed: false,
  })
})

test.each([301, 302, 303, 307, 308])(
  'sends nothing on after %i, because the form holds the client secret',
  async (status) => {
    const hits: string[] = []
    const canary = await listen((request, response) => {
      hits.push(request.url ?? '')
      response.end()
    })
    const { error } = await callAgainst((_request, response) => {
      response.writeHead(status, { location: `${canary.url}/stolen` }).end('moved')
    })
    expect(error).toMatchObject({ name: 'UpstreamNonconformance', reason: 'redirect', status })
    expect(hits).toEqual([])
  },
)

test('unpacks an honest body and reuses its connection', async () => {
  const sockets = new Set<unknown>()
  const { url } = await listen((request, response) => {
    sockets.add(request.socket)
    response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(gzipSync('{"access_token":"a"}'))
  })
  const transport = createTransport({ fetch })
  const first = await transport(requestTo(url))
  await transport(requestTo(url))
  expect(first.body.reveal()).toBe('{"access_token":"a"}')
  expect(sockets.size).toBe(1)
})
