import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as fc from 'fast-check'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseTrustedProxies } from '@/server/env-lists'
import { readEnv } from '@/server/env'
import { createFront } from '@/server/front/create-front'
import { CLIENT_ADDRESS_HEADER } from '@/server/http/request-context'
import type { Runtime } from '@/server/runtime'
import vectors from '../vectors/client-address.json'
import { ask, type Ask } from '../ask'
import { startConsole, type TestConsole } from '../console'
import { lastAuditId } from '../state-snapshot'

/** The trusted proxies: one that this machine can play, and the network that the vectors speak of. */
const TRUSTED = '127.0.0.2, 10.0.0.0/8'
const UNRESOLVED = 'unresolved'
type Headers = NonNullable<Ask['headers']>
/** Calls from an address of this machine and tells which address was taken for the caller's. */
type AskFor = (from: string, headers: Headers) => Promise<string>

let keyrack: TestConsole

beforeAll(async () => {
  keyrack = await startConsole({ TRUSTED_PROXIES: TRUSTED })
})
afterAll(() => keyrack.stop())

/** The vectors' peers, as addresses that this machine can call from. */
const PEERS: Readonly<Record<string, string>> = { '10.0.0.2': '127.0.0.2', '127.0.0.1 (our front)': '127.0.0.1', '8.8.8.8 (direct)': '127.0.0.8' }
/** Headers that a vector describes in words. */
const SPOKEN: Readonly<Record<string, Headers>> = {
  '(none)': {},
  'two header lines: 1.1.1.1 and 8.8.8.8': { 'x-forwarded-for': ['1.1.1.1', '8.8.8.8'] },
  'X-Real-IP: 8.8.8.8 only': { 'x-real-ip': '8.8.8.8', forwarded: 'for=8.8.8.8' },
  '1 000 entries / 64 KB': { 'x-forwarded-for': Array.from({ length: 1_000 }, () => '8.8.8.8').join(',') },
  'client sent X-Forwarded-For: 6.6.6.6 and X-Forwarded-Host: evil to the front': { 'x-forwarded-for': '6.6.6.6', 'x-forwarded-host': 'evil' },
}
const EXPECTED: Readonly<Record<string, string>> = {
  'IPv6 → no match': '2001:db8::1',
  'socket peer of the front; host from config': '127.0.0.1',
  '431 or unresolved, ≤ 5 ms': UNRESOLVED,
  'unresolved → deny': UNRESOLVED,
}

const cases = vectors.map(({ peer, header, expect: expected, why }) => {
  const from = PEERS[peer] ?? peer
  const meant = EXPECTED[expected] ?? (expected === peer.split(' ', 1)[0] ? from : expected)
  return { from, header, headers: SPOKEN[header] ?? { 'x-forwarded-for': header }, expected: meant, why }
})

/** Reads the address back from what the console wrote down: a permission refused leaves a row in the audit log. */
const askConsole: AskFor = async (from, headers) => {
  const last = await lastAuditId(keyrack.sql)
  const answer = await keyrack.fetchAs('viewer', '/api/api-clients', { method: 'POST', body: '{}', headers, from })
  const rows = await keyrack.sql.query<{ address: string }>('SELECT address FROM audit_events WHERE id > $1', [last])
  return answer.status === 403 ? (rows.rows[0]?.address ?? 'no row') : `status ${answer.status}`
}

