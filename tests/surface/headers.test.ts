import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer, Ask } from '../ask'
import { ask } from '../ask'
import { makeConnection } from '../make-connection'
import { startConsole, type TestConsole } from '../console'
import { listEndpoints } from '../routes'
import { listPageAddresses } from './page-addresses'
import { prepare, startFlow } from './samples'

const endpoints = (await listEndpoints()).map(({ endpoint }) => endpoint)
let keyrack: TestConsole

beforeAll(async () => {
  keyrack = await startConsole()
})
afterAll(() => keyrack.stop())

const FIXED: Readonly<Record<string, string | RegExp>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': /^(no-referrer|same-origin)$/,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': /camera=\(\).*microphone=\(\).*geolocation=\(\)/,
  'x-frame-options': 'DENY',
}
const DIRECTIVES = [
  "default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'",
]

/** What is wrong with an answer's headers; nothing when all is right. */
function faultsOf(answer: Pick<Answer, 'headers'>, { cacheable = false } = {}): string[] {
  const { headers } = answer
  const policy = String(headers['content-security-policy'] ?? '')
  const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? ''
  const faults = Object.entries(FIXED).flatMap(([name, wanted]) => {
    const found = String(headers[name] ?? 'absent')
    return (typeof wanted === 'string' ? found === wanted : wanted.test(found)) ? [] : [`${name}: ${found}`]
  })
  if (!DIRECTIVES.every((directive) => policy.includes(directive))) faults.push(`policy: ${policy}`)
  if (!/^'nonce-[A-Za-z0-9+/]{22,}={0,2}' 'strict-dynamic'$/.test(scripts)) faults.push(`scripts: ${scripts}`)
  if (/unsafe-(inline|eval)|unsafe-hashes|\*|http:|data:/.test(policy)) faults.push(`policy: ${policy}`)
  if ('x-powered-by' in headers || 'server' in headers) faults.push('it says what it is made with')
  if ('strict-transport-security' in headers) faults.push('HSTS on loopback')
  if (!cacheable && headers['cache-control'] !== 'no-store') faults.push(`cache-control: ${headers['cache-control']}`)
  if (!/^[0-9a-f-]{36}$/.test(String(headers['x-request-id']))) faults.push('no request id')
  return faults
}

const nonceOf = (answer: Answer) => /'nonce-([^']+)'/.exec(String(answer.headers['content-security-policy']))?.[1] ?? ''

/** What is wrong with status and headers, told with what was asked. */
function problemsOf(what: string, answer: Answer, statuses: number | readonly number[]): string[] {
  const wrongStatus = [statuses].flat().includes(answer.status) ? [] : [`status ${answer.status}`]
  return [...wrongStatus, ...faultsOf(answer)].map((problem) => `${what}: ${problem}`)
}

describe('pages', () => {
  test('carry every header, to a person and to nobody, as a page and as a navigation', async () => {
    const problems: string[] = []
    for (const { address, signedIn } of await listPageAddresses(keyrack)) {
      for (const role of ['owner', null] as const) {
        // The set-up is over, and who is signed in needs no sign-in page.
        const statuses = signedIn ? [role ? 200 : 307] : [200, 307, 404]
        problems.push(...problemsOf(`${role} ${address}`, await keyrack.fetchAs(role, address), statuses))
        // A redirect travels inside the flight: the status stays 200.
        problems.push(...problemsOf(`${role} ${address} as flight`, await askFlight(role, address), [200, ...statuses]))
      }
    }
    expect(problems).toEqual([])
  })

  test('give every script the nonce of their policy, and no inline handler or style without it', async () => {
    for (const { address } of await listPageAddresses(keyrack)) {
      const answer = await keyrack.fetchAs('owner', address)
      const nonce = nonceOf(answer)
      const scripts = [...answer.text.matchAll(/<(script|style)\b[^>]*>/g)].map(([tag]) => tag)
      expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([])
      expect(answer.text).not.toMatch(/<[a-z][^>]* on[a-z]+=|javascript:|<[a-z][^>]* style=/i)
    }
  })

  test('have another nonce each time, however the request asks for one', async () => {
    const chosen = 'AAAAAAAAAAAAAAAAAAAAAAAA'
    const wishes: Ask = {
      headers: {
        'content-security-policy': `script-src 'nonce-${chosen}'`,
        'content-security-policy-report-only': `script-src 'nonce-${chosen}'`,
        'x-nonce': chosen,
      },
    }
    const nonces = []
    for (let round = 0; round < 30; round += 1) {
      const answer = await keyrack.fetchAs('owner', '/settings/sessions', wishes)
      expect(answer.whole).not.toContain(chosen)
      nonces.push(nonceOf(answer))
    }
    expect(new Set(nonces).size).toBe(30)
    expect(Math.min(...nonces.map((nonce) => Buffer.from(nonce, 'base64').length))).toBeGreaterThanOrEqual(16)
  })
})

