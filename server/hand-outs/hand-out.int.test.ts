import { createHash } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { disconnectConnection } from '../connections/disconnect-connection'
import { db } from '../db'
import { connect, CA_DEL_LUME, LOCANDA, makeConnected, ROSSI_NETWORK } from '../../tests/consent-flow'
import { makeActor, makeApiClient } from '../../tests/factories'
import { openMachineFront } from '../../tests/machine-front'
import { askToken, isLive, makeMachineSetting } from '../../tests/machine-setting'
import { makeMachineKey } from '../../tests/make-machine-key'
import { readLedger } from '../../tests/read-ledger'
import { refreshOnce } from '../../tests/refresh-once'
import { openRig } from '../../tests/runtime'
import { readStoredTokens } from '../../tests/stored-tokens'
import { until } from '../../tests/until'
import { watchCalls } from '../../tests/upstream-calls'

const rig = await openRig()
const { sandbox, clock } = rig
const front = await openMachineFront()
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

afterEach(() => sandbox.control.faults.clear())

const toLifeOf = async (connectionId: string, leftMs: number) => {
  const { row } = await readStoredTokens(connectionId)
  clock.advance(row.accessExpiresAt.getTime() - clock.at - leftMs)
}

describe('a token that lives long enough', () => {
  test('is answered as it is stored, with its fingerprint and the seconds that it has left, and Octorate is not asked', async () => {
    const setting = await makeMachineSetting(rig)
    const calls = watchCalls(rig)
    const answer = await askToken(front, setting)
    expect(answer).toMatchObject({ status: 200, expiresIn: DAY_MS / 1000 })
    expect(isLive(rig, answer)).toBe(true)
    expect(answer.fingerprint).toBe(createHash('sha256').update(answer.accessToken).digest('hex').slice(0, 16))
    expect(calls.all()).toEqual([])
  })

  test('is read from the row at every call, so that a disconnect is known at the next one, whatever memory holds', async () => {
    const setting = await makeMachineSetting(rig)
    expect((await askToken(front, setting)).status).toBe(200)
    await disconnectConnection(setting.actor, setting.connectionId)
    expect(await askToken(front, setting)).toMatchObject({ status: 409, code: 'already_disconnected', accessToken: '' })
  })

  test('is the newest one at once after another process refreshed it', async () => {
    const setting = await makeMachineSetting(rig)
    const before = await askToken(front, setting)
    clock.advance(HOUR_MS)
    await rig.asAnotherProcess(() => refreshOnce(setting.subject))
    const after = await askToken(front, setting)
    expect(after.accessToken).not.toBe(before.accessToken)
    expect(isLive(rig, after)).toBe(true)
  })

  test('is not opened from an envelope that was changed in the database', async () => {
    const [setting, other] = [await makeMachineSetting(rig), await makeMachineSetting(rig)]
    await rig.database.sql(
      'UPDATE connections SET access_token_sealed = (SELECT access_token_sealed FROM connections WHERE id = $2) WHERE id = $1',
      [setting.connectionId, other.connectionId],
    )
    expect(await askToken(front, setting)).toMatchObject({ status: 500, code: 'secret_unreadable', accessToken: '' })
  })
})

