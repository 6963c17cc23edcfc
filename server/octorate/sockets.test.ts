import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { accessToken, authorizationCode, clientSecret, oldApiKey, refreshToken } from '@/server/crypto/tokens'
import { codeExchangeRequest } from './code-exchange'
import { migrateRequest } from './migrate-key'
import { refreshRequest } from './refresh'
import { openSockets } from './sockets'
import { createTransport } from './transport'
import { userInfoRequest } from './user-info'

const ends: (() => unknown)[] = []
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const end of ends.splice(0).toReversed()) await end()
})

function open(limits: Parameters<typeof openSockets>[0] = {}) {
  const sockets = openSockets(limits)
  ends.push(sockets.close)
  return { sockets, transport: createTransport({ fetch: sockets.fetch, limits: { headersMs: 30_000, wholeMs: 30_000 } }) }
}

/** A server that keeps every answer back until it is told to let them go. */
async function openHolding() {
  const waiting: ServerResponse[] = []
  const seen = { requests: 0, mostSockets: 0, released: false }
  const sockets = new Set<Socket>()
  const server = createServer((_request, response) => {
    seen.requests += 1
    if (seen.released) response.end('{}')
    else waiting.push(response)
  })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    seen.mostSockets = Math.max(seen.mostSockets, sockets.size)
    socket.on('close', () => sockets.delete(socket))
  })
  const url = await listen(server)
  const release = () => {
    seen.released = true
    for (const response of waiting.splice(0)) response.end('{}')
  }
  return { url, seen, sockets, release }
}

async function listen(server: Server): Promise<string> {
  // Without a hint from the server, how long a socket is kept is the client's own choice.
  server.keepAliveTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const credentials = { clientId: 'id', clientSecret: clientSecret('secret-canary-123') }
const read = (url: string) => userInfoRequest({ url: `${url}/user`, accessToken: accessToken('token') })
const refresh = (url: string) =>
  refreshRequest({ url: `${url}/refresh`, ...credentials, refreshToken: refreshToken('refresh') })
const exchange = (url: string) =>
  codeExchangeRequest({ url: `${url}/token`, ...credentials, redirectUri: 'https://localhost', code: authorizationCode('c') })

const NEVER_CONNECTED = {
  name: 'UpstreamUnreachable',
  reason: 'connection',
  networkCode: 'UND_ERR_CONNECT_TIMEOUT',
  maybeProcessed: false,
}

test('gives up on a host that lets nobody in, and knows that the code never arrived', async () => {
  // Listens, and then sleeps for ever: when the queue of two is full, further connections hang.
  const child = spawn(process.execPath, [
    '-e',
    `const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      require('node:fs').writeSync(1, String(server.address().port))
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30_000)
      process.exit()
    })`,
  ])
  ends.push(() => child.kill('SIGKILL'))
  const [port] = (await once(child.stdout, 'data')) as [Buffer]
  for (const filler of Array.from({ length: 4 }, () => connect(Number(port), '127.0.0.1'))) {
    filler.on('error', () => {})
    ends.push(() => filler.destroy())
  }
  const { transport } = open({ connectMs: 200 })
  const startedAt = performance.now()
  await expect(transport(exchange(`http://127.0.0.1:${port}`))).rejects.toMatchObject(NEVER_CONNECTED)
  expect(performance.now() - startedAt).toBeLessThan(5_000)
})

test('gives up on a host that never answers the TLS greeting, because that is part of connecting', async () => {
  const server = createTcpServer((socket) => void ends.push(() => socket.destroy()))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(() => server.close())
  const { transport } = open({ connectMs: 200 })
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  await expect(transport(exchange(url))).rejects.toMatchObject(NEVER_CONNECTED)
})

test('connects within three seconds or not at all, unless told otherwise', async () => {
  const server = createTcpServer((socket) => void ends.push(() => socket.destroy()))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(() => server.close())
  const { transport } = open()
  const startedAt = performance.now()
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  await expect(transport(exchange(url))).rejects.toMatchObject(NEVER_CONNECTED)
  const tookMs = performance.now() - startedAt
  expect(tookMs).toBeGreaterThan(2_900)
  expect(tookMs).toBeLessThan(6_000)
})

test.each([301, 302, 303, 307, 308])('follows no redirect of status %i, which would give the secrets to whoever is named', async (status) => {
  const asked: (string | undefined)[] = []
  const url = await listen(createServer((request, response) => {
    asked.push(request.url)
    response.writeHead(status, { location: '/elsewhere' }).end('{}')
  }))
  const { transport } = open()
  await expect(transport(exchange(url))).rejects.toMatchObject({ name: 'UpstreamNonconformance', reason: 'redirect', status })
  expect(asked).toEqual(['/token'])
})

test('opens sixteen sockets to a host and no more, however many calls wait', async () => {
  const { url, seen, sockets, release } = await openHolding()
  const { transport } = open()
  const calls = Array.from({ length: 60 }, () => transport(read(url)))
  await expect.poll(() => seen.requests).toBe(16)
  release()
  await Promise.all(calls)
  expect(seen).toMatchObject({ requests: 60, mostSockets: 16 })
  expect(sockets.size).toBeLessThanOrEqual(16)
})

test('lets a code pass while every refresh waits for Octorate, because a code lives for a minute', async () => {
  const { url, seen, release } = await openHolding()
  const { transport } = open({ refreshSockets: 5 })
  const refreshes = Array.from({ length: 20 }, () => transport(refresh(url)))
  await expect.poll(() => seen.requests).toBe(5)
  const code = transport(exchange(url))
  await expect.poll(() => seen.requests).toBe(6)
  release()
  await Promise.all([...refreshes, code])
  expect(seen).toMatchObject({ requests: 21, mostSockets: 6 })
})

test('lets a code pass while a run of many calls waits for Octorate', async () => {
  const { url, seen, release } = await openHolding()
  const { transport } = open()
  const migrations = Array.from({ length: 160 }, () => transport(migrateRequest({ url: `${url}/migrate`, oldKey: oldApiKey('key'), propertyId: '324410' })))
  await expect.poll(() => seen.requests).toBe(128)
  const code = transport(exchange(url))
  await expect.poll(() => seen.requests).toBe(129)
  release()
  await Promise.all([...migrations, code])
  expect(seen).toMatchObject({ requests: 161, mostSockets: 129 })
})

test('leaves no socket behind when it is closed, busy ones among them', async () => {
  const { url, seen, sockets } = await openHolding()
  const { sockets: ours, transport } = open()
  const calls = [read, refresh, exchange].map((request) => transport(request(url)).catch((error: unknown) => error))
  await expect.poll(() => seen.requests).toBe(3)
  expect(sockets.size).toBe(3)
  await ours.close()
  await expect.poll(() => sockets.size).toBe(0)
  for (const outcome of await Promise.all(calls)) {
    expect(outcome).toMatchObject({ name: 'UpstreamUnreachable', maybeProcessed: true })
  }
})

test('lets go of a socket that nobody has used for a while', async () => {
  const { url, sockets, release } = await openHolding()
  release()
  const { transport } = open()
  await transport(read(url))
  expect(sockets.size).toBe(1)
  await expect.poll(() => sockets.size, { timeout: 15_000 }).toBe(0)
})

test('asks no proxy that the environment names, because it would see every secret', async () => {
  const proxy = await openHolding()
  proxy.release()
  for (const name of ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY']) vi.stubEnv(name, proxy.url)
  const { url, seen, release } = await openHolding()
  release()
  const { transport } = open()
  await transport(exchange(url))
  expect(seen.requests).toBe(1)
  expect(proxy.seen.requests).toBe(0)
})