describe('endpoints', () => {
  test.each(endpoints.map((endpoint) => ({ name: `${endpoint.method} ${endpoint.path}`, ...endpoint })))(
    '$name carries every header whether it serves or refuses',
    async ({ name, method, permission, mostBytes }) => {
      const problems: string[] = []
      const call = await prepare(name, { keyrack, organization: keyrack.organization, role: 'owner' })
      const cookie = [keyrack.organization.people.owner.cookie, call.cookie].filter(Boolean).join('; ')
      const body = call.body ? { body: JSON.stringify(call.body) } : {}
      const isPublic = permission === 'public'
      const check = async (what: string, statuses: number, sent: Promise<Answer>) => problems.push(...problemsOf(what, await sent, statuses))
      await check('nobody', isPublic ? 404 : 401, keyrack.fetchAs(null, call.path, { method, ...body }))
      await check('unknown query', 400, keyrack.fetchWith(cookie, `${call.path}${call.path.includes('?') ? '&' : '?'}unknown=1`, { method, ...body }))
      if (method !== 'GET') {
        const evil = { origin: 'https://evil.example' }
        await check('another site', 403, keyrack.fetchWith(cookie, call.path, { method, ...body, headers: evil }))
        await check('text', 415, keyrack.fetchWith(cookie, call.path, { method, body: 'x', headers: { 'content-type': 'text/plain' } }))
        // An endpoint that takes thousands of lines reads them, and finds that they are none.
        await check('too much', mostBytes === undefined ? 413 : 400, keyrack.fetchWith(cookie, call.path, { method, body: 'x'.repeat(300_000) }))
      }
      await check('served', isPublic ? 404 : 200, keyrack.fetchWith(cookie, call.path, { method, ...body }))
      await check('wrong method', 405, keyrack.fetchWith(cookie, call.path, { method: 'PUT', body: '{}' }))
      expect(problems).toEqual([])
    },
  )

  test.each(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND'])('carry every header to %s where only others are served', async (method) => {
    const answer = await keyrack.fetchAs('owner', '/oauth/authorize', { method })
    expect(answer.status).not.toBe(200)
    expect(faultsOf(answer)).toEqual([])
  })
})

describe("next-auth's routes", () => {
  test.each([['csrf', 200], ['providers', 200], ['session', 200], ['signin', 302], ['signout', 302], ['error', 302], ['error?error=AccessDenied', 302], ['nothing', 400]] as const)(
    'GET %s answers %i with every header',
    async (action, status) => {
      expect(problemsOf(action, await keyrack.fetchAs(null, `/api/auth/${action}`), status)).toEqual([])
    },
  )
})

