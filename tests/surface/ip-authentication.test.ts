import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AdminTokenAnswer } from '@/contracts/machine-ip-whitelists'
import type { IpWhitelist } from '@/contracts/ip-whitelists'
import type { ClientAddressReport } from '@/contracts/client-addresses'
import { MACHINE_API_BASE } from '@/contracts/paths'
import { ask } from '../ask'
import { startConsole, type TestConsole } from '../console'
import { makeApiClient } from '../make-organization'
import { plantMachineKeys, type PlantedKey } from '../plant-machine-keys'
import { until } from '../until'

const PROXY = '127.0.0.2'
const [LISTED, OTHER] = ['127.0.0.5', '127.0.0.6']
const PROPERTY = '324410'
let keyrack: TestConsole

beforeAll(async () => {
  keyrack = await startConsole({ TRUSTED_PROXIES: PROXY })
})
afterAll(() => keyrack.stop())

async function makeKey(wishes: Partial<PlantedKey>) {
  const [made] = await plantMachineKeys(keyrack, keyrack.organization, [{ name: 'Back end', ...wishes }])
  return { id: made?.id ?? '', header: `Bearer ${made?.text ?? ''}` }
}

/** A call of the machine API from an address of this machine, over a socket of its own. */
const callFrom = (from: string, authorization: string, path: string) =>
  keyrack.fetchWith(null, `${MACHINE_API_BASE}${path}`, { headers: { authorization }, from })

/** What Octorate allows, by its own firewall. */
const allow = (clientId: string, addresses: readonly string[]) => keyrack.sandbox.call('PUT', `api-clients/${clientId}/addresses`, { addresses })

describe('the admin token', () => {
  test('goes to a key from its own address, and works at Octorate from a listed address and from no other', async () => {
    const apiClient = await makeApiClient(keyrack, keyrack.organization.id)
    await allow(apiClient.clientId, [LISTED])
    const { id, header } = await makeKey({ scopes: ['admin-tokens:read'], addresses: [LISTED] })
    const path = `/api-clients/${apiClient.id}/admin-token`
    const refused = await callFrom(OTHER, header, path)
    expect([refused.status, (refused.json() as { code: string }).code]).toEqual([403, 'machine_key_address'])
    const answer = await callFrom(LISTED, header, path)
    expect(answer.status).toBe(200)
    const { adminToken, restBase } = answer.json() as AdminTokenAnswer
    const atOctorate = (from: string) => {
      const { origin, pathname } = new URL(`${restBase}/accommodation/${PROPERTY}`)
      return ask(origin, pathname, { from, headers: { authorization: `Bearer ${adminToken}` } })
    }
    expect([(await atOctorate(LISTED)).status, (await atOctorate(OTHER)).status]).toEqual([200, 403])
    expect((await atOctorate(LISTED)).headers['x-sandbox-client-address']).toBe(LISTED)
    const { rows } = await keyrack.sql.query(
      "SELECT outcome, address FROM audit_events WHERE actor_id = $1 AND action = 'admin_token.handed_out'", [id],
    )
    expect(rows).toEqual([{ outcome: 'success', address: LISTED }])
  })

  test.each<[string, Partial<PlantedKey>, string]>([
    ['that is tied to no address', {}, 'admin_token_needs_restriction'],
    ['of some properties only', { properties: [PROPERTY], addresses: ['127.0.0.0/8'] }, 'machine_key_properties'],
    ['without its scope', { scopes: ['tokens:read', 'ip-whitelists:manage'], addresses: ['127.0.0.0/8'] }, 'machine_key_scope'],
  ])('goes to no key %s', async (_which, wishes, code) => {
    const { header } = await makeKey(wishes)
    const answer = await callFrom(LISTED, header, `/api-clients/${keyrack.organization.apiClient.id}/admin-token`)
    expect([answer.status, (answer.json() as { code: string }).code]).toEqual([403, code])
  })
})

test('verifying tells what Octorate answers to this server, through the page that a person clicks on', async () => {
  const apiClient = await makeApiClient(keyrack, keyrack.organization.id)
  const verify = async () => {
    const path = `/api/api-clients/${apiClient.id}/ip-whitelist/verifications`
    const answer = await keyrack.fetchAs('developer', path, { method: 'POST', body: JSON.stringify({ propertyId: PROPERTY }) })
    return (answer.json() as IpWhitelist).verifications[0]?.outcome
  }
  await allow(apiClient.clientId, [OTHER])
  expect(await verify()).toBe('refused')
  await allow(apiClient.clientId, ['127.0.0.0/24'])
  expect(await verify()).toBe('allowed')
})

test('a restriction that is switched on shuts out within seconds, in the process that serves', async () => {
  const { id, header } = await makeKey({ scopes: ['connections:read'] })
  const restrict = (path: string, body: object) =>
    keyrack.fetchAs('developer', `/api/machine-keys/${id}/restriction/${path}`, { method: 'POST', body: JSON.stringify(body) })
  const statusFrom = async (from: string) => (await callFrom(from, header, '/connections')).status
  expect(await statusFrom(OTHER)).toBe(200)
  expect((await restrict('entries', { block: LISTED, comment: 'data center' })).status).toBe(200)
  expect((await restrict('mode', { mode: 'enforced', confirmation: { lockOut: true } })).status).toBe(200)
  await until(async () => expect([await statusFrom(OTHER), await statusFrom(LISTED)]).toEqual([403, 200]))
})

describe('the way of a request', () => {
  const report = async (from: string, forwardedFor?: string) =>
    (await keyrack.fetchAs('owner', '/api/client-address', { from, headers: { 'x-forwarded-for': forwardedFor } })).json() as ClientAddressReport

  test('is told hop by hop, behind a trusted proxy', async () => {
    expect(await report(PROXY, 'evil, 198.51.100.7')).toEqual({
      address: '198.51.100.7', unresolved: null, trustedProxies: [PROXY],
      hops: [
        { text: PROXY, from: 'socket', address: PROXY, isTrusted: true, counts: false, reason: 'trusted' },
        { text: '198.51.100.7', from: 'header', address: '198.51.100.7', isTrusted: false, counts: true, reason: 'first_stranger' },
        { text: 'evil', from: 'header', address: null, isTrusted: false, counts: false, reason: 'not_believed' },
      ],
    })
  })

  test('begins with a stranger whom nobody believes, and may end unresolved', async () => {
    expect((await report('127.0.0.3', '198.51.100.7')).hops.map(({ counts, reason }) => [counts, reason])).toEqual([[true, 'first_stranger'], [false, 'not_believed']])
    expect(await report(PROXY, 'evil')).toMatchObject({ address: null, unresolved: 'malformed_entry' })
  })

  test('is never what a stranger writes into our own header', async () => {
    const headers = { 'x-keyrack-hops': encodeURIComponent(JSON.stringify({ found: { address: '6.6.6.6' }, hops: [] })) }
    const answer = await keyrack.fetchAs('owner', '/api/client-address', { from: '127.0.0.3', headers })
    expect((answer.json() as ClientAddressReport).address).toBe('127.0.0.3')
  })
})