describe('a token with too little life left', () => {
  test('is refreshed once for a hundred callers who ask at the same time', async () => {
    const setting = await makeMachineSetting(rig)
    await toLifeOf(setting.connectionId, -MINUTE_MS)
    const calls = watchCalls(rig)
    const answers = await Promise.all(Array.from({ length: 100 }, () => askToken(front, setting)))
    expect(calls.count('identity/refresh')).toBe(1)
    expect(new Set(answers.map(({ status, accessToken }) => `${status} ${accessToken}`)).size).toBe(1)
    expect(answers.every((answer) => isLive(rig, answer))).toBe(true)
  })

  test('is what minTtl says it is, in seconds', async () => {
    const setting = await makeMachineSetting(rig)
    await toLifeOf(setting.connectionId, 10 * MINUTE_MS)
    const before = await askToken(front, setting, '?minTtl=600')
    expect(before.expiresIn).toBe(600)
    const after = await askToken(front, setting, '?minTtl=601')
    expect([after.status, after.expiresIn, after.accessToken === before.accessToken]).toEqual([200, DAY_MS / 1000, false])
  })

  test('is never asked for again because Octorate gives shorter ones than wanted, or every call would be a refresh', async () => {
    const setting = await makeMachineSetting(rig)
    await toLifeOf(setting.connectionId, MINUTE_MS)
    await sandbox.control.faults.add({ endpoint: 'identity/refresh', clientId: setting.apiClient.clientId, kind: 'override', merge: { expires_in: 600, expireDate: undefined }, count: 9 })
    const calls = watchCalls(rig)
    for (let round = 0; round < 5; round += 1) expect((await askToken(front, setting, '?minTtl=43200')).status).toBe(200)
    expect(calls.count('identity/refresh')).toBe(1)
  })

  test.each(['-1', '43201', '1.5', 'soon', ''])('is not described by minTtl=%s', async (minTtl) => {
    const setting = await makeMachineSetting(rig)
    expect(await askToken(front, setting, `?minTtl=${minTtl}`)).toMatchObject(minTtl === '' ? { status: 200 } : { status: 400, code: 'invalid_input' })
  })
})

describe('while Octorate is down', () => {
  const goDown = (clientId: string) => sandbox.control.faults.add({ endpoint: '*', clientId, kind: 'status', status: 503, body: 'down', contentType: 'text/plain', count: 1_000 })

  test('a token that still lives is handed out, though it has less life left than wanted', async () => {
    const setting = await makeMachineSetting(rig)
    await goDown(setting.apiClient.clientId)
    await toLifeOf(setting.connectionId, 30_000)
    for (let round = 0; round < 3; round += 1) {
      const answer = await askToken(front, setting, '?minTtl=3600')
      expect([answer.status, answer.expiresIn]).toEqual([200, 30])
      expect(isLive(rig, answer)).toBe(true)
    }
  })

  test('an expired one is not: the caller hears when to ask again, and nobody is asked to reconnect', async () => {
    const setting = await makeMachineSetting(rig)
    await goDown(setting.apiClient.clientId)
    await toLifeOf(setting.connectionId, 0)
    const answer = await askToken(front, setting)
    expect(answer).toMatchObject({ status: 503, code: 'temporarily_unavailable', accessToken: '' })
    expect(Number(answer.retryAfter)).toBeGreaterThan(0)
  })

  test('one with less than a second is expired, for it would be when it arrives', async () => {
    const setting = await makeMachineSetting(rig)
    await goDown(setting.apiClient.clientId)
    await toLifeOf(setting.connectionId, 999)
    expect((await askToken(front, setting)).status).toBe(503)
  })
})

describe('a quota day', () => {
  test('is temporary, and asks nobody to reconnect', async () => {
    const setting = await makeMachineSetting(rig)
    await sandbox.control.faults.add({ endpoint: 'identity/refresh', clientId: setting.apiClient.clientId, kind: 'quota', count: 100 })
    await toLifeOf(setting.connectionId, 0)
    expect(await askToken(front, setting)).toMatchObject({ status: 503, code: 'temporarily_unavailable' })
  })
})

describe('a dead grant', () => {
  test('is answered as reconnect_required, without asking Octorate again', async () => {
    const setting = await makeMachineSetting(rig)
    await db().connection.update({ where: { id: setting.connectionId }, data: { state: 'reconnect_required', stateSince: clock.date, nextRefreshAt: null } })
    const calls = watchCalls(rig)
    expect(await askToken(front, setting)).toMatchObject({ status: 409, code: 'reconnect_required', accessToken: '' })
    expect(calls.all()).toEqual([])
  })
})

