import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MACHINE_API_BASE } from '@/contracts/paths'
import { curlExample } from '@/features/machine-keys/curl-example'
import { startConsole, type TestConsole } from '../console'
import { plantMachineKeys, type PlantedKey } from '../plant-machine-keys'
import { listEndpoints } from '../routes'
import { snapshotState } from '../state-snapshot'
import { prepare, send } from './samples'
import vectors from '../vectors/client-address.json'

const endpoints = (await listEndpoints()).map(({ endpoint }) => ({ ...endpoint, name: `${endpoint.method} ${endpoint.path}` }))
const TRUSTED = '127.0.0.2'
const run = promisify(execFile)
let keyrack: TestConsole

beforeAll(async () => {
  keyrack = await startConsole({ TRUSTED_PROXIES: TRUSTED })
})
afterAll(() => keyrack.stop())

async function makeKey(wishes: Partial<PlantedKey> = {}) {
  const [made] = await plantMachineKeys(keyrack, keyrack.organization, [{ name: 'Back end', ...wishes }])
  return { id: made?.id ?? '', header: `Bearer ${made?.text ?? ''}` }
}

/** A call of the machine API, from a trusted proxy when it forwards an address. */
async function callWith(authorization: string | undefined, forwardedFor?: string | readonly string[]) {
  return keyrack.fetchWith(null, `${MACHINE_API_BASE}/connections`, {
    headers: { authorization, ...(forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor }) },
    ...(forwardedFor === undefined ? {} : { from: TRUSTED }),
  })
}

describe('a machine key opens no endpoint of the console, so that it can neither make keys nor act as a person', () => {
  test.each(endpoints.filter(({ permission }) => permission !== 'public'))('$name', async ({ name, method }) => {
    const call = await prepare(name, { keyrack, organization: keyrack.organization, role: 'owner' })
    const { header } = await makeKey()
    const before = await snapshotState(keyrack.sql)
    const origin = { origin: keyrack.url, 'sec-fetch-site': 'same-origin' }
    const answer = await send(keyrack, { method, call, session: null, init: { headers: { ...origin, authorization: header, ...(call.body ? { 'content-type': 'application/json' } : {}) } } })
    expect([answer.status, (answer.json() as { code: string }).code]).toEqual([401, 'not_signed_in'])
    expect(await snapshotState(keyrack.sql)).toEqual(before)
  })
})

describe('a restricted key through the front', () => {
  /** What each vector forwards, and the address that the front makes of it; those that speak of another peer or of limits are tried in lib. */
  const forwarded = vectors.filter(({ peer, header }) => peer === '10.0.0.2' && !/^\(none\)|lines|X-Real-IP|entries/.test(header))

  test('is let in from its address, and only by what a trusted proxy says of it', async () => {
    expect(forwarded.length).toBeGreaterThan(4)
    const { header: authorization } = await makeKey({ addresses: ['8.8.8.8'] })
    const wrong: string[] = []
    for (const { header, expect: wanted } of forwarded) {
      const { status } = await callWith(authorization, header.replaceAll('10.0.0.', '127.0.0.').replaceAll('127.0.0.9', TRUSTED))
      if (status !== (wanted === '8.8.8.8' ? 200 : 403)) wrong.push(`${header} (${wanted}): ${status}`)
    }
    expect(wrong).toEqual([])
  })

  test('is refused when a stranger forwards the right address, because nobody trusts a stranger', async () => {
    const { header: authorization } = await makeKey({ addresses: ['8.8.8.8'] })
    const answer = await keyrack.fetchWith(null, `${MACHINE_API_BASE}/connections`, { headers: { authorization, 'x-forwarded-for': '8.8.8.8' }, from: '127.0.0.3' })
    expect([answer.status, (answer.json() as { code: string }).code]).toEqual([403, 'machine_key_address'])
  })

  test('leaves an event for its organization that says from where it was shown', async () => {
    const { id, header } = await makeKey({ addresses: ['8.8.8.8'] })
    await callWith(header, '8.8.4.4')
    const { rows } = await keyrack.sql.query('SELECT organization_id, address, detail FROM audit_events WHERE target_id = $1', [id])
    expect(rows).toEqual([{ organization_id: keyrack.organization.id, address: '8.8.4.4', detail: { reason: 'address', route: expect.any(String) } }])
  })
})

test('the call that the page of a key shows is one that a shell can make', async () => {
  const [made] = await plantMachineKeys(keyrack, keyrack.organization, [{ name: 'Back end', scopes: ['connections:read'] }])
  const example = curlExample(keyrack.url, { scopes: ['connections:read'], properties: [] })
  const { stdout } = await run('sh', ['-c', example], { env: { ...process.env, KEYRACK_MACHINE_KEY: made?.text ?? '' } })
  expect(JSON.parse(stdout)).toMatchObject({ items: expect.any(Array) })
})

describe('a header that holds no key', () => {
  test.each([undefined, '', 'Bearer', 'Basic a2V5', 'Bearer \u00ff\u00fe', `Bearer ${'a'.repeat(5_000)}`, 'Bearer krk_test_', 'Bearer null', ', ,'])(
    'is answered 401, whatever it is: %j',
    async (authorization) => {
      const answer = await callWith(authorization)
      expect(answer.status).toBe(401)
      expect((answer.json() as { code: string }).code).toMatch(/^machine_key_(missing|invalid)$/)
    },
  )
})
