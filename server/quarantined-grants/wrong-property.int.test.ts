import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { db } from '../db'
import { connectQuarantined, eraseQuarantined } from './decide-quarantined'
import { getQuarantinedGrant, listQuarantinedGrants } from './get-quarantined-grants'
import { getAuthorization } from '../authorizations/get-authorization'
import { startAuthorization } from '../authorizations/start-authorization'
import { disconnectConnection } from '../connections/disconnect-connection'
import { getConnection } from '../connections/get-connection'
import { settleRound } from '../journal/settler'
import { createReconnectLinks } from '../links/create-reconnect-links'
import { getLink } from '../links/get-link'
import { arrive, CA_DEL_LUME, connect, decide, LOCANDA, ROSSI_NETWORK, type Hotelier } from '../../tests/consent-flow'
import { dumpDatabase, findSecrets } from '../../tests/database-dump'
import { makeActor, makeApiClient, makeColleague } from '../../tests/factories'
import { secretsOf } from '../../tests/known-secrets'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'
import { inspectStored } from '../../tests/stored-tokens'
import { until } from '../../tests/until'
import { Visitor } from '../../tests/visitor'

const rig = await openRig()
const { sandbox, clock, database } = rig
const DAY_MS = 86_400_000
const WISH = { language: 'en', life: '24h' } as const
const UNKNOWN: Hotelier = { username: 'marco.bianchi', properties: ['324425'] }

/** Two properties of one API client, both connected. */
async function twoHotels() {
  const actor = await makeActor()
  const apiClient = await makeApiClient(rig, actor)
  const wanted = await connect(rig, { actor, apiClient }, LOCANDA)
  const other = await connect(rig, { actor, apiClient }, CA_DEL_LUME)
  return { actor, apiClient, wanted, other }
}

type Hotels = Awaited<ReturnType<typeof twoHotels>>

/** The console's own reconnect, by which another property consents. @returns the flow's id */
async function consoleReconnect({ actor, apiClient, wanted }: Hotels, hotelier: Hotelier) {
  const started = await startAuthorization(actor, { apiClientId: apiClient.id, connectionId: wanted })
  const flow = { actor, apiClient, started, state: new URL(started.location).searchParams.get('state') ?? '' }
  return { completed: await arrive(flow, await decide(rig, flow, hotelier)), id: started.authorizationId }
}

async function reconnectByLink({ actor, wanted }: Hotels) {
  const { made: [made] } = await createReconnectLinks(actor, { connectionIds: [wanted], ...WISH })
  const visitor = new Visitor(rig)
  await visitor.open(made?.url ?? '')
  return { visitor, id: made?.link.id ?? '' }
}

const tokensOf = async (id: string) => {
  const { accessTokenVersion, refreshTokenVersion, accessTokenSealed, refreshTokenSealed } = await db().connection.findUniqueOrThrow({ where: { id } })
  return { accessTokenVersion, refreshTokenVersion, accessTokenSealed, refreshTokenSealed }
}

const quarantineOf = async ({ actor }: Hotels) => (await db().quarantinedGrant.findMany({ where: { organizationId: actor.viewer.organizationId } }))[0]