describe('by property', () => {
  const askProperty = (as: string, propertyId: string, end = '/access-token') => front.call('GET', `/api/v1/properties/${propertyId}${end}`, { as })

  test('the one connection that covers it is found by the id that Octorate gives it', async () => {
    const setting = await makeMachineSetting(rig)
    const answer = await askProperty(setting.key.header, '324410')
    expect([answer.status, answer.json()]).toMatchObject([200, { connectionId: setting.connectionId }])
    expect((await askProperty(setting.key.header, '324410', '')).json()).toMatchObject({ id: setting.connectionId })
  })

  test('several are told with their ids, because Keyrack must not choose between consents', async () => {
    const setting = await makeMachineSetting(rig)
    const second = await makeConnected(rig, setting.actor)
    const answer = await askProperty(setting.key.header, '324410')
    const { code, connectionIds } = answer.json() as { code: string; connectionIds: string[] }
    expect([answer.status, code, connectionIds.toSorted()]).toEqual([409, 'property_ambiguous', [setting.connectionId, second.connectionId].toSorted()])
    await disconnectConnection(setting.actor, second.connectionId)
    expect((await askProperty(setting.key.header, '324410')).status).toBe(200)
  })

  test('one that a person left out is not there for back ends', async () => {
    const setting = await makeMachineSetting(rig)
    await db().property.updateMany({ where: { connectionId: setting.connectionId }, data: { linked: false } })
    expect((await askProperty(setting.key.header, '324410')).status).toBe(404)
  })

  test.each(['999999', '%F0%9F%8F%A8', encodeURIComponent("' OR 1=1")])('%s is nothing', async (propertyId) => {
    const setting = await makeMachineSetting(rig)
    expect((await askProperty(setting.key.header, propertyId)).status).toBe(404)
  })
})

describe('a key with a property list', () => {
  test('gets the token of a network only when its list holds all that the token covers, because a token cannot be cut', async () => {
    const actor = await makeActor()
    const connectionId = await connect(rig, { actor, apiClient: await makeApiClient(rig, actor) }, ROSSI_NETWORK)
    const properties = (await db().property.findMany({ where: { connectionId } })).map(({ upstreamId }) => upstreamId)
    expect(properties.length).toBeGreaterThan(2)
    const [some, all, none] = [properties.slice(1), properties, ['324410']]
    const statusFor = async (list: string[]) => (await askToken(front, { connectionId, key: await makeMachineKey(actor, { properties: list }) })).code ?? 200
    expect([await statusFor(some), await statusFor(all), await statusFor(none)]).toEqual(['machine_key_properties', 200, 'not_found'])
  })

  test('counts a property that a person left out too, because the token covers it all the same', async () => {
    const actor = await makeActor()
    const connectionId = await connect(rig, { actor, apiClient: await makeApiClient(rig, actor) }, ROSSI_NETWORK)
    const [first, ...others] = (await db().property.findMany({ where: { connectionId } })).map(({ upstreamId }) => upstreamId)
    await db().property.updateMany({ where: { connectionId, upstreamId: first ?? '' }, data: { linked: false } })
    expect((await askToken(front, { connectionId, key: await makeMachineKey(actor, { properties: others }) })).code).toBe('machine_key_properties')
  })

  test('sees of a network its own properties only, and of the organization only what covers one of them', async () => {
    const actor = await makeActor()
    const apiClient = await makeApiClient(rig, actor)
    const network = await connect(rig, { actor, apiClient }, ROSSI_NETWORK)
    const single = await connect(rig, { actor, apiClient }, CA_DEL_LUME)
    const [mine = ''] = (await db().property.findMany({ where: { connectionId: network } })).map(({ upstreamId }) => upstreamId)
    const { header } = await makeMachineKey(actor, { properties: [mine] })
    const list = (await front.call('GET', '/api/v1/connections', { as: header })).json() as { items: { id: string; properties: { propertyId: string }[] }[] }
    expect(list.items.map(({ id, properties }) => [id, properties.map(({ propertyId }) => propertyId)])).toEqual([[network, [mine]]])
    const properties = (await front.call('GET', '/api/v1/properties', { as: header })).json() as { items: { propertyId: string }[] }
    expect(properties.items.map(({ propertyId }) => propertyId)).toEqual([mine])
    for (const path of [`/api/v1/connections/${single}`, `/api/v1/properties/${CA_DEL_LUME.properties[0]}`]) {
      expect((await front.call('GET', path, { as: header })).status).toBe(404)
    }
    expect((await front.call('GET', `/api/v1/connections?property=${CA_DEL_LUME.properties[0]}`, { as: header })).json()).toEqual({ items: [], nextCursor: null })
  })

  test('does not get an imported token before Octorate has said what it covers', async () => {
    const setting = await makeMachineSetting(rig)
    await db().connection.update({ where: { id: setting.connectionId }, data: { origin: 'import', verifiedAt: null } })
    sandbox.control.faults.add({ endpoint: '*', clientId: setting.apiClient.clientId, kind: 'status', status: 503, body: '', contentType: 'text/plain', count: 100 })
    const restricted = await makeMachineKey(setting.actor, { properties: LOCANDA.properties })
    expect((await askToken(front, { ...setting, key: restricted })).code).toBe('temporarily_unavailable')
    expect((await askToken(front, setting)).status).toBe(200)
  })
})

