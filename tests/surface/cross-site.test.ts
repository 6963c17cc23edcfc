import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ask, type Answer } from '../ask'
import { startConsole, type TestConsole } from '../console'
import { listEndpoints } from '../routes'
import { auditSince, lastAuditId, snapshotState } from '../state-snapshot'
import { prepare, type PreparedCall } from './samples'

const writes = (await listEndpoints())
  .filter(({ endpoint }) => endpoint.method !== 'GET')
  .map(({ endpoint }) => ({ method: endpoint.method, name: `${endpoint.method} ${endpoint.path}` }))
let keyrack: TestConsole

beforeAll(async () => {
  keyrack = await startConsole()
})
afterAll(() => keyrack.stop())

type Headers = Record<string, string | undefined>
const EVIL = 'https://evil.example'

/** What a request from another site, or without a browser, may look like; `own` is the console's address. */
const FOREIGN: readonly { readonly what: string; readonly headers: (own: string) => Headers }[] = [
  { what: 'neither header', headers: () => ({}) },
  { what: 'another origin, site unsaid', headers: () => ({ origin: EVIL }) },
  { what: 'another origin, cross-site', headers: () => ({ origin: EVIL, 'sec-fetch-site': 'cross-site' }) },
  { what: 'another origin that calls itself the same', headers: () => ({ origin: EVIL, 'sec-fetch-site': 'same-origin' }) },
  { what: 'an origin of nobody, cross-site', headers: () => ({ origin: 'null', 'sec-fetch-site': 'cross-site' }) },
  { what: 'an origin of nobody that calls itself the same', headers: () => ({ origin: 'null', 'sec-fetch-site': 'same-origin' }) },
  { what: 'our origin, site unsaid', headers: (own) => ({ origin: own }) },
  { what: 'our origin, cross-site', headers: (own) => ({ origin: own, 'sec-fetch-site': 'cross-site' }) },
  { what: 'our origin, same-site', headers: (own) => ({ origin: own, 'sec-fetch-site': 'same-site' }) },
  { what: 'our origin, typed by the person', headers: (own) => ({ origin: own, 'sec-fetch-site': 'none' }) },
  { what: 'no origin, same-origin', headers: () => ({ 'sec-fetch-site': 'same-origin' }) },
  { what: 'our host at another port', headers: (own) => ({ origin: own.replace(/\d+$/, '1'), 'sec-fetch-site': 'same-origin' }) },
  { what: 'our host by https', headers: (own) => ({ origin: own.replace('http:', 'https:'), 'sec-fetch-site': 'same-origin' }) },
  { what: 'a host that begins like ours', headers: (own) => ({ origin: `${own}.evil.example`, 'sec-fetch-site': 'same-origin' }) },
  { what: 'our other name', headers: (own) => ({ origin: own.replace('localhost', '127.0.0.1'), 'sec-fetch-site': 'same-origin' }) },
  {
    what: 'another origin that a forged host would match',
    headers: () => ({ origin: EVIL, 'sec-fetch-site': 'same-origin', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }),
  },
  { what: 'only a referrer of ours', headers: (own) => ({ referer: `${own}/`, 'sec-fetch-site': 'same-origin' }) },
  { what: 'our origin in upper case', headers: (own) => ({ origin: own.toUpperCase(), 'sec-fetch-site': 'same-origin' }) },
]

/** What a refused call leaves behind. */
const NONE = { changed: [], audit: [], upstream: [] }

/** Sends the call as a signed-in owner's browser would, but with these headers, and tells what came of it. */
async function attack(origin: string, given: { method: string; call: PreparedCall; headers: Headers }) {
  const { method, call, headers } = given
  const cookie = [keyrack.organization.people.owner.cookie, call.cookie].filter(Boolean).join('; ')
  const [before, last] = [await snapshotState(keyrack.sql), await lastAuditId(keyrack.sql)]
  await keyrack.sandbox.call('DELETE', 'tape')
  const answer = await ask(origin, call.path, {
    method,
    headers: { host: new URL(keyrack.url).host, cookie, 'content-type': 'application/json', ...headers },
    ...(call.body ? { body: JSON.stringify(call.body) } : {}),
  })
  const upstream = await keyrack.sandbox.call<unknown[]>('GET', 'tape')
  const after = await snapshotState(keyrack.sql)
  const changed = Object.keys(after).filter((table) => after[table] !== before[table])
  return { answer, effects: { changed, audit: await auditSince(keyrack.sql, last), upstream } }
}

