import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type Answer, type Ask } from '../ask'
import { startConsole, type TestConsole } from '../console'
import { listEndpoints } from '../routes'
import { listPageAddresses, type PageAddress } from './page-addresses'
import { prepare } from './samples'

const MARK = 'Villa Zyxwvut Protetta'
let keyrack: TestConsole
let protectedPages: PageAddress[]
/** Words that only a signed-in person of the organization may see. */
let secrets: string[]

beforeAll(async () => {
  keyrack = await startConsole()
  protectedPages = (await listPageAddresses(keyrack, MARK)).filter((page) => page.signedIn)
  const { people, apiClient } = keyrack.organization
  secrets = [MARK, encodeURIComponent(MARK), people.owner.email, people.viewer.email, apiClient.clientId, 'Northwind Hotels Software']
})
afterAll(() => keyrack.stop())

const leaks = (answer: Pick<Answer, 'whole'>) => secrets.filter((secret) => answer.whole.includes(secret))

interface Trick {
  readonly what: string
  /** The address to ask for; the page's own unless told. */
  readonly at?: (path: string) => string
  readonly init?: Ask
  /** Next itself stumbles over this one: it may answer 500, with nothing in it. */
  readonly stumbles?: boolean
}

const middleware = (name: string, value: string): Trick => ({ what: `${name}: ${value}`, init: { headers: { [name]: value } } })
const headers = (what: string, given: Record<string, string>): Trick => ({ what, init: { headers: given } })
const address = (what: string, at: (path: string) => string): Trick => ({ what, at })

