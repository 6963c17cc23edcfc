import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import vectors from '../../tests/vectors/ipv4-cidr.json'
import { openAgent, send } from './call-outside'
import { checkOutboundUrl } from './check-address'

const PUBLIC_ONLY = { mayReachLoopback: false }
const AT_HOME = { mayReachLoopback: true }
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function listen(answer: RequestListener) {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))))
  return { port: (server.address() as AddressInfo).port, requests }
}

const agentOf = (...given: Parameters<typeof openAgent>) => {
  const agent = openAgent(...given)
  closers.push(() => agent.destroy())
  return agent
}
const call = (agent: ReturnType<typeof openAgent>, url: string) => send(agent, new URL(url), { url, headers: {}, body: '{}' })

describe('an address of a webhook', () => {
  test.each(['https://hooks.example.com/a?b=c', 'https://hooks.example.com:8443', 'https://8.8.8.8/x', 'https://[2606:4700::1111]/'])('%s may be called', (url) => {
    expect(checkOutboundUrl(url, PUBLIC_ONLY).href).toContain('https://')
  })

  test.each(['http://hooks.example.com', 'ftp://hooks.example.com', 'http://127.0.0.1:80/', 'file:///etc/passwd'])('%s is not https', (url) => {
    expect(() => checkOutboundUrl(url, PUBLIC_ONLY)).toThrow('not_https')
  })

  test.each([
    'https://localhost/', 'https://a.localhost/', 'https://intranet/', 'https://127.0.0.1/', 'https://2130706433/', 'https://0x7f.1/', 'https://0177.0.0.1/',
    'https://127.1/', 'https://169.254.169.254/latest/meta-data', 'https://10.0.0.1/', 'https://[::1]/', 'https://[::ffff:7f00:1]/', 'https://[64:ff9b::7f00:1]/',
    'https://[fd00:ec2::254]/', 'https://user@hooks.example.com/', 'https://hooks.example.com/#a', 'no address',
  ])('%s is refused, because it leads inside or hides something', (url) => {
    expect(() => checkOutboundUrl(url, PUBLIC_ONLY)).toThrow('address_refused')
  })

  test('of any spelling of an IPv4 host leads to a public address or nowhere', () => {
    const hosts = vectors.flatMap(({ input }) => (URL.canParse(`https://${input}/`) ? [new URL(`https://${input}/`)] : []))
    const literal = hosts.filter(({ hostname }) => /^[\d.]+$/.test(hostname))
    expect(literal.length).toBeGreaterThan(20)
    const inside = literal.filter(({ hostname }) => /^(0|10|127|169\.254|172\.(1[6-9]|2\d|3[01])|192\.168|22[4-9]|2[3-5]\d)\./.test(hostname))
    expect(inside.length).toBeGreaterThan(3)
    for (const url of inside) expect(() => checkOutboundUrl(url.href, PUBLIC_ONLY)).toThrow(/address_refused/)
  })
})

describe('a name', () => {
  test('that resolves to this machine is never connected to', async () => {
    const { port, requests } = await listen((_, response) => response.end())
    const agent = agentOf(PUBLIC_ONLY, async () => [{ address: '127.0.0.1', family: 4 }])
    await expect(call(agent, `http://rebind.example:${port}/`)).rejects.toThrow('address_refused')
    expect(requests).toEqual([])
  })

  test('of which one address is public and another is not is refused whole', async () => {
    const agent = agentOf(PUBLIC_ONLY, async () => [{ address: '8.8.8.8', family: 4 }, { address: '10.0.0.1', family: 4 }])
    await expect(call(agent, 'http://mixed.example/')).rejects.toThrow('address_refused')
  })

  test('is looked up once for a connection, so that a second answer can not lead inside', async () => {
    const { port, requests } = await listen((_, response) => response.end('ok'))
    const answers = [[{ address: '127.0.0.1', family: 4 }], [{ address: '10.0.0.1', family: 4 }]]
    const agent = agentOf(AT_HOME, async () => answers.shift() ?? [])
    await expect(call(agent, `http://rebind.example:${port}/`)).resolves.toMatchObject({ status: 200 })
    expect(requests).toHaveLength(1)
    expect(answers).toHaveLength(1)
  })

  test('that nobody knows says so', async () => {
    await expect(call(agentOf(PUBLIC_ONLY), 'http://does-not-exist.invalid/')).rejects.toThrow('name_unknown')
  })
})

describe('an answer', () => {
  test.each([301, 302, 303, 307, 308])('with status %i is not followed', async (status) => {
    const { port, requests } = await listen((_, response) => response.writeHead(status, { location: '/elsewhere' }).end())
    await expect(call(agentOf(AT_HOME), `http://127.0.0.1:${port}/`)).rejects.toThrow('redirected')
    expect(requests).toEqual(['POST /'])
  })

  test('without an end is read no further than 4 KB', async () => {
    const { port } = await listen((_, response) => {
      const more = () => void (response.destroyed || response.write('x'.repeat(1_000), () => setImmediate(more)))
      more()
    })
    const answer = await call(agentOf(AT_HOME), `http://127.0.0.1:${port}/`)
    expect(answer.body).toHaveLength(4_096)
  })

  test('that never comes because nobody listens says so', async () => {
    const { port } = await listen((_, response) => response.end())
    for (const close of closers.splice(0)) await close()
    await expect(call(agentOf(AT_HOME), `http://127.0.0.1:${port}/`)).rejects.toThrow('unreachable')
  })

  test('that is cut off says so', async () => {
    const { port } = await listen((request) => request.socket.destroy())
    await expect(call(agentOf(AT_HOME), `http://127.0.0.1:${port}/`)).rejects.toThrow('cut')
  })
})
