import { describe, expect, test } from 'vitest'
import { db } from '../db'
import { LOCANDA } from '../../tests/consent-flow'
import { secretsOf } from '../../tests/known-secrets'
import { findSecrets } from '../../tests/database-dump'
import { openMachineFront } from '../../tests/machine-front'
import { makeMachineKey } from '../../tests/make-machine-key'
import { makeMachineSetting } from '../../tests/machine-setting'
import { openRig } from '../../tests/runtime'
import { Visitor } from '../../tests/visitor'

const rig = await openRig()
const front = await openMachineFront()

interface Made {
  readonly link: { readonly id: string; readonly state: string; readonly connectionId: string | null }
  readonly url: string
  readonly code?: string
}

async function make(key: string, body: object, headers: Record<string, string> = {}) {
  const answer = await front.call('POST', '/api/v1/links', { as: key, body, headers })
  return { status: answer.status, text: answer.text, ...(answer.json() as Made) }
}

const follow = async (key: string, id: string) => (await front.call('GET', `/api/v1/links/${id}`, { as: key })).json() as Made['link']

describe('a link by the machine API', () => {
  test('reconnects like one from the console, is followed by the key, and no answer holds a token', async () => {
    const { key, connectionId } = await makeMachineSetting(rig)
    const made = await make(key.header, { connectionId, language: 'de', ticket: 'T-1' })
    expect([made.status, made.link.state]).toEqual([200, 'created'])
    const visitor = new Visitor(rig)
    await visitor.open(made.url)
    expect((await visitor.consent(LOCANDA)).text).toContain('Locanda Bianchi ist wieder verbunden')
    const done = await follow(key.header, made.link.id)
    expect(done).toMatchObject({ state: 'verified', connectionId })
    expect(findSecrets(`${made.text} ${JSON.stringify(done)}`, secretsOf(rig.sandbox))).toEqual([])
  })

  test('is made once for one Idempotency-Key, whose answer is kept sealed', async () => {
    const { key, connectionId } = await makeMachineSetting(rig)
    const headers = { 'idempotency-key': 'order-66' }
    const [first, second] = [await make(key.header, { connectionId }, headers), await make(key.header, { connectionId }, headers)]
    expect(second.url).toBe(first.url)
    expect(await db().link.count({ where: { connectionId } })).toBe(1)
  })

  test('connects for the first time, and names what it needs', async () => {
    const { key, apiClient, connectionId } = await makeMachineSetting(rig)
    expect((await make(key.header, { apiClientId: apiClient.id, propertyId: '324417' })).status).toBe(200)
    expect((await make(key.header, {})).code).toBe('bad_request')
    expect((await make(key.header, { connectionId, apiClientId: apiClient.id })).code).toBe('bad_request')
    expect((await make(key.header, { apiClientId: apiClient.id, successUrl: 'https://evil.example/' })).code).toBe('return_address_unknown')
  })

  test('needs its own scope, and a key with a property list makes and sees only what it may see', async () => {
    const { actor, apiClient, connectionId } = await makeMachineSetting(rig)
    const other = await makeMachineKey(actor, { scopes: ['connections:create', 'tokens:read', 'connections:read'] })
    expect((await make(other.header, { connectionId })).code).toBe('machine_key_scope')
    const narrow = await makeMachineKey(actor, { properties: ['324417'] })
    expect((await make(narrow.header, { connectionId })).code).toBe('not_found')
    expect((await make(narrow.header, { apiClientId: apiClient.id })).code).toBe('machine_key_properties')
    expect((await make(narrow.header, { apiClientId: apiClient.id, propertyId: '324410' })).code).toBe('machine_key_properties')
    const own = await make(narrow.header, { apiClientId: apiClient.id, propertyId: '324417' })
    expect(await follow(narrow.header, own.link.id)).toMatchObject({ state: 'created' })
  })

  test('is refused where no customer can help', async () => {
    const { key, connectionId } = await makeMachineSetting(rig)
    await db().connection.update({ where: { id: connectionId }, data: { state: 'refresh_failing', cause: 'upstream_unreachable' } })
    expect((await make(key.header, { connectionId })).code).toBe('hotelier_cannot_help')
  })
})