describe('the address that is written down', () => {
  test.each(cases)('is $expected for a call from $from with $header: $why', async ({ from, headers, expected }) => {
    expect(await askConsole(from, headers)).toBe(expected)
  })

  test('is that of the session too, as signing in finds it', async () => {
    const answer = await keyrack.fetchAs('owner', '/api/sessions', { from: '127.0.0.2', headers: { 'x-forwarded-for': '6.6.6.6, 198.51.100.7' } })
    expect(answer.status).toBe(200)
    expect(await logged('127.0.0.2', { 'x-forwarded-for': '6.6.6.6, 198.51.100.7' })).toBe('198.51.100.7')
  })

  /** The access log's line of the very request. */
  async function logged(from: string, headers: Headers): Promise<string | undefined> {
    const answer = await ask(keyrack.url, '/healthz', { from, headers })
    const requestId = String(answer.headers['x-request-id'])
    for (;;) {
      const line = keyrack.process.output().split('\n').find((text) => text.includes(requestId))
      if (line) return (JSON.parse(line) as { address: string }).address
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
})

/** 500 headers that somebody may send, each from a stranger and from the proxy; answers those that were believed. */
async function findSpoofs(askFor: AskFor, runs: number): Promise<string[]> {
  const claimed = '203.0.113.77'
  const name = fc.constantFrom(
    'x-forwarded-for', 'x-real-ip', 'forwarded', 'x-client-ip', 'cf-connecting-ip', 'true-client-ip', 'x-original-forwarded-for',
    'x-keyrack-client-address', 'x-forwarded', 'x-cluster-client-ip', 'via',
  )
  const claim = fc.constantFrom(
    claimed, `${claimed}:80`, `::ffff:${claimed}`, `[::ffff:${claimed}]:80`, `for=${claimed}`, `for="${claimed}"`, ` ${claimed} `, `${claimed},`,
    `127.0.0.2, ${claimed}`, `${claimed}, 10.0.0.1`, `10.0.0.1, ${claimed}, 10.0.0.1`, 'evil', '', '127.0.0.1', '203.0.113.077', '0xcb00714d',
  )
  const value = fc.oneof(claim, fc.array(claim, { maxLength: 5 }).map((all) => all.join(',')), fc.string({ maxLength: 40 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '')))
  const headers = fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 4 }).map((pairs) => Object.fromEntries(pairs))
  const spoofs: string[] = []
  for (const given of fc.sample(headers, runs)) {
    const asStranger = await askFor('127.0.0.3', given)
    if (asStranger !== '127.0.0.3') spoofs.push(`${JSON.stringify(given)} from a stranger: ${asStranger}`)
    // The proxy adds whom it heard, at the right end: what stands left of it was written by that one.
    const heard = { ...given, 'x-forwarded-for': [given['x-forwarded-for'], '198.51.100.7'].filter(Boolean).join(', ') }
    const byProxy = await askFor('127.0.0.2', heard)
    if (byProxy !== '198.51.100.7') spoofs.push(`${JSON.stringify(heard)} by the proxy: ${byProxy}`)
  }
  return spoofs
}

describe('500 fuzzed headers', () => {
  test('make nobody somebody else', async () => {
    const front = await startFront(TRUSTED)
    expect(await findSpoofs(front.askFor, 500)).toEqual([])
    front.close()
  })

  test('make nobody somebody else in the console itself, where fewer do', async () => {
    expect(await findSpoofs(askConsole, 25)).toEqual([])
  })

  test('would be found by this suite if every proxy were believed', async () => {
    const front = await startFront('0.0.0.0/0')
    expect((await findSpoofs(front.askFor, 100)).length).toBeGreaterThan(10)
    front.close()
  })

  test('would be found by this suite if the first entry were believed, as many servers do', async () => {
    const naive = createServer((request, response) => {
      const [first = ''] = String(request.headers['x-forwarded-for'] ?? request.headers['x-real-ip'] ?? '').split(',')
      response.end(first.trim() || request.socket.remoteAddress)
    })
    const { askFor, close } = await listen(naive)
    expect((await findSpoofs(askFor, 100)).length).toBeGreaterThan(10)
    close()
  })
})

/** The real front in this process, with something behind it that says which address it was told. */
function startFront(trustedProxies: string) {
  const runtime = {
    env: { ...readEnv({}), TRUSTED_PROXIES: parseTrustedProxies(trustedProxies) },
    publicUrl: 'http://console.example',
    log: pino({ level: 'silent' }),
    keys: {},
    singletons: new Map(),
  } as unknown as Runtime
  return listen(
    createFront({
      runtime, tls: null, isLoopback: true,
      next: async (request, response) => {
        response.end(request.headers[CLIENT_ADDRESS_HEADER])
      },
    }),
  )
}

async function listen(server: Server): Promise<{ askFor: AskFor; close: () => void }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const askFor: AskFor = async (from, headers) => (await ask(origin, '/', { from, headers: { host: 'console.example', ...headers } })).text
  return { askFor, close: () => server.close() }
}