describe('a consent from another property', () => {
  test('changes nothing of the one that was asked for, names both, and lets the hotelier try again', async () => {
    const hotels = await twoHotels()
    const before = await tokensOf(hotels.wanted)
    const { visitor, id } = await reconnectByLink(hotels)
    const page = await visitor.consent(CA_DEL_LUME)
    expect(page.text).toContain('That was another property')
    expect(page.text).toContain('324417')
    expect(page.text).toContain('Locanda Bianchi (id 324410)')
    expect(await tokensOf(hotels.wanted)).toEqual(before)
    expect(await getLink(hotels.actor.viewer, id)).toMatchObject({ state: 'wrong_property', failure: 'wrong_property', found: { upstreamId: '324417' } })
    expect((await visitor.consent(LOCANDA)).text).toContain('Locanda Bianchi is connected again')
    expect(await getLink(hotels.actor.viewer, id)).toMatchObject({ state: 'verified', found: null })
    for (const connection of [hotels.wanted, hotels.other]) expect(await inspectStored(rig, connection)).toMatchObject({ access: 'live', refresh: 'live' })
  })

  test.each([true, false])('leaves both properties alive at the end, when a new consent ends the old grant: %s', async (newConsentEndsGrant) => {
    const hotels = await twoHotels()
    await sandbox.control.settings.set({ newConsentEndsGrant })
    const { visitor } = await reconnectByLink(hotels)
    await visitor.consent(CA_DEL_LUME)
    await sandbox.control.settings.set({ newConsentEndsGrant: false })
    const kept = await quarantineOf(hotels)
    expect(kept).toMatchObject({ state: newConsentEndsGrant ? 'adopted' : 'unneeded', connectionId: hotels.other, answerSealed: null })
    for (const [connection, property] of [[hotels.wanted, '324410'], [hotels.other, '324417']] as const) {
      expect(await inspectStored(rig, connection)).toEqual({ access: 'live', refresh: 'live', accommodations: [property] })
      expect(await getConnection(hotels.actor.viewer, connection)).toMatchObject({ status: 'healthy' })
    }
  })

  test('is adopted by the other connection at once when that one was dead already', async () => {
    const hotels = await twoHotels()
    await sandbox.control.revoke({ clientId: hotels.apiClient.clientId })
    await db().connection.updateMany({ where: { apiClientId: hotels.apiClient.id }, data: { state: 'reconnect_required' } })
    const { visitor } = await reconnectByLink(hotels)
    await visitor.consent(CA_DEL_LUME)
    expect(await inspectStored(rig, hotels.other)).toMatchObject({ access: 'live', refresh: 'live' })
    expect((await getConnection(hotels.actor.viewer, hotels.wanted)).status).toBe('reconnect_required')
  })

  test('is kept from the console’s own reconnect too, whose page names what was put aside', async () => {
    const hotels = await twoHotels()
    const before = await tokensOf(hotels.wanted)
    const { completed, id } = await consoleReconnect(hotels, CA_DEL_LUME)
    expect(completed).toMatchObject({ outcome: 'failed', error: { code: 'wrong_property' } })
    const attempt = await getAuthorization(hotels.actor.viewer, id)
    expect(attempt).toMatchObject({ status: 'failed', failure: 'wrong_property', connectionId: null, expectedConnectionId: hotels.wanted })
    expect(await getQuarantinedGrant(hotels.actor.viewer, attempt.quarantineId ?? '')).toMatchObject({
      expected: { name: 'Locanda Bianchi', upstreamId: '324410' }, found: { upstreamId: '324417', isNetwork: false },
    })
    expect(await tokensOf(hotels.wanted)).toEqual(before)
  })

  test('never swaps an account, in forty consents by two operators at once', async () => {
    const hotels = await twoHotels()
    const colleague = await makeColleague(hotels.actor, 'support')
    for (let round = 0; round < 10; round += 1) {
      const walks = await Promise.all([
        consoleReconnect(hotels, CA_DEL_LUME), consoleReconnect({ ...hotels, actor: colleague }, CA_DEL_LUME),
        consoleReconnect(hotels, LOCANDA), consoleReconnect({ ...hotels, wanted: hotels.other, actor: colleague }, LOCANDA),
      ])
      expect(walks.map(({ completed }) => completed.outcome)).toEqual(['failed', 'failed', 'connected', 'failed'])
      expect(await inspectStored(rig, hotels.wanted)).toEqual({ access: 'live', refresh: 'live', accommodations: ['324410'] })
      expect(await inspectStored(rig, hotels.other)).toEqual({ access: 'live', refresh: 'live', accommodations: ['324417'] })
    }
    expect(await db().connection.count({ where: { apiClientId: hotels.apiClient.id } })).toBe(2)
  })

  test('waits while nobody knows whether the other one lives, and is decided when Octorate answers again', async () => {
    const hotels = await twoHotels()
    await sandbox.control.settings.set({ newConsentEndsGrant: true })
    await sandbox.control.faults.add({ endpoint: 'identity/refresh', kind: 'status', status: 503, count: 1 })
    const { visitor } = await reconnectByLink(hotels)
    await visitor.consent(CA_DEL_LUME)
    await sandbox.control.settings.set({ newConsentEndsGrant: false })
    expect(await quarantineOf(hotels)).toMatchObject({ state: 'probing', tries: 1 })
    clock.advance(10 * 60_000)
    await settleRound()
    expect(await quarantineOf(hotels)).toMatchObject({ state: 'adopted' })
    expect(await inspectStored(rig, hotels.other)).toMatchObject({ access: 'live', refresh: 'live' })
  })

  test('does not bring back what somebody disconnected: it waits for a person', async () => {
    const hotels = await twoHotels()
    await disconnectConnection(hotels.actor, hotels.other)
    const { visitor } = await reconnectByLink(hotels)
    await visitor.consent(CA_DEL_LUME)
    expect(await quarantineOf(hotels)).toMatchObject({ state: 'held' })
    expect((await getConnection(hotels.actor.viewer, hotels.other)).status).toBe('disconnected')
  })
})

