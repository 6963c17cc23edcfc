import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { newPropertySchema, propertyCreationSchema, type NewPropertyInput } from '@/contracts/property-creations'
import { getLastCalls } from '../calls/get-last-calls'
import { getConnection } from '../connections/get-connection'
import { db } from '../db'
import { settleRound } from '../journal/settler'
import { requestRefresh } from '../refresh/request-refresh'
import { connect, ROSSI_NETWORK } from '../../tests/consent-flow'
import { dumpDatabase } from '../../tests/database-dump'
import { makeActor, makeApiClient } from '../../tests/factories'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'
import { readStoredTokens } from '../../tests/stored-tokens'
import { watchCalls, type Fault } from '../../tests/upstream-calls'
import { createProperty } from './create-property'
import { listPropertyCreations } from './list-property-creations'

const rig = await openRig()
const { sandbox, clock, database } = rig
const ENDPOINT = 'accommodation:create'
const MANUAL = { reason: 'manual', waitMs: 20_000 } as const

afterEach(async () => {
  sandbox.control.faults.clear()
  await sandbox.control.settings.set({ createdId: 'id', createdStatus: 'CREATED_ACCOMMODATION', createdTokens: 'refresh_token', refreshRotation: 'off' })
})

async function makeCreator() {
  const actor = await makeActor()
  const apiClient = await makeApiClient(rig, actor)
  const { id, clientId } = apiClient
  return {
    actor, apiClient, id,
    create: (wishes: Partial<NewPropertyInput> = {}) =>
      createProperty(actor, id, newPropertySchema.parse({ name: 'Casa Nuova', givenName: 'Ada', familyName: 'Neri', email: `${randomUUID()}@casanuova.example`, ...wishes })),
    list: async () => (await listPropertyCreations(actor.viewer, id)).items,
    fault: (fault: Fault) => sandbox.control.faults.add({ endpoint: ENDPOINT, clientId, ...fault }),
    connections: () => db().connection.findMany({ where: { apiClientId: id } }),
  }
}

const created = () => sandbox.truthLog({ type: 'accommodation.created' })

describe('creating a property', () => {
  test('makes a connection of the refresh token at once, with an access token and whoever runs the lodging as its contact', async () => {
    const { actor, create, connections } = await makeCreator()
    const creation = propertyCreationSchema.strict().parse(await create({ name: 'Locanda Nuova' }))
    expect(creation).toMatchObject({ state: 'created', failure: null, networkProperties: [] })
    const connection = await getConnection(actor.viewer, creation.connectionId ?? '')
    expect(connection).toMatchObject({ origin: 'create', status: 'healthy', upstreamId: creation.upstreamId })
    const [row] = await connections()
    expect(row).toMatchObject({ identity: `property:${creation.upstreamId}`, contactName: 'Ada Neri' })
    expect(row?.accessTokenSealed).toMatch(/^v1\./)
    clock.advance(1_000)
    expect(await requestRefresh({ id: row?.id ?? '', organizationId: actor.viewer.organizationId }, MANUAL)).toMatchObject({ outcome: 'refreshed' })
  })

  test('mails nobody and accepts no duplicate unless somebody wants it, though Octorate would by itself', async () => {
    const { actor, id, create } = await makeCreator()
    await create()
    expect(created().at(-1)).toMatchObject({ welcomeMail: false })
    const { last } = await getLastCalls(actor.viewer, id, 'properties')
    expect(JSON.parse(last?.exchanges.find(({ url }) => url.endsWith('/rest/v2/accommodation'))?.requestJson ?? '')).toMatchObject({ accept_duplicates: false, welcome_user: false })
    await create({ welcomeUser: true })
    expect(created().at(-1)).toMatchObject({ welcomeMail: true })
  })

  test.each([
    [{ createdId: 'ids' }], [{ createdId: 'codice' }], [{ createdStatus: 'created' }], [{ createdTokens: 'identity' }], [{ createdTokens: 'identity-with-access-token' }],
  ] as const)('takes the answer in each of its documented forms: %j', async (settings) => {
    await sandbox.control.settings.set(settings)
    const { create } = await makeCreator()
    expect(await create()).toMatchObject({ state: 'created', connectionId: expect.any(String) as string })
  })

  test('shows no token and keeps none unsealed', async () => {
    const { actor, id, create } = await makeCreator()
    const creation = await create()
    const { refreshToken } = created().at(-1) as unknown as { refreshToken: string }
    const { last } = await getLastCalls(actor.viewer, id, 'properties')
    for (const shown of [JSON.stringify([creation, last]), await dumpDatabase(database), rig.logs()]) expect(shown).not.toContain(refreshToken)
  })

  test('keeps the token that a first refresh has replaced', async () => {
    await sandbox.control.settings.set({ refreshRotation: 'rotate' })
    const { actor, create } = await makeCreator()
    const { connectionId } = await create()
    clock.advance(1_000)
    expect(await requestRefresh({ id: connectionId ?? '', organizationId: actor.viewer.organizationId }, MANUAL)).toMatchObject({ outcome: 'refreshed' })
  })

  test('is connected though Octorate gives no access token yet', async () => {
    const { apiClient, create, connections } = await makeCreator()
    await sandbox.control.faults.add({ endpoint: 'identity/refresh', clientId: apiClient.clientId, kind: 'status', status: 503, count: 0 })
    expect(await create()).toMatchObject({ state: 'created' })
    expect((await connections())[0]?.refreshTokenSealed).toMatch(/^v1\./)
  })
})