describe('many in one call', () => {
  const askMany = (as: string, body: unknown) => front.call('POST', '/api/v1/access-tokens', { as, body })

  test('are answered one by one, each once, in the order of the question', async () => {
    const setting = await makeMachineSetting(rig)
    const other = await makeConnected(rig, setting.actor)
    await disconnectConnection(setting.actor, other.connectionId)
    const stranger = await makeMachineSetting(rig)
    const ids = [setting.connectionId, other.connectionId, stranger.connectionId, setting.connectionId]
    const answer = await askMany(setting.key.header, { connections: ids, properties: ['324410', '1'] })
    const { items } = answer.json() as { items: { connectionId?: string; propertyId?: string; token: { accessToken: string } | null; refusal: { code: string } | null }[] }
    expect([answer.status, items.map(({ connectionId, propertyId, token, refusal }) => [connectionId, propertyId, token ? 'token' : refusal?.code])]).toEqual([
      200,
      [
        [setting.connectionId, undefined, 'token'],
        [other.connectionId, undefined, 'already_disconnected'],
        [stranger.connectionId, undefined, 'not_found'],
        [setting.connectionId, '324410', 'token'],
        [undefined, '1', 'not_found'],
      ],
    ])
    expect((await readLedger(setting.key.id)).map(({ connectionId, count }) => [connectionId, count])).toEqual([[setting.connectionId, 2]])
  })

  test('are at most 500 connections and 500 properties', async () => {
    const { key } = await makeMachineSetting(rig)
    const ids = Array.from({ length: 501 }, (_, index) => String(index + 1))
    expect((await askMany(key.header, { properties: ids })).status).toBe(400)
    expect((await askMany(key.header, { properties: ids.slice(1) })).status).toBe(200)
  })
})

describe('a caller that waits for Octorate', () => {
  test('gets nothing when its key was revoked meanwhile, because a revocation holds everywhere within a second', async () => {
    const setting = await makeMachineSetting(rig, 'gated')
    await toLifeOf(setting.connectionId, 0)
    const answer = rig.gate.hold('identity/refresh')
    const waiting = askToken(front, setting)
    await answer.reached
    await db().machineKey.update({ where: { id: setting.key.id }, data: { revokedAt: clock.date } })
    answer.release()
    expect(await waiting).toMatchObject({ status: 401, code: 'machine_key_invalid', accessToken: '' })
    expect(await readLedger(setting.key.id)).toEqual([])
  })
})

describe('a caller that hears nothing', () => {
  test('gets its token from the refresh that goes on without it', async () => {
    const setting = await makeMachineSetting(rig, 'gated')
    await toLifeOf(setting.connectionId, 0)
    const calls = watchCalls(rig)
    const answer = rig.gate.hold('identity/refresh')
    const first = askToken(front, setting)
    await answer.reached
    const second = askToken(front, setting)
    answer.release()
    await until(async () => expect([(await first).status, (await second).status]).toEqual([200, 200]))
    expect(calls.count('identity/refresh')).toBe(1)
  })
})