describe('a consent of a property that is disconnected while nobody has decided', () => {
  /** Octorate did not say whether the other grant lives; then somebody disconnects it. */
  async function undecided() {
    const hotels = await twoHotels()
    await sandbox.control.faults.add({ endpoint: 'identity/refresh', kind: 'status', status: 503, count: 1 })
    const { visitor } = await reconnectByLink(hotels)
    await visitor.consent(CA_DEL_LUME)
    expect(await quarantineOf(hotels)).toMatchObject({ state: 'probing' })
    clock.advance(60_000)
    await disconnectConnection(hotels.actor, hotels.other)
    clock.advance(10 * 60_000)
    await settleRound()
    return hotels
  }

  test('connects it again when somebody takes it, because it is the only copy of the grant', async () => {
    const hotels = await undecided()
    const kept = await quarantineOf(hotels)
    expect(kept).toMatchObject({ state: 'held' })
    expect(await connectQuarantined(hotels.actor, kept?.id ?? '')).toEqual({ connectionId: hotels.other })
    expect(await inspectStored(rig, hotels.other)).toEqual({ access: 'live', refresh: 'live', accommodations: ['324417'] })
    expect(await getConnection(hotels.actor.viewer, hotels.other)).toMatchObject({ status: 'healthy' })
  })

  test('at the very moment in which it is adopted is not connected again by that, and stays in quarantine', async () => {
    const hotels = await twoHotels()
    await sandbox.control.revoke({ clientId: hotels.apiClient.clientId })
    await db().connection.updateMany({ where: { id: hotels.other }, data: { state: 'reconnect_required' } })
    const { visitor } = await reconnectByLink(hotels)
    const other = new pg.Client({ connectionString: database.ownerUrl })
    await other.connect()
    try {
      await other.query('BEGIN')
      await other.query(
        `UPDATE connections SET state = 'disconnected', access_token_sealed = NULL, refresh_token_sealed = NULL, disconnected_at = $2 WHERE id = $1`,
        [hotels.other, clock.date],
      )
      const page = visitor.consent(CA_DEL_LUME)
      const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
      await until(async () => expect(await database.sql(waiting)).toHaveLength(1))
      await other.query('COMMIT')
      await page
    } finally {
      await other.end()
    }
    expect((await getConnection(hotels.actor.viewer, hotels.other)).status).toBe('disconnected')
    expect(await quarantineOf(hotels)).toMatchObject({ state: 'probing', answerSealed: expect.any(String) })
    clock.advance(10 * 60_000)
    await settleRound()
    expect(await quarantineOf(hotels)).toMatchObject({ state: 'held' })
  })

  test('is not taken while a newer consent is connected, because the older grant would replace it', async () => {
    const hotels = await undecided()
    clock.advance(60_000)
    await connect(rig, hotels, CA_DEL_LUME)
    const kept = await quarantineOf(hotels)
    const before = await tokensOf(hotels.other)
    expect(await refusalOf(connectQuarantined(hotels.actor, kept?.id ?? ''))).toBe('conflict')
    expect(await tokensOf(hotels.other)).toEqual(before)
    expect(await quarantineOf(hotels)).toMatchObject({ state: 'held', answerSealed: expect.any(String) })
  })
})

