import { beforeEach, describe, expect, test } from 'vitest'
import { registerApiClient } from '../api-clients/register-api-client'
import { readApiConfiguration } from '../api-configuration/read-api-configuration'
import { callbackUri } from '../api-clients/redirect-uri'
import { connect, makeConnected, type Connected } from '../../tests/consent-flow'
import { makeActor, type TestApiClient } from '../../tests/factories'
import { secretsOf } from '../../tests/known-secrets'
import { refreshOnce } from '../../tests/refresh-once'
import { openRig } from '../../tests/runtime'
import type { Actor } from '../http/define-handler'
import { writeCalls } from '../operations/write-calls'
import { DOUBTS, readDoubts } from './read-doubts'
import { tellDoubts } from './tell-doubts'

const rig = await openRig()
const { sandbox, clock } = rig
const usual = sandbox.control.settings.get()

beforeEach(async () => {
  await sandbox.control.settings.set(usual)
  for (const table of ['operations', 'token_lineage', 'connections', 'admin_tokens', 'audit_seals', 'audit_events']) {
    await rig.database.sql(`DELETE FROM ${table}`)
  }
})

const play = (settings: Partial<typeof usual>) => sandbox.control.settings.set(settings)

async function seen(question: string): Promise<string[]> {
  await writeCalls()
  const doubts = await readDoubts(rig.runtime.pool, { ofSandbox: true })
  const doubt = doubts.find((each) => each.question === question)
  if (!doubt) throw new Error(`nobody asks: ${question}`)
  return doubt.sightings.map(({ seen: what, times }) => `${what}: ${times}`)
}

async function refreshLater(connected: Pick<Connected, 'subject'>): Promise<string> {
  clock.advance(60_000)
  return (await refreshOnce(connected.subject)).outcome
}

const connected = async () => makeConnected(rig, await makeActor())

/** The API client of somebody else's organization once more: the same id and secret at Octorate. */
async function registerAgain(apiClient: TestApiClient): Promise<{ actor: Actor; apiClient: TestApiClient }> {
  const actor = await makeActor()
  const { clientId, clientSecret } = apiClient
  const detail = await registerApiClient(actor, {
    name: 'The same', clientId, clientSecret, environment: 'SANDBOX', upstreamId: 'sandbox', apiVersion: 'v1', redirectUri: undefined,
  })
  const ours = callbackUri(detail.id)
  await sandbox.control.changeConfiguration(clientId, { redirectUri: [apiClient.callbackUri, ours] })
  return { actor, apiClient: { id: detail.id, clientId, clientSecret, callbackUri: ours, detail } }
}

describe('the answer to a refresh', () => {
  const question = 'Does the answer to a refresh carry a refresh token?'

  test.each([
    [{ refreshRotation: 'off', refreshReturnsToken: false }, 'none: 2'],
    [{ refreshRotation: 'off', refreshReturnsToken: true }, 'the same one: 2'],
    [{ refreshRotation: 'rotate', refreshReturnsToken: false }, 'a new one: 2'],
  ] as const)('is seen as it is with %j', async (settings, expected) => {
    await play(settings)
    const connection = await connected()
    expect([await refreshLater(connection), await refreshLater(connection)]).toEqual(['refreshed', 'refreshed'])
    expect(await seen(question)).toEqual([expected])
  })

  test('was never seen before the first refresh', async () => {
    await connected()
    expect(await seen(question)).toEqual([])
  })
})

describe('a second consent for the same property', () => {
  const question = 'Does a new consent for the same property end the earlier grant?'

  test.each([
    [false, 'the earlier grant lives on: 1'],
    [true, 'the earlier grant ended: 1'],
  ])('is judged by what becomes of the first one (newConsentEndsGrant: %s)', async (newConsentEndsGrant, expected) => {
    await play({ newConsentEndsGrant })
    const first = await connected()
    await connect(rig, await registerAgain(first.apiClient))
    expect(await seen(question)).toEqual([])
    await refreshLater(first)
    await refreshLater(first)
    expect(await seen(question)).toEqual([expected])
  })
})