const codeOf = (answer: Answer) => (answer.json() as { code?: string }).code

describe.each(writes)('$name', ({ name, method }) => {
  test.each(FOREIGN)('is refused with $what', async ({ headers }) => {
    const call = await prepare(name, { keyrack, organization: keyrack.organization, role: 'owner' })
    const { answer, effects } = await attack(keyrack.url, { method, call, headers: headers(keyrack.url) })
    expect([answer.status, codeOf(answer), effects]).toEqual([403, 'cross_site_request', NONE])
    expect(answer.setCookies).toEqual([])
  })
})

describe("next-auth's own posts", () => {
  test.each(['callback/credentials', 'signout', 'signin/credentials', 'session', '_log'])('%s is refused from elsewhere', async (action) => {
    for (const { headers } of FOREIGN) {
      const call = { path: `/api/auth/${action}` }
      const { answer, effects } = await attack(keyrack.url, { method: 'POST', call, headers: headers(keyrack.url) })
      expect([answer.status, effects]).toEqual([403, NONE])
    }
  })
})

describe('content types', () => {
  const bodies = [
    ['text/plain', '{"apiClientId":"x"}'],
    ['application/x-www-form-urlencoded', 'apiClientId=x'],
    ['multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--b--\r\n'],
    ['application/jsonp', '{}'],
    ['text/plain; application/json', '{}'],
    ['', '{}'],
  ] as const

  test.each(writes)('$name takes JSON and nothing that a form can send', async ({ name, method }) => {
    const call = await prepare(name, { keyrack, organization: keyrack.organization, role: 'owner' })
    const before = await snapshotState(keyrack.sql)
    for (const [type, body] of bodies) {
      const answer = await keyrack.fetchAs('owner', call.path, { method, body, headers: { 'content-type': type || undefined } })
      expect([type, answer.status, codeOf(answer)]).toEqual([type, 415, 'wrong_content_type'])
    }
    expect(await snapshotState(keyrack.sql)).toEqual(before)
  })
})

describe('a navigation from another site', () => {
  test('changes nothing, because nothing that a GET reaches changes anything', async () => {
    const before = await snapshotState(keyrack.sql)
    const headers = { origin: EVIL, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    for (const { name } of writes) {
      const call = await prepare(name, { keyrack, organization: keyrack.organization, role: 'owner' })
      const prepared = await snapshotState(keyrack.sql)
      await keyrack.fetchAs('owner', call.path, { headers })
      expect([name, await snapshotState(keyrack.sql)]).toEqual([name, prepared])
    }
    expect(Object.keys(before)).toContain('connections')
  })
})

describe('this suite', () => {
  let forging: Server

  beforeAll(async () => {
    // A front that gives every request the headers of our own page: what a console without the check would be.
    forging = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const headers = { ...request.headers, origin: keyrack.url, 'sec-fetch-site': 'same-origin', host: new URL(keyrack.url).host }
        void ask(keyrack.url, request.url ?? '/', { method: request.method ?? 'GET', headers, body: Buffer.concat(chunks) }).then((answer) =>
          response.writeHead(answer.status).end(answer.text),
        )
      })
    })
    await new Promise<void>((resolve) => forging.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => forging.close())

  test.each(['POST /oauth/authorize', 'PATCH /api/api-clients/:id', 'POST /api/connections/:id/disconnect', 'DELETE /api/sessions/:id'])(
    'turns red for %s when the check is away',
    async (name) => {
      const broken = `http://127.0.0.1:${(forging.address() as AddressInfo).port}`
      const results = []
      for (const { headers } of FOREIGN) {
        const call = await prepare(name, { keyrack, organization: keyrack.organization, role: 'owner' })
        results.push(await attack(broken, { method: name.split(' ')[0] ?? '', call, headers: headers(keyrack.url) }))
      }
      const executed = results.filter(({ answer, effects }) => answer.status === 200 && effects.changed.length > 0 && effects.audit.length > 0)
      expect(executed).toHaveLength(FOREIGN.length)
    },
  )
})