describe('a consent from a property that nobody knows', () => {
  test('is of the environment in which it was given, and connected in no other', async () => {
    const hotels = await twoHotels()
    const { visitor } = await reconnectByLink(hotels)
    await visitor.consent(UNKNOWN)
    await db().apiClient.update({ where: { id: hotels.apiClient.id }, data: { environment: 'PRODUCTION' } })
    expect(await refusalOf(connectQuarantined(hotels.actor, (await quarantineOf(hotels))?.id ?? ''))).toBe('conflict')
    expect(await db().connection.count({ where: { apiClientId: hotels.apiClient.id, environment: 'PRODUCTION' } })).toBe(0)
  })

  test('waits sealed for somebody who connects it', async () => {
    const hotels = await twoHotels()
    const { visitor } = await reconnectByLink(hotels)
    await visitor.consent(UNKNOWN)
    const { items: [waiting] } = await listQuarantinedGrants(hotels.actor.viewer)
    expect(waiting).toMatchObject({ state: 'held', found: { upstreamId: '324425' }, connectionId: null })
    expect(findSecrets(await dumpDatabase(database), secretsOf(sandbox))).toEqual([])
    const stranger = await makeActor()
    expect(await refusalOf(connectQuarantined(stranger, waiting?.id ?? ''))).toBe('not_found')
    const { connectionId } = await connectQuarantined(hotels.actor, waiting?.id ?? '')
    expect(await inspectStored(rig, connectionId)).toEqual({ access: 'live', refresh: 'live', accommodations: ['324425'] })
    expect(await getConnection(hotels.actor.viewer, connectionId)).toMatchObject({ status: 'healthy', connectedBy: hotels.actor.viewer.name })
    expect((await listQuarantinedGrants(hotels.actor.viewer)).items).toEqual([])
    expect(await refusalOf(connectQuarantined(hotels.actor, waiting?.id ?? ''))).toBe('conflict')
  })

  test('is erased when somebody says so, and by itself after a day', async () => {
    const hotels = await twoHotels()
    const { visitor } = await reconnectByLink(hotels)
    await visitor.consent(UNKNOWN)
    const first = await quarantineOf(hotels)
    expect(await eraseQuarantined(hotels.actor, first?.id ?? '')).toMatchObject({ state: 'erased' })
    await visitor.consent(UNKNOWN)
    clock.advance(DAY_MS)
    await settleRound()
    const rows = await db().quarantinedGrant.findMany({ where: { organizationId: hotels.actor.viewer.organizationId } })
    expect(rows.map(({ state, answerSealed }) => [state, answerSealed])).toEqual([['erased', null], ['erased', null]])
    expect(await db().connection.count({ where: { apiClientId: hotels.apiClient.id } })).toBe(2)
  })
})

describe('a network', () => {
  async function network() {
    const actor = await makeActor()
    const apiClient = await makeApiClient(rig, actor)
    const wanted = await connect(rig, { actor, apiClient }, ROSSI_NETWORK)
    return { actor, apiClient, wanted, other: '' }
  }

  test('that covers more and fewer properties than before is the same connection, and the difference is shown', async () => {
    const hotels = await network()
    const [gone] = await db().property.findMany({ where: { connectionId: hotels.wanted, upstreamId: { not: '310046' } }, take: 1 })
    await db().property.delete({ where: { id: gone?.id ?? '' } })
    await db().property.create({ data: { organizationId: hotels.actor.viewer.organizationId, connectionId: hotels.wanted, upstreamId: '999', name: 'Sold Inn' } })
    const { visitor, id } = await reconnectByLink(hotels)
    await visitor.consent(ROSSI_NETWORK)
    const difference = { added: [{ upstreamId: gone?.upstreamId, name: gone?.name }], removed: [{ upstreamId: '999', name: 'Sold Inn' }] }
    expect(await getLink(hotels.actor.viewer, id)).toMatchObject({ state: 'verified', difference })
    expect((await getConnection(hotels.actor.viewer, hotels.wanted)).authorization?.difference).toEqual(difference)
  })

  test('is not cut down to one of its properties by a hotelier who chose only that', async () => {
    const hotels = await network()
    const { visitor } = await reconnectByLink(hotels)
    const page = await visitor.consent({ username: 'giulia.rossi', properties: ['310051'] })
    expect(page.text).toContain('Choose the whole network at Octorate')
    expect((await getConnection(hotels.actor.viewer, hotels.wanted)).propertyCount).toBe(9)
    expect(await inspectStored(rig, hotels.wanted)).toMatchObject({ access: 'live', refresh: 'live' })
  })
})