describe('a mail address that is known', () => {
  test('creates nothing and names the property that has it, to be connected instead', async () => {
    const { create, connections } = await makeCreator()
    const before = created().length
    expect(await create({ email: 'marco@locandabianchi.example' })).toMatchObject({ state: 'existing', upstreamId: '324410', connectionId: null })
    expect([created().length, await connections()]).toEqual([before, []])
  })

  test('creates another when duplicates are accepted', async () => {
    const { create } = await makeCreator()
    expect(await create({ email: 'marco@locandabianchi.example', acceptDuplicates: true })).toMatchObject({ state: 'created' })
  })
})

describe('joining a network', () => {
  test('that is connected adds the property to that connection, because they share the token', async () => {
    const { actor, apiClient, create, connections } = await makeCreator()
    const connectionId = await connect(rig, { actor, apiClient }, ROSSI_NETWORK)
    const creation = await create({ networkName: 'Rossi Collection Roma' })
    expect(creation).toMatchObject({ state: 'created', connectionId })
    expect(creation.networkProperties).toContain(creation.upstreamId)
    expect(await connections()).toHaveLength(1)
    expect(await db().property.count({ where: { connectionId, upstreamId: creation.upstreamId ?? '' } })).toBe(1)
  })

  test('whose grant is dead brings it to life, because the token that came is the only one that lives', async () => {
    const { actor, apiClient, create, connections } = await makeCreator()
    const deadId = await connect(rig, { actor, apiClient }, ROSSI_NETWORK)
    await sandbox.control.revoke({ clientId: apiClient.clientId })
    await db().connection.update({ where: { id: deadId }, data: { state: 'reconnect_required', nextRefreshAt: null } })
    const creation = await create({ networkName: 'Rossi Collection Roma' })
    expect(creation).toMatchObject({ state: 'created' })
    const { refreshToken } = created().at(-1) as unknown as { refreshToken: string }
    const tokens = await readStoredTokens(creation.connectionId ?? '')
    expect(tokens).toMatchObject({ refresh: refreshToken, row: { state: 'connected' } })
    expect((await connections()).filter(({ state }) => state === 'connected')).toHaveLength(1)
  })

  test('that waits for a consent which an owner asked for joins it, and changes nothing of that', async () => {
    const { actor, apiClient, create, connections } = await makeCreator()
    const markedId = await connect(rig, { actor, apiClient }, ROSSI_NETWORK)
    await db().connection.update({ where: { id: markedId }, data: { state: 'reconnect_required', cause: 'operator_asked', nextRefreshAt: null } })
    const creation = await create({ networkName: 'Rossi Collection Roma' })
    expect(creation).toMatchObject({ state: 'created', connectionId: markedId })
    expect(await connections()).toMatchObject([{ id: markedId, state: 'reconnect_required', cause: 'operator_asked' }])
    expect(await db().property.count({ where: { connectionId: markedId, upstreamId: creation.upstreamId ?? '' } })).toBe(1)
  })

  test('that is not connected makes one connection with all that the token covers', async () => {
    const { create } = await makeCreator()
    const creation = await create({ networkName: 'Rossi Collection Roma' })
    const properties = await db().property.findMany({ where: { connectionId: creation.connectionId ?? '' } })
    expect(properties.map(({ upstreamId }) => upstreamId).sort()).toEqual([...creation.networkProperties].sort())
    expect(creation.networkProperties.length).toBeGreaterThan(1)
  })

  test('that does not exist is refused, and says so', async () => {
    const { create, list } = await makeCreator()
    expect(await refusalOf(create({ networkName: 'No such network' }))).toBe('property_refused')
    expect(await list()).toMatchObject([{ state: 'refused', failure: 'property_refused' }])
  })
})