describe('refusals of the front and of Next', () => {
  const refusals: readonly (Ask & { what: string; path: string; statuses: readonly number[] })[] = [
    { what: 'an unknown page', path: '/nowhere', statuses: [404] },
    { what: 'an unknown endpoint', path: '/api/nowhere', statuses: [404] },
    { what: 'an address that is too long', path: `/connections?q=${'a'.repeat(9_000)}`, statuses: [414] },
    { what: 'another host', path: '/', headers: { host: 'evil.example' }, statuses: [421] },
    { what: 'another name of this machine', path: '/', headers: { host: '127.0.0.1' }, statuses: [307] },
    { what: 'a body that is too large', path: '/oauth/authorize', method: 'POST', body: 'x'.repeat(2_000_000), statuses: [413] },
    { what: 'a body of unknown length', path: '/oauth/authorize', method: 'POST', body: 'x', headers: { 'transfer-encoding': 'chunked' }, statuses: [411] },
    { what: 'broken percent-encoding', path: '/connections/%E0%A4%A', statuses: [400] },
    { what: 'an image to resize', path: '/_next/image?url=%2Ficon.svg&w=64&q=75', statuses: [400, 404] },
  ]

  test.each(refusals)('$what', async ({ what, path, statuses, ...init }) => {
    expect(problemsOf(what, await ask(keyrack.url, path, init), statuses)).toEqual([])
  })

  test('a file of the build that is not there', async () => {
    const answer = await ask(keyrack.url, '/_next/static/chunks/none.js')
    expect([answer.status, faultsOf(answer, { cacheable: true })]).toEqual([404, []])
    expect(answer.headers['cache-control']).not.toMatch(/immutable|public/)
  })

  test.each([
    ['headers that are too large', `GET / HTTP/1.1\r\nHost: localhost\r\nX-Big: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400],
    ['a length and chunks', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 421],
    ['an upgrade', 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x\r\n\r\n', 400],
  ])('%s', async (_what, bytes, status) => {
    const answer = await raw(keyrack.process.port, bytes)
    expect({ status: answer.status, faults: faultsOf(answer) }).toEqual({ status, faults: [] })
  })

  test.each(['/healthz', '/readyz'])('%s', async (path) => {
    expect(problemsOf(path, await ask(keyrack.url, path), 200)).toEqual([])
  })
})

describe('files', () => {
  test('of the build may be kept for ever, and nothing else may', async () => {
    const page = await keyrack.fetchAs('owner', '/settings/sessions')
    const files = [...page.text.matchAll(/"(\/_next\/static\/[^"\\]+?\.(?:js|css|woff2))/g)].map(([, file]) => file ?? '')
    expect(files.length).toBeGreaterThan(3)
    for (const file of new Set(files)) {
      const answer = await ask(keyrack.url, file)
      expect([file, answer.status, faultsOf(answer, { cacheable: true })]).toEqual([file, 200, []])
      expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    }
    expect(problemsOf('icon', await ask(keyrack.url, '/icon.svg'), 200)).toEqual([])
  })
})

describe('things that break', () => {
  test('carry every header when the database knows a table no more, and name nothing of it', async () => {
    const connection = await makeConnection(keyrack, keyrack.organization)
    await keyrack.sql.query('ALTER TABLE connections RENAME TO connections_away')
    try {
      const [page, endpoint] = [await keyrack.fetchAs('owner', `/connections/${connection.id}`), await keyrack.fetchAs('owner', '/api/connections')]
      expect([...problemsOf('page', page, [200, 500]), ...problemsOf('endpoint', endpoint, 500)]).toEqual([])
      expect(endpoint.json()).toMatchObject({ code: 'internal', requestId: endpoint.headers['x-request-id'] })
      for (const answer of [page, endpoint]) expect(answer.text).not.toMatch(/prisma|does not exist|connections_away|at .*\.js:\d/i)
    } finally {
      await keyrack.sql.query('ALTER TABLE connections_away RENAME TO connections')
    }
    expect(problemsOf('mended', await keyrack.fetchAs('owner', '/api/connections'), 200)).toEqual([])
  })
})

describe('leaving', () => {
  test('signing out clears what the browser kept', async () => {
    const csrf = await ask(keyrack.url, '/api/auth/csrf')
    const csrfCookie = (csrf.setCookies[0] ?? '').split(';', 1)[0]
    const { csrfToken } = csrf.json() as { csrfToken: string }
    const answer = await keyrack.fetchWith(`${keyrack.otherOrganization.people.viewer.cookie}; ${csrfCookie}`, '/api/auth/signout', {
      method: 'POST',
      body: new URLSearchParams({ csrfToken, json: 'true' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(problemsOf('signed out', answer, 200)).toEqual([])
    expect(answer.headers['clear-site-data']).toBe('"cache", "storage"')
  })

  test('sign-in, set-up, callback and problem pages send no referrer, because their address may tell something', async () => {
    const flow = await startFlow({ keyrack, organization: keyrack.organization, role: 'owner' })
    const callback = `/oauth/callback/${keyrack.organization.apiClient.id}?error=access_denied&state=${flow.state}`
    for (const path of ['/sign-in', '/set-up', '/connect-problem?code=state_used', '/api/auth/csrf', callback]) {
      const answer = await keyrack.fetchAs(null, path)
      expect([path, answer.headers['referrer-policy']]).toEqual([path, 'no-referrer'])
      expect(faultsOf(answer)).toEqual([])
    }
  })
})

/** A navigation inside the console: Next sends it on once, to an address with a checksum of its headers. */
async function askFlight(role: 'owner' | null, address: string): Promise<Answer> {
  const headers = { rsc: '1' }
  const first = await keyrack.fetchAs(role, address, { headers })
  const { location = '' } = first.headers
  return first.status === 307 && location.includes('_rsc') ? keyrack.fetchAs(role, location, { headers }) : first
}

/** Sends bytes that no HTTP client would, and reads status and headers of what comes back. */
function raw(port: number, bytes: string): Promise<Pick<Answer, 'status' | 'headers'>> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let text = ''
    socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk))
    socket.on('error', reject)
    socket.on('close', () => {
      const [head = ''] = text.split('\r\n\r\n')
      const [statusLine = '', ...lines] = head.split('\r\n')
      const headers = Object.fromEntries(lines.map((line) => [line.split(':', 1)[0]?.toLowerCase() ?? '', line.slice(line.indexOf(':') + 1).trim()]))
      resolve({ status: Number(statusLine.split(' ')[1]), headers })
    })
  })
}