describe('a second ApiLogin', () => {
  const question = 'Does a second ApiLogin end the first admin token?'

  test.each([
    [false, ['the earlier token is taken: 1']],
    [true, ['the earlier token is refused: 1']],
  ])('is judged by what becomes of the first token (newLoginEndsAdminToken: %s)', async (newLoginEndsAdminToken, expected) => {
    await play({ newLoginEndsAdminToken })
    const first = await connected()
    const read = async (actor: Actor, { id }: TestApiClient) => {
      clock.advance(60_000)
      await readApiConfiguration(actor, id)
    }
    await read(first.actor, first.apiClient)
    const again = await registerAgain(first.apiClient)
    await read(again.actor, again.apiClient)
    await writeCalls()
    await rig.database.sql('DELETE FROM operations')
    await read(first.actor, first.apiClient)
    expect(await seen(question)).toEqual(expected)
  })
})

test.each([
  [24 * 60, '24 h'],
  [45, '45 min'],
])('the life of access tokens is seen (%s minutes)', async (minutes, expected) => {
  await play({ accessTokenLifetimeMs: minutes * 60_000 })
  await refreshLater(await connected())
  expect(await seen('How long does an access token live?')).toEqual([`${expected}: 2`])
})

test.each([
  ['expireDate', 'expireDate'],
  ['expires_in', 'expires_in'],
  ['both', 'both'],
  ['neither', 'neither'],
] as const)('the field that says when a token ends is seen (expiryFields: %s)', async (expiryFields, expected) => {
  await play({ expiryFields })
  await connected()
  expect(await seen('Which field of a token answer says when it ends?')).toEqual([`${expected}: 1`])
})

test.each([
  [{ refreshRefusalStatus: 403 }, /^403/],
  [{ refreshRefusalStatus: 400 }, /^400/],
  [{ refreshRefusalStatus: 400, errorStyle: 'oauth' }, /^400 invalid_grant/],
] as const)('the answer to a refused refresh token is seen (%j)', async (settings, expected) => {
  await play(settings)
  const connection = await connected()
  await sandbox.control.revoke({ clientId: connection.apiClient.clientId })
  await refreshLater(connection)
  const [only, ...more] = await seen('What answers a refresh token that is refused?')
  expect(only).toMatch(expected)
  expect(more).toEqual([])
})

test.each([
  [{ dateStyle: 'java', tokenFields: 'snake' }, 'with a zone in brackets', 'access_token'],
  [{ dateStyle: 'iso', tokenFields: 'camel' }, 'plain', 'accessToken'],
] as const)('dates and names of a token answer are seen (%j)', async (settings, style, name) => {
  await play(settings)
  await refreshLater(await connected())
  expect((await seen('In which style are dates written?')).map((each) => each.split(':')[0])).toEqual([style])
  expect((await seen('What is the access token called in a token answer?')).map((each) => each.split(':')[0])).toEqual([name])
})

test.each([
  ['bare', 'bare'],
  ['wrapped', 'wrapped'],
] as const)('the form of the list of properties is seen (%s)', async (accommodationList, expected) => {
  await play({ accommodationList })
  await connected()
  expect((await seen('Is the list of properties bare, or wrapped in data?')).map((each) => each.split(':')[0])).toEqual([expected])
})

test('says what is otherwise than assumed, and counts what was never seen', async () => {
  await play({ refreshRotation: 'rotate' })
  await refreshLater(await connected())
  await writeCalls()
  const text = tellDoubts(await readDoubts(rig.runtime.pool, { ofSandbox: true }), { ofSandbox: true }).join('\n')
  expect(text).toMatch(/a new one: once, last on \d{4}-\d\d-\d\d {3}\(not as assumed\)/)
  expect(text).toContain('    never seen')
  expect(text).toMatch(new RegExp(`of ${DOUBTS.length} doubts show in this installation's own traffic, 1 otherwise than assumed`))
})

test("the sandbox's answers say nothing about Octorate", async () => {
  await refreshLater(await connected())
  await writeCalls()
  const ofOctorate = await readDoubts(rig.runtime.pool)
  expect(ofOctorate.flatMap(({ sightings }) => sightings)).toEqual([])
})

test('holds no value: no secret, no id, no name', async () => {
  const connection = await connected()
  await refreshLater(connection)
  await sandbox.control.revoke({ clientId: connection.apiClient.clientId })
  await refreshLater(connection)
  await writeCalls()
  const text = tellDoubts(await readDoubts(rig.runtime.pool, { ofSandbox: true }), { ofSandbox: true }).join('\n')
  const values = [...secretsOf(sandbox), connection.connectionId, connection.apiClient.clientId, '324410', 'Locanda']
  expect(values.filter((value) => text.includes(value))).toEqual([])
})
