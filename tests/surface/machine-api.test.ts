import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatConnectionHandle } from '@/lib/connection-handle'
import { endpointPath, MACHINE_API_BASE } from '@/contracts/paths'
import { MACHINE_ROUTES } from '@/server/front/machine-api/routes'
import { LEDGER } from '@/server/hand-outs/ledger-sql'
import type { Answer } from '../ask'
import { startConsole, type TestConsole } from '../console'
import { makeConnection, type TestConnection } from '../make-connection'
import { plantMachineKeys } from '../plant-machine-keys'

let keyrack: TestConsole
let connection: TestConnection
let key: { readonly id: string; readonly text: string }

beforeAll(async () => {
  keyrack = await startConsole({ LOG_LEVEL: 'trace' })
  connection = await makeConnection(keyrack, keyrack.organization)
  const [planted] = await plantMachineKeys(keyrack, keyrack.organization, [{ name: 'Back end' }])
  if (!planted) throw new Error('no key was planted')
  key = planted
})
afterAll(() => keyrack.stop())

const bearer = () => ({ authorization: `Bearer ${key.text}` })
const tokenPath = () => `${MACHINE_API_BASE}/connections/${connection.id}/access-token`

const FIXED: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store', 'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin',
}

/** What is wrong with an answer's headers; nothing when all is right. */
function faultsOf({ headers }: Pick<Answer, 'headers'>): string[] {
  const faults = Object.entries(FIXED).flatMap(([name, value]) => (headers[name] === value ? [] : [`${name}: ${headers[name]}`]))
  const never = ['server', 'x-powered-by', 'set-cookie', 'access-control-allow-origin', 'strict-transport-security'].filter((name) => name in headers)
  return [...faults, ...never, ...(/^[0-9a-f-]{36}$/.test(String(headers['x-request-id'])) ? [] : ['no request id'])]
}

describe('every answer of the machine API', () => {
  test('carries every header, whether it serves, refuses or finds nothing', async () => {
    const problems: string[] = []
    let answers = 0
    for (const { endpoint } of MACHINE_ROUTES) {
      const path = `${MACHINE_API_BASE}${endpointPath(endpoint.path, { id: crypto.randomUUID(), propertyId: '324410' })}`
      for (const headers of [{}, { authorization: 'Bearer nonsense' }, bearer()]) {
        const answer = await keyrack.fetchWith(null, path, { method: endpoint.method, headers })
        answers += 1
        problems.push(...faultsOf(answer).map((fault) => `${endpoint.method} ${path} (${answer.status}): ${fault}`))
        expect([path, answer.headers['content-type']]).toEqual([path, answer.status < 400 ? 'application/json' : 'application/problem+json'])
      }
    }
    for (const path of ['/api/v1', '/api/v1/nothing', '/connect/rest/v1/identity/refresh', '/connect/nothing', '/api/v1/openapi.json']) {
      problems.push(...faultsOf(await keyrack.fetchWith(null, path)).map((fault) => `${path}: ${fault}`))
    }
    expect(problems).toEqual([])
    expect(answers).toBeGreaterThan(25)
  })

  test('is the same with any cookie, because only a key counts', async () => {
    const cookie = keyrack.organization.people.owner.cookie
    const answer = await keyrack.fetchWith(cookie, tokenPath())
    expect([answer.status, (answer.json() as { code: string }).code]).toEqual([401, 'machine_key_missing'])
    const served = await keyrack.fetchWith(keyrack.otherOrganization.people.owner.cookie, tokenPath(), { headers: bearer() })
    expect([served.status, served.json()]).toMatchObject([200, { connectionId: connection.id, accessToken: connection.accessToken }])
  })

  test('needs the host of KEYRACK_URL, as everything does', async () => {
    expect((await keyrack.fetchWith(null, tokenPath(), { headers: { ...bearer(), host: 'evil.example' } })).status).toBe(421)
  })

  test('refuses what is too large as soon as it is, also when nobody said how large', async () => {
    const path = `${MACHINE_API_BASE}/access-tokens`
    const headers = { ...bearer(), 'content-type': 'application/json' }
    const body = JSON.stringify({ connections: [], properties: ['x'.repeat(300_000)] })
    expect((await keyrack.fetchWith(null, path, { method: 'POST', headers, body })).status).toBe(413)
    expect((await keyrack.fetchWith(null, path, { method: 'POST', headers: { ...headers, 'transfer-encoding': 'chunked' }, body })).status).toBe(413)
    expect((await keyrack.fetchWith(null, path, { method: 'POST', headers: { ...headers, 'transfer-encoding': 'chunked' }, body: '{"properties":[]}' })).status).toBe(200)
  })
})

test('the reference page names its one style, and nothing else may run or load', async () => {
  const answer = await keyrack.fetchWith(null, '/api/v1/reference')
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/)
  expect(faultsOf(answer).filter((fault) => !fault.startsWith('content-security-policy'))).toEqual([])
  expect(answer.text).toContain(keyrack.url)
})

test('the ledger has the address of the socket, whatever a stranger writes into headers', async () => {
  const lies = { 'x-forwarded-for': '6.6.6.6', 'x-keyrack-client-address': '6.6.6.6', 'X-Keyrack-Client-Address': '6.6.6.6', forwarded: 'for=6.6.6.6', 'x-real-ip': '6.6.6.6', 'x-request-id': 'chosen' }
  const answer = await keyrack.fetchWith(null, tokenPath(), { headers: { ...bearer(), ...lies } })
  expect([answer.status, answer.headers['x-request-id'] === 'chosen']).toEqual([200, false])
  const { rows } = await keyrack.sql.query<{ address: string }>(`SELECT DISTINCT address FROM ${LEDGER} l WHERE machine_key_id = $1`, [key.id])
  expect(rows).toEqual([{ address: '127.0.0.1' }])
})

test('neither keys nor tokens are printed at the level trace, nor stand in the audit log', async () => {
  const body = new URLSearchParams({ client_id: keyrack.organization.apiClient.clientId, client_secret: key.text, refresh_token: formatConnectionHandle(connection.id) }).toString()
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const dropIn = await keyrack.fetchWith(null, '/connect/rest/v1/identity/refresh', { method: 'POST', headers: form, body })
  expect([dropIn.status, dropIn.text.includes(connection.accessToken)]).toEqual([200, true])
  for (const [path, init] of [
    [tokenPath(), { headers: bearer() }],
    [`${tokenPath()}?minTtl=${key.text}`, { headers: bearer() }],
    [`${MACHINE_API_BASE}/connections/${key.text}`, { headers: bearer() }],
    [`${MACHINE_API_BASE}/properties/${key.text}/access-token`, { headers: bearer() }],
    [`${MACHINE_API_BASE}/properties/${connection.refreshToken}`, { headers: bearer() }],
    [`${MACHINE_API_BASE}/access-tokens`, { method: 'POST', headers: { ...bearer(), 'content-type': 'application/json', 'idempotency-key': 'k' }, body: `{"connections":"${connection.accessToken}"}` }],
  ] as const) {
    const answer = await keyrack.fetchWith(null, path, init)
    expect(answer.text).not.toContain(key.text)
  }
  const audit = await keyrack.sql.query<{ text: string }>(`SELECT string_agg(a::text, ' ') AS text FROM audit_events a`)
  const output = keyrack.process.output()
  expect(output).toContain('/identity/refresh')
  expect(output).toContain('/api/v1/connections/…')
  for (const secret of [key.text, key.text.slice(9, 30), connection.accessToken, connection.refreshToken]) {
    expect([output.includes(secret), audit.rows[0]?.text.includes(secret)]).toEqual([false, false])
  }
})