/** Ways in which a framework was, or could be, talked past its own checks. */
const TRICKS: readonly Trick[] = [
  { what: 'nothing at all' },
  middleware('x-middleware-subrequest', 'middleware'),
  middleware('x-middleware-subrequest', 'middleware:middleware:middleware:middleware:middleware'),
  middleware('x-middleware-subrequest', 'src/middleware:src/middleware:src/middleware:src/middleware:src/middleware'),
  middleware('x-middleware-subrequest', 'proxy:proxy:proxy:proxy:proxy'),
  middleware('x-middleware-subrequest-id', '0'),
  middleware('x-middleware-rewrite', '/connections'),
  middleware('x-middleware-next', '1'),
  middleware('x-middleware-override-headers', 'cookie'),
  middleware('x-middleware-set-cookie', '__Host-keyrack-session=x'),
  middleware('x-middleware-prefetch', '1'),
  headers('invoked', { 'x-invoke-path': '/connections', 'x-invoke-status': '200', 'x-invoke-output': '/connections', 'x-invoke-query': '{}' }),
  headers('matched', { 'x-matched-path': '/connections', 'x-nextjs-data': '1', 'x-now-route-matches': '1=x' }),
  headers('data', { 'x-nextjs-data': '1' }),
  headers('flight', { rsc: '1' }),
  headers('prefetched flight', { rsc: '1', 'next-router-prefetch': '1' }),
  headers('runtime prefetch', { rsc: '1', 'next-router-prefetch': '2' }),
  headers('segment', { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' }),
  headers('whole segment', { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_full' }),
  headers('state tree', { rsc: '1', 'next-router-state-tree': '%5B%22%22%2C%7B%22children%22%3A%5B%22(console)%22%2C%7B%7D%5D%7D%5D', 'next-url': '/' }),
  headers('state tree that refetches below the layout', {
    rsc: '1', 'next-router-state-tree': encodeURIComponent(JSON.stringify(['', { children: ['(console)', { children: ['__PAGE__', {}, null, 'refetch'] }] }])),
  }),
  { ...headers('broken state tree', { rsc: '1', 'next-router-state-tree': '%7B' }), stumbles: true },
  headers('hmr refresh', { rsc: '1', 'next-hmr-refresh': '1' }),
  headers('draft', { cookie: '__prerender_bypass=x; __next_preview_data=x' }),
  headers('revalidate', { 'x-prerender-revalidate': 'x', 'x-prerender-revalidate-if-generated': '1' }),
  headers('resume', { 'next-resume': '1' }),
  headers('action', { 'next-action': '7f0000000000000000000000000000000000000000', 'content-type': 'text/plain' }),
  headers('another host', { host: 'evil.example', 'x-forwarded-host': 'evil.example' }),
  headers('forwarded as ourselves', { 'x-forwarded-host': 'localhost', 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https', forwarded: 'for=127.0.0.1' }),
  headers('rewritten by a proxy', { 'x-original-url': '/connections', 'x-rewrite-url': '/connections' }),
  headers('a forged cookie', { cookie: '__Host-keyrack-session=eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA' }),
  headers('next-auth’s own cookie names', { cookie: 'next-auth.session-token=x; __Secure-next-auth.session-token=x; session=x' }),
  headers('a bearer', { authorization: 'Bearer x' }),
  address('.rsc', (path) => `${path === '/' ? '/index' : path}.rsc`),
  address('.segments', (path) => `${path === '/' ? '/index' : path}.segments/_tree.segment.rsc`),
  address('.txt', (path) => `${path === '/' ? '/index' : path}.txt`),
  address('_next/data', (path) => `/_next/data/BUILD${path === '/' ? '/index' : path}.json`),
  address('_next prefix', (path) => `/_next${path}`),
  address('two slashes', (path) => `/${path}`),
  address('two slashes inside', (path) => path.replaceAll('/', '//')),
  address('an escaped slash', (path) => `/${path.slice(1).replaceAll('/', '%2f')}`),
  address('an escaped letter', (path) => path.replace('connections', 'c%6fnnections').replace('api-clients', 'api%2dclients')),
  address('twice escaped', (path) => path.replaceAll('/', '%252f').replace('%252f', '/')),
  address('a semicolon', (path) => `${path};x=1`),
  address('a dot segment', (path) => `/sign-in/..${path}`),
  address('an escaped dot segment', (path) => `/sign-in/%2e%2e${path}`),
  address('a backslash', (path) => path.replaceAll('/', '\\').replace('\\', '/')),
  address('capitals', (path) => path.toUpperCase()),
  address('a slash at the end', (path) => `${path}/`),
  address('a language', (path) => `/en${path}`),
  address('Next’s query', (path) => `${path}?nxtPid=x&__nextLocale=en&__nextDataReq=1&_rsc=1`),
  address('Next’s query, escaped', (path) => `${path}?%6extPid=x&%5f%5fnextDataReq=1`),
  address('the route group', (path) => `/(console)${path}`),
  address('the whole address', (path) => `http://localhost${path}`),
  address('an address of another host', (path) => `http://evil.example${path}`),
  address('a long query', (path) => `${path}?x=${'a'.repeat(7_000)}`),
  { what: 'HEAD', init: { method: 'HEAD' } },
  { what: 'OPTIONS', init: { method: 'OPTIONS' } },
  { what: 'POST', init: { method: 'POST', body: '' } },
  { what: 'an action in a form', init: { method: 'POST', body: '--b\r\nContent-Disposition: form-data; name="1_$ACTION_ID_x"\r\n\r\n\r\n--b--\r\n', headers: { 'content-type': 'multipart/form-data; boundary=b', 'next-action': 'x' } } },
  { what: 'a huge flight', init: { method: 'POST', body: `["$F${'1'.repeat(900_000)}"]`, headers: { 'next-action': 'x', 'content-type': 'text/plain;charset=UTF-8' } } },
  { what: 'a body deep as a well', init: { method: 'POST', body: '['.repeat(500_000), headers: { 'content-type': 'application/json' } } },
  { what: 'PUT', init: { method: 'PUT', body: '{}' } },
]

describe('the pack is able to find something', () => {
  test('every page shows a signed-in person a protected word', async () => {
    const silent = []
    for (const { address: path } of protectedPages) if (leaks(await keyrack.fetchAs('owner', path)).length === 0) silent.push(path)
    expect(silent).toEqual([])
    expect(protectedPages.length).toBeGreaterThan(5)
  })

  test('the marked name is on the list and on its own page', async () => {
    const shown = await Promise.all(['/', '/connections'].map((path) => keyrack.fetchAs('viewer', path)))
    expect(shown.map((answer) => answer.text.includes(MARK))).toEqual([true, true])
  })
})

describe('without a session', () => {
  test.each(TRICKS)('no page gives a protected word to: $what', async ({ at = (path) => path, init = {}, stumbles = false }) => {
    const found: string[] = []
    for (const page of protectedPages) {
      const target = at(page.address)
      let answer = await ask(keyrack.url, target, init)
      found.push(...leaks(answer).map((leak) => `${target}: ${leak}`))
      // Where Next only sends the browser on to another spelling, that is asked for too.
      for (let hops = 0; hops < 3 && isOwn(answer.headers.location); hops += 1) {
        answer = await ask(keyrack.url, pathOf(answer.headers.location), { headers: init.headers ?? {} })
        found.push(...leaks(answer).map((leak) => `${target}: ${leak}`))
      }
      if (answer.status >= 500 && !stumbles) found.push(`${target}: status ${answer.status}`)
      if (answer.headers.location !== undefined && !isOwn(answer.headers.location)) found.push(`${target}: leads to ${answer.headers.location}`)
    }
    expect(found).toEqual([])
  })

  test('no endpoint does either', async () => {
    const found: string[] = []
    for (const { endpoint } of await listEndpoints()) {
      const call = await prepare(`${endpoint.method} ${endpoint.path}`, { keyrack, organization: keyrack.organization, role: 'owner' })
      for (const { what, at = (path: string) => path, init = {}, stumbles = false } of TRICKS) {
        const answer = await ask(keyrack.url, at(call.path), { method: endpoint.method, ...init })
        found.push(...leaks(answer).map((leak) => `${endpoint.method} ${call.path} with ${what}: ${leak}`))
        if (answer.status >= 500 && !stumbles) found.push(`${endpoint.method} ${call.path} with ${what}: status ${answer.status}`)
      }
    }
    expect(found).toEqual([])
  })

  test.each(['websocket', 'h2c', 'TLS/1.0'])('no upgrade to %s is made, to us or to another host', async (protocol) => {
    for (const target of ['/', '/connections', 'http://evil.example/', '/_next/webpack-hmr']) {
      const answer = await upgrade(target, protocol)
      expect([target, answer.split('\r\n', 1)[0], leaks({ whole: answer })]).toEqual([target, 'HTTP/1.1 400 Bad Request', []])
    }
  })

  function upgrade(target: string, protocol: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(keyrack.process.port, '127.0.0.1', () =>
        socket.write(
          `GET ${target} HTTP/1.1\r\nHost: ${new URL(keyrack.url).host}\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n` +
            'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
        ),
      )
      let text = ''
      socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk))
      socket.on('error', reject)
      socket.on('close', () => resolve(text))
    })
  }
})

describe('with a session of another organization', () => {
  test('no page of a thing gives a protected word, by no trick', async () => {
    const found: string[] = []
    const { cookie } = keyrack.otherOrganization.people.owner
    const pagesOfThings = protectedPages.filter((page) => /[0-9a-f-]{36}/.test(page.address))
    expect(pagesOfThings.length).toBeGreaterThan(2)
    for (const { what, at = (path: string) => path, init = {} } of TRICKS.filter(({ init: given }) => given?.headers?.['cookie'] === undefined)) {
      for (const page of pagesOfThings) {
        const answer = await ask(keyrack.url, at(page.address), { ...init, headers: { cookie, ...init.headers } })
        found.push(...leaks(answer).map((leak) => `${at(page.address)} with ${what}: ${leak}`))
      }
    }
    expect(found).toEqual([])
  })
})

/** A redirect that stays at the console. */
function isOwn(location: string | undefined): location is string {
  return location !== undefined && new URL(location, keyrack.url).origin === keyrack.url
}

function pathOf(location: string | undefined): string {
  const { pathname, search } = new URL(location ?? '/', keyrack.url)
  return `${pathname}${search}`
}