describe('what goes wrong', () => {
  test.each([
    ['quota', { kind: 'quota' }, 'upstream_quota'],
    ['a missing permission', { kind: 'role-missing' }, 'upstream_permission'],
    ['the wrong environment', { kind: 'wrong-environment' }, 'upstream_wrong_environment'],
    ['a validation', { kind: 'status', status: 400, body: '{"type":"ApiValidationFailed","element":"$.name"}', contentType: 'application/json' }, 'property_refused'],
    ['a redirect', { kind: 'redirect', location: 'http://127.0.0.1:9/' }, 'upstream_redirected'],
  ] as const)('by %s is refused, written down, and leaves no connection', async (_name, fault, code) => {
    const { actor, id, create, list, connections, fault: inject } = await makeCreator()
    await inject(fault)
    expect(await refusalOf(create())).toBe(code)
    expect(await list()).toMatchObject([{ state: 'refused', failure: code, connectionId: null }])
    expect(await connections()).toEqual([])
    expect((await getLastCalls(actor.viewer, id, 'properties')).last).toMatchObject({ failure: code })
  })

  test.each([
    [{ kind: 'status', status: 500, when: 'after' }], [{ kind: 'reset', when: 'after' }], [{ kind: 'truncate' }],
  ] as const)('without a full answer is unknown, and is not sent again: %j', async (fault) => {
    const { create, list, fault: inject } = await makeCreator()
    await inject(fault)
    const calls = watchCalls(rig)
    expect(await refusalOf(create())).toBe('upstream_unreachable')
    await settleRound()
    expect(calls.count(ENDPOINT)).toBe(1)
    expect(await list()).toMatchObject([{ state: 'unknown', connectionId: null }])
  })

  test('in the form of the answer keeps it sealed as evidence', async () => {
    const { id, create, list, fault } = await makeCreator()
    await fault({ kind: 'override', remove: ['refresh_token'] })
    expect(await refusalOf(create())).toBe('upstream_unreadable')
    expect(await list()).toMatchObject([{ state: 'unknown', failure: 'upstream_unreadable' }])
    expect(await db().grantJournal.findFirst({ where: { origin: 'create', apiClientId: id } })).toMatchObject({ state: 'refused', answerSealed: expect.stringMatching(/^v1\./) as string })
  })

  test('with a process that died while it was sending leaves it unknown, after a minute', async () => {
    const { create, list } = await makeCreator()
    const { id } = await create()
    await db().propertyCreation.updateMany({ where: { id }, data: { state: 'sending', at: clock.date } })
    expect(await list()).toMatchObject([{ state: 'sending' }])
    clock.advance(60_001)
    expect(await list()).toMatchObject([{ state: 'unknown', connectionId: null }])
  })

  test('of ours, with the answer committed, is told as no refusal, because the property is there and its token waits', async () => {
    const { create, list } = await makeCreator()
    await database.sql('REVOKE INSERT ON connections FROM keyrack_app')
    await expect(create()).rejects.toThrow(/permission denied for table connections/)
    await database.sql('GRANT INSERT ON connections TO keyrack_app')
    expect(await list()).toMatchObject([{ state: 'sending', failure: null }])
    clock.advance(61_000)
    await settleRound()
    expect(await list()).toMatchObject([{ state: 'created', failure: null }])
  })

  test('in this process after the answer was committed is finished by any other', async () => {
    const { create, list, connections } = await makeCreator()
    const creation = await create()
    // As if the process had died between the commit and the reading.
    const [connection] = await connections()
    await db().connection.delete({ where: { id: connection?.id ?? '' } })
    await db().propertyCreation.updateMany({ where: { id: creation.id }, data: { state: 'sending', upstreamId: null } })
    const { answerSealed } = await replant(creation.connectionId ?? '')
    expect(answerSealed).toMatch(/^v1\./)
    clock.advance(61_000)
    await rig.asAnotherProcess(() => settleRound())
    expect(await list()).toMatchObject([{ state: 'created' }])
    expect(await connections()).toHaveLength(1)
  })
})

/** Puts the answer to the newest creation back as it was committed, before anybody read it. */
async function replant(connectionId: string): Promise<{ answerSealed: string | null }> {
  const { makeJournalEntry } = await import('../journal/journal-entry')
  const { insertEntry } = await import('../journal/record-answer')
  const { answerOf } = await import('../octorate/answer-for-tests')
  const last = created().at(-1) as unknown as { refreshToken: string; accommodation: { id: string } }
  const row = await db().grantJournal.findFirstOrThrow({ where: { connectionId, origin: 'create' } })
  const { organizationId, apiClientId } = row
  await db().grantJournal.delete({ where: { id: row.id } })
  const answer = { ...answerOf({ id: last.accommodation.id, refresh_token: last.refreshToken }), receivedAt: clock.date }
  const entry = makeJournalEntry({ organizationId, apiClientId, origin: 'create', authorizationId: null, connectionId, sentVersion: null }, answer)
  await insertEntry(entry, new Date(clock.at + 60_000))
  return db().grantJournal.findUniqueOrThrow({ where: { id: entry.id } })
}
