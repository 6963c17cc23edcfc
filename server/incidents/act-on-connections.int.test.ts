import { beforeEach, describe, expect, test } from 'vitest'
import { gapOf } from '@/lib/refresh/pace'
import { alertRound } from '../alerts/watch'
import { openGateway } from '../api-clients/open-gateway'
import { refreshConnection } from '../connections/refresh-connection'
import { getConnection } from '../connections/get-connection'
import { findCovering } from '../connections/find-covering'
import { storeGrant } from '../connections/store-grant'
import { accessToken, refreshToken } from '../crypto/tokens'
import { db } from '../db'
import { readEnv } from '../env'
import { recallToken } from '../hand-outs/held-token'
import type { Actor } from '../http/define-handler'
import { checkImport } from '../imports/check-import'
import type { ClaimedLine } from '../imports/claim-line'
import { findDouble } from '../imports/find-double'
import { recordAnswer } from '../journal/record-answer'
import { settleRound } from '../journal/settler'
import { answerOf } from '../octorate/answer-for-tests'
import { sendRefresh } from '../octorate/refresh'
import { connect, decide, EIGHT_CONSENTS, startFlow } from '../../tests/consent-flow'
import { makeApiClient, makeColleague } from '../../tests/factories'
import { lapseLeases } from '../../tests/lapse-leases'
import { cancelTopUp } from '../top-ups/cancel-top-up'
import { startTopUp } from '../top-ups/start-top-up'
import { openMachineFront } from '../../tests/machine-front'
import { makeFresh } from '../../tests/make-fresh'
import { askToken, isLive, makeMachineSetting, type MachineSetting } from '../../tests/machine-setting'
import { receiveAnswer } from '../../tests/received-answer'
import { refreshAllDue } from '../../tests/refresh-all-due'
import { refreshOnce } from '../../tests/refresh-once'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'
import { inspectStored, readStoredTokens } from '../../tests/stored-tokens'
import { dropAccessTokens, markForReconnect } from './act-on-connections'
import { closeIncident } from './close-incident'
import { getIncident } from './get-incident'
import { openIncident } from './open-incident'

const rig = await openRig()
const { clock, sandbox } = rig
const front = await openMachineFront()
const ALL = { target: { kind: 'organization' }, password: '' } as const
const one = ({ connectionId: id }: Pick<MachineSetting, 'connectionId'>) => ({ target: { kind: 'connection', id }, password: '' }) as const

beforeEach(() => sandbox.control.settings.set({ refreshRotation: 'off' }))

/** A connection with its back end, and an incident that is worked on. */
async function makeBreach(kind: 'real' | 'drill' = 'real', upstreamId: 'sandbox' | 'gated' = 'sandbox') {
  const setting = await makeMachineSetting(rig, upstreamId)
  await makeFresh(setting.actor)
  clock.advance(60_000)
  const { id: incidentId } = await openIncident(setting.actor, { kind, summary: 'A disk was copied' })
  return { ...setting, incidentId }
}

/** The next one, after this was closed. */
async function reopenIncident({ actor, incidentId }: { readonly actor: Actor; readonly incidentId: string }) {
  await closeIncident(actor, incidentId)
  return openIncident(actor, { kind: 'real', summary: 'Another disk was copied' })
}

const keyOf = ({ subject }: MachineSetting) => ({ ...subject, environment: 'SANDBOX' }) as const
const MARKED = { state: 'reconnect_required', cause: 'operator_asked', accessTokenSealed: null, nextRefreshAt: null } as const
const rowOf = (id: string) => db().connection.findUniqueOrThrow({ where: { id } })
const stateOf = (incident: { steps: readonly { step: string; settled: unknown }[] }, step: string) => incident.steps.find((each) => each.step === step)?.settled

describe('dropping access tokens', () => {
  test('erases what is stored and keeps the refresh token, and the next hand-out is of a new token', async () => {
    const breach = await makeBreach()
    const before = await askToken(front, breach)
    const refresh = (await readStoredTokens(breach.connectionId)).refresh
    const incident = await dropAccessTokens(breach.actor, breach.incidentId, ALL)
    expect(stateOf(incident, 'access_tokens')).toMatchObject({ isDone: true, touched: 1 })
    expect(incident.state.accessTokens).toBe(0)
    expect(await readStoredTokens(breach.connectionId)).toMatchObject({ access: null, refresh, row: { state: 'connected' } })
    const after = await askToken(front, breach)
    expect([after.status, isLive(rig, after), after.accessToken === before.accessToken]).toEqual([200, true, false])
    expect(await inspectStored(rig, breach.connectionId)).toMatchObject({ access: 'live', refresh: 'live' })
  })

  test('reaches what another process holds in memory, because that process asks the row at each hand-out', async () => {
    const breach = await makeBreach()
    const before = await askToken(front, breach)
    await askToken(front, breach)
    await rig.asAnotherProcess(() => dropAccessTokens(breach.actor, breach.incidentId, ALL))
    expect(recallToken(keyOf(breach))?.token.reveal()).toBe(before.accessToken)
    await sandbox.control.faults.add({ endpoint: 'identity/refresh', clientId: breach.apiClient.clientId, kind: 'status', status: 503, count: 1 })
    expect(await askToken(front, breach)).toMatchObject({ status: 503, accessToken: '' })
    clock.advance(10_000)
    const after = await askToken(front, breach)
    expect([after.status, isLive(rig, after), after.accessToken === before.accessToken]).toEqual([200, true, false])
  })

  test('empties the memory of its own process at once, and that of others with their next round', async () => {
    const [near, far] = [await makeBreach(), await makeBreach()]
    for (const breach of [near, far]) await askToken(front, breach)
    await dropAccessTokens(near.actor, near.incidentId, ALL)
    await rig.asAnotherProcess(() => dropAccessTokens(far.actor, far.incidentId, ALL))
    expect([recallToken(keyOf(near)), recallToken(keyOf(far)) === null]).toEqual([null, false])
    await settleRound()
    expect(recallToken(keyOf(far))).toBeNull()
  })

  test('while a refresh is under way keeps the refresh token of its answer and not its access token', async () => {
    await sandbox.control.settings.set({ refreshRotation: 'rotate' })
    const breach = await makeBreach('real', 'gated')
    const older = await readStoredTokens(breach.connectionId)
    const answer = rig.gate.hold('identity/refresh')
    const refreshing = refreshOnce(breach.subject)
    await answer.reached
    await dropAccessTokens(breach.actor, breach.incidentId, ALL)
    answer.release()
    expect((await refreshing).outcome).toBe('failed')
    const after = await readStoredTokens(breach.connectionId)
    expect([after.access, after.refresh === older.refresh, after.row.leaseOwner]).toEqual([null, false, null])
    expect(await inspectStored(rig, breach.connectionId)).toMatchObject({ access: 'none', refresh: 'live' })
    await refreshAllDue()
    expect(await inspectStored(rig, breach.connectionId)).toMatchObject({ access: 'live', refresh: 'live' })
  })

  test.each(['off', 'rotate'] as const)('of an answer that waited in the journal brings back no access token, and loses no refresh token (rotation %s)', async (refreshRotation) => {
    await sandbox.control.settings.set({ refreshRotation })
    const breach = await makeBreach()
    const waiting = await makeWaiting(breach)
    await dropAccessTokens(breach.actor, breach.incidentId, ALL)
    clock.advance(120_000)
    await lapseLeases(rig)
    await settleRound()
    expect(await inspectStored(rig, breach.connectionId)).toMatchObject({ access: 'none', refresh: 'live' })
    await refreshAllDue()
    expect(await inspectStored(rig, breach.connectionId)).toMatchObject({ access: 'live', refresh: 'live' })
    expect(await db().grantJournal.count({ where: { id: waiting, state: 'applied', answerSealed: null } })).toBe(1)
  })

  test('makes connections due one after the other at the pace of their API client, and none sooner for asking twice', async () => {
    const breach = await makeBreach()
    for (const hotelier of EIGHT_CONSENTS.slice(1, 6)) await connect(rig, breach, hotelier)
    clock.advance(1_000)
    const slow = { env: readEnv({ KEYRACK_REFRESH_RATE: '20' }) }
    const drop = () => rig.asAnotherProcess(() => dropAccessTokens(breach.actor, breach.incidentId, ALL), slow)
    expect(stateOf(await drop(), 'access_tokens')).toMatchObject({ touched: 6 })
    const dues = async () => (await db().connection.findMany({ where: { apiClientId: breach.apiClient.id }, orderBy: { nextRefreshAt: 'asc' } })).map(({ nextRefreshAt }) => nextRefreshAt?.getTime() ?? 0)
    const first = await dues()
    expect(first.map((at) => at - clock.date.getTime())).toEqual([0, 1, 2, 3, 4, 5].map((turn) => Math.round(turn * gapOf(20))))
    expect(stateOf(await drop(), 'access_tokens')).toMatchObject({ touched: 6 })
    expect(await dues()).toEqual(first)
    expect(await db().auditEvent.count({ where: { organizationId: breach.actor.viewer.organizationId, action: 'access_token.dropped' } })).toBe(6)
  })

  test('leaves a back-off and a dead grant as they are', async () => {
    const breach = await makeBreach()
    const dead = await connect(rig, breach, EIGHT_CONSENTS[1])
    const later = new Date(clock.date.getTime() + 240_000)
    await db().connection.update({ where: { id: breach.connectionId }, data: { state: 'refresh_failing', cause: 'quota', nextRefreshAt: later } })
    await db().connection.update({ where: { id: dead }, data: { state: 'reconnect_required', nextRefreshAt: null } })
    await dropAccessTokens(breach.actor, breach.incidentId, ALL)
    expect(await rowOf(breach.connectionId)).toMatchObject({ accessTokenSealed: null, state: 'refresh_failing', nextRefreshAt: later })
    expect(await rowOf(dead)).toMatchObject({ accessTokenSealed: null, state: 'reconnect_required', nextRefreshAt: null })
  })

  test('goes on while hand-outs are frozen, and so does the refresh that follows', async () => {
    const breach = await makeBreach()
    await db().freeze.create({ data: { organizationId: breach.actor.viewer.organizationId, targetKind: 'connection', targetId: breach.connectionId, reason: 'x', frozenByUserId: breach.actor.viewer.userId, frozenAt: clock.date } })
    await dropAccessTokens(breach.actor, breach.incidentId, ALL)
    await refreshAllDue()
    expect((await askToken(front, breach)).status).toBe(423)
    expect(await inspectStored(rig, breach.connectionId)).toMatchObject({ access: 'live' })
  })

  test('stays due when a top up is cancelled that had made it due, because it has no token', async () => {
    const breach = await makeBreach()
    const topUp = await startTopUp(breach.actor, breach.apiClient.id)
    await dropAccessTokens(breach.actor, breach.incidentId, ALL)
    const { nextRefreshAt } = await rowOf(breach.connectionId)
    await cancelTopUp(breach.actor, topUp.id)
    expect([(await rowOf(breach.connectionId)).nextRefreshAt, nextRefreshAt]).toEqual([nextRefreshAt, clock.date])
  })

  test('keeps a consent whose answer came before, but not the access token that lay there', async () => {
    const breach = await makeBreach()
    const flow = await startFlow(breach.actor, breach.apiClient)
    await receiveAnswer(flow, await decide(rig, flow))
    clock.advance(1_000)
    await refreshConnection(breach.actor, breach.connectionId)
    await dropAccessTokens(breach.actor, breach.incidentId, ALL)
    const dropped = await readStoredTokens(breach.connectionId)
    clock.advance(120_000)
    await settleRound()
    const after = await readStoredTokens(breach.connectionId)
    expect([after.access, after.refresh === dropped.refresh, after.row.state]).toEqual([null, false, 'connected'])
    await refreshAllDue()
    expect(await inspectStored(rig, breach.connectionId)).toMatchObject({ access: 'live', refresh: 'live' })
  })
})

describe('marking for reconnect', () => {
  test('refuses every hand-out with 409, sends no refresh, not for a person either, and says that an owner asked', async () => {
    const breach = await makeBreach()
    await askToken(front, breach)
    const incident = await markForReconnect(breach.actor, breach.incidentId, ALL)
    expect([stateOf(incident, 'mark'), incident.state]).toMatchObject([{ isDone: true, touched: 1 }, { marked: 1, reconnectRequired: 1, connections: 1 }])
    expect(await askToken(front, breach)).toMatchObject({ status: 409, code: 'reconnect_required', accessToken: '' })
    expect((await rig.asAnotherProcess(() => askToken(front, breach))).status).toBe(409)
    expect(await inspectStored(rig, breach.connectionId)).toMatchObject({ access: 'none', refresh: 'live' })
    clock.advance(48 * 3_600_000)
    await refreshAllDue()
    expect(await refusalOf(refreshConnection(breach.actor, breach.connectionId))).toBe('reconnect_required')
    expect([(await rowOf(breach.connectionId)).fence, await db().tokenLineage.count({ where: { connectionId: breach.connectionId } })]).toEqual([0, 1])
    expect(sandbox.truthLog({ type: 'token.refreshed', clientId: breach.apiClient.clientId })).toEqual([])
    expect(await getConnection(breach.actor.viewer, breach.connectionId)).toMatchObject({
      status: 'reconnect_required', cause: 'operator_asked', nextRefreshAt: null, isLinkOffered: true,
    })
    const machine = await front.call('GET', `/api/v1/connections/${breach.connectionId}`, { as: breach.key.header })
    expect(machine.json()).toMatchObject({ status: 'reconnect_required', cause: 'operator_asked' })
  })

  test('ends with a new consent, under the same id', async () => {
    const breach = await makeBreach()
    await markForReconnect(breach.actor, breach.incidentId, ALL)
    expect(await connect(rig, breach)).toBe(breach.connectionId)
    const after = await askToken(front, breach)
    expect([after.status, isLive(rig, after)]).toEqual([200, true])
    expect(await rowOf(breach.connectionId)).toMatchObject({ state: 'connected', cause: null })
    clock.advance(20 * 3_600_000)
    await refreshAllDue()
    expect(await inspectStored(rig, breach.connectionId)).toMatchObject({ access: 'live', refresh: 'live' })
  })

  test.each(['off', 'rotate'] as const)('outlives the answer to a refresh that was under way (rotation %s)', async (refreshRotation) => {
    await sandbox.control.settings.set({ refreshRotation })
    const breach = await makeBreach('real', 'gated')
    const answer = rig.gate.hold('identity/refresh')
    const refreshing = refreshOnce(breach.subject)
    await answer.reached
    await markForReconnect(breach.actor, breach.incidentId, one(breach))
    answer.release()
    expect((await refreshing).outcome).toBe('failed')
    expect(await rowOf(breach.connectionId)).toMatchObject({ ...MARKED, leaseOwner: null })
    // None is lost: should somebody want it for anything, it is the one that Octorate takes.
    expect(await inspectStored(rig, breach.connectionId)).toMatchObject({ access: 'none', refresh: 'live' })
    expect(await db().grantJournal.count({ where: { connectionId: breach.connectionId, answerSealed: { not: null } } })).toBe(0)
  })

  test.each([503, 400])('outlives the failure %i of a refresh that was under way', async (status) => {
    const breach = await makeBreach('real', 'gated')
    await sandbox.control.faults.add({ endpoint: 'identity/refresh', clientId: breach.apiClient.clientId, kind: 'status', status, count: 1 })
    const answer = rig.gate.hold('identity/refresh')
    const refreshing = refreshOnce(breach.subject)
    await answer.reached
    await markForReconnect(breach.actor, breach.incidentId, one(breach))
    answer.release()
    expect((await refreshing).outcome).toBe('failed')
    expect(await rowOf(breach.connectionId)).toMatchObject({ ...MARKED, leaseOwner: null })
  })

  test('outlives an answer in the journal, and a consent that came before and was not read', async () => {
    const breach = await makeBreach()
    await makeWaiting(breach)
    const flow = await startFlow(breach.actor, breach.apiClient)
    await receiveAnswer(flow, await decide(rig, flow))
    clock.advance(1_000)
    await markForReconnect(breach.actor, breach.incidentId, ALL)
    clock.advance(120_000)
    await lapseLeases(rig)
    await settleRound()
    expect(await rowOf(breach.connectionId)).toMatchObject(MARKED)
  })

  test('tells whoever listens, once for each connection, with the cause', async () => {
    const breach = await makeBreach()
    const { organizationId, userId } = breach.actor.viewer
    await db().webhookEndpoint.create({
      data: {
        organizationId, kind: 'signed', name: 'Back end', urlSealed: 'v1.x', urlOrigin: 'https://listener.example', secretSealed: 'v1.x',
        events: ['connection.reconnect_required'], createdByUserId: userId, createdAt: clock.date,
      },
    })
    await markForReconnect(breach.actor, breach.incidentId, ALL)
    await markForReconnect(breach.actor, breach.incidentId, ALL)
    await alertRound()
    await alertRound()
    const told = await db().webhookDelivery.findMany({ where: { organizationId } })
    expect(told.map(({ body }) => JSON.parse(body))).toMatchObject([
      { type: 'connection.reconnect_required', data: { connection: { id: breach.connectionId }, cause: 'operator_asked' } },
    ])
    const events = await db().auditEvent.findMany({ where: { targetId: breach.connectionId, action: 'connection.reconnect_required' } })
    expect(events).toMatchObject([{ actorId: userId, detail: { incident: breach.incidentId } }])
  })

  test('leaves a consent alone that came since, unless that one connection is named', async () => {
    const breach = await makeBreach()
    await markForReconnect(breach.actor, breach.incidentId, ALL)
    clock.advance(1_000)
    await connect(rig, breach)
    clock.advance(1_000)
    await markForReconnect(breach.actor, breach.incidentId, ALL)
    await markForReconnect(breach.actor, breach.incidentId, { target: { kind: 'api_client', id: breach.apiClient.id }, password: '' })
    expect(await rowOf(breach.connectionId)).toMatchObject({ state: 'connected', cause: null })
    await markForReconnect(breach.actor, breach.incidentId, one(breach))
    expect(await rowOf(breach.connectionId)).toMatchObject(MARKED)
    clock.advance(1_000)
    const { id: next } = await reopenIncident(breach)
    clock.advance(1_000)
    await connect(rig, breach)
    await markForReconnect(breach.actor, next, ALL)
    expect(await rowOf(breach.connectionId)).toMatchObject(MARKED)
  })

  test('is not undone by an old key or an import, which are not even sent', async () => {
    const breach = await makeBreach()
    const { organizationId } = breach.actor.viewer
    const apiClientId = breach.apiClient.id
    const propertyIds = (await db().property.findMany({ where: { connectionId: breach.connectionId } })).map(({ upstreamId }) => upstreamId)
    await markForReconnect(breach.actor, breach.incidentId, ALL)
    expect([...(await findCovering({ organizationId, apiClientId, propertyIds })).values()]).toEqual(propertyIds.map(() => breach.connectionId))
    expect(await checkImport(breach.actor.viewer, { apiClientId, propertyIds })).toEqual({ connected: propertyIds })
    const line = { import: { organizationId, apiClientId }, propertyId: propertyIds[0] ?? null, refreshFingerprint: 'unknown' } as unknown as ClaimedLine
    expect(await findDouble(line)).toEqual({ reason: 'already_connected', connectionId: breach.connectionId })
  })

  test('keeps a token from elsewhere that came all the same, and stays', async () => {
    const breach = await makeBreach()
    await markForReconnect(breach.actor, breach.incidentId, ALL)
    clock.advance(1_000)
    const before = await rowOf(breach.connectionId)
    const { organizationId, apiClientId, environment, identity, name } = before
    const answer = answerOf({ access_token: 'sbx_at_elsewhere', refresh_token: 'sbx_rt_elsewhere' })
    const expiresAt = new Date(clock.date.getTime() + 3_600_000)
    await db().$transaction((tx) =>
      storeGrant(tx, {
        organizationId, apiClientId, environment, identity: { identity, name }, connectedByUserId: null, origin: 'migrate', now: clock.date,
        discovery: { properties: [], isComplete: true, user: null }, answer: { ...answer, receivedAt: clock.date },
        grant: {
          accessToken: accessToken('sbx_at_elsewhere'), refreshToken: refreshToken('sbx_rt_elsewhere'), expiresAt, expirySource: 'expireDate',
          expiryFlagged: false, driftMs: 0,
        },
      }),
    )
    expect(await rowOf(breach.connectionId)).toMatchObject({ ...MARKED, stateSince: before.stateSince, refreshTokenVersion: before.refreshTokenVersion + 1 })
    expect(await readStoredTokens(breach.connectionId)).toMatchObject({ access: null, refresh: 'sbx_rt_elsewhere' })
  })

  test('counts what an act touched that broke off and was begun again', async () => {
    const breach = await makeBreach()
    const mark = () => markForReconnect(breach.actor, breach.incidentId, ALL)
    for (let breath = 1; (await rowOf(breach.connectionId)).cause !== 'operator_asked'; breath += 1) {
      let left = breath
      const dying = () => {
        if (left-- === 0) throw new Error('died')
        return clock.date
      }
      await expect(rig.asAnotherProcess(mark, { clock: dying })).rejects.toThrow('died')
    }
    expect(stateOf(await getIncident(breach.actor.viewer, breach.incidentId), 'mark')).toBeNull()
    expect(stateOf(await mark(), 'mark')).toMatchObject({ isDone: true, touched: 1 })
  })
})

describe.each([
  ['dropping', dropAccessTokens, (row: { accessTokenSealed: string | null }) => row.accessTokenSealed === null],
  ['marking', markForReconnect, (row: { cause: string | null }) => row.cause === 'operator_asked'],
] as const)('the scope of %s', (_, act, isTouched) => {
  const touched = async (ids: readonly string[]) => Promise.all(ids.map(async (id) => isTouched(await rowOf(id))))

  test('is one connection, one API client, or everything of the organization and nothing of another', async () => {
    const breach = await makeBreach()
    const sibling = await connect(rig, breach, EIGHT_CONSENTS[1])
    const third = await connect(rig, { actor: breach.actor, apiClient: await makeApiClient(rig, breach.actor) }, EIGHT_CONSENTS[2])
    const stranger = await makeBreach()
    const all = [breach.connectionId, sibling, third, stranger.connectionId]
    await act(breach.actor, breach.incidentId, one(breach))
    expect(await touched(all)).toEqual([true, false, false, false])
    const { steps } = await act(breach.actor, breach.incidentId, { target: { kind: 'api_client', id: breach.apiClient.id }, password: '' })
    expect(await touched(all)).toEqual([true, true, false, false])
    expect(steps.map(({ settled }) => settled?.touched ?? 0)).toContain(2)
    await act(breach.actor, breach.incidentId, ALL)
    expect(await touched(all)).toEqual([true, true, true, false])
    expect(await refusalOf(act(breach.actor, breach.incidentId, one(stranger)))).toBe('not_found')
    expect(await refusalOf(act(stranger.actor, breach.incidentId, ALL))).toBe('not_found')
  })

  test('is sandbox mode alone in a drill', async () => {
    const breach = await makeBreach('drill')
    const live = await connect(rig, breach, EIGHT_CONSENTS[1])
    await db().connection.update({ where: { id: live }, data: { environment: 'PRODUCTION' } })
    expect(await refusalOf(act(breach.actor, breach.incidentId, one({ connectionId: live })))).toBe('not_found')
    await act(breach.actor, breach.incidentId, ALL)
    expect(await touched([breach.connectionId, live])).toEqual([true, false])
  })

  test('is nothing for somebody who cannot prove who they are', async () => {
    const breach = await makeBreach()
    expect(await refusalOf(act(await makeColleague(breach.actor), breach.incidentId, ALL))).toBe('fresh_sign_in_needed')
    expect(await touched([breach.connectionId])).toEqual([false])
  })
})

test('5,000 connections are dropped and then marked, while refreshes end: some after the other, and none is left', async () => {
  const breach = await makeBreach('real', 'sandbox')
  const { organizationId } = breach.actor.viewer
  await rig.database.sql(
    `INSERT INTO connections (id, organization_id, api_client_id, identity, name, search_text, environment, state_since, origin, access_token_sealed,
       access_issued_at, access_expires_at, expiry_source, refresh_token_sealed, last_refresh_at, next_refresh_at, updated_at)
     SELECT gen_random_uuid(), $1, $2, 'property:x' || n, 'Casa ' || n, 'casa', 'SANDBOX', $3, 'code', 'v1.sealed', $3, $4, 'expireDate', 'v1.sealed', $3, $4, $3
     FROM generate_series(1, 5000) n`,
    [organizationId, breach.apiClient.id, clock.date, new Date(clock.date.getTime() + 20 * 3_600_000)],
  )
  const tookMs = async (work: () => Promise<unknown>) => {
    const begun = performance.now()
    await work()
    return Math.round(performance.now() - begun)
  }
  const [dropMs] = await Promise.all([
    tookMs(() => dropAccessTokens(breach.actor, breach.incidentId, ALL)),
    refreshOnce(breach.subject),
  ])
  const left = await db().connection.count({ where: { organizationId, accessDroppedAt: null } })
  const markMs = await tookMs(() => markForReconnect(breach.actor, breach.incidentId, ALL))
  process.stderr.write(`5,000 connections: dropped in ${dropMs} ms, marked in ${markMs} ms\n`)
  expect(left).toBe(0)
  expect(await db().connection.count({ where: { organizationId, cause: 'operator_asked', accessTokenSealed: null } })).toBe(5_001)
})

/** An answer to a refresh that lies committed in the journal: its process died before it was read. @returns its id */
async function makeWaiting({ connectionId, apiClient, subject }: MachineSetting): Promise<string> {
  const { refresh, row } = await readStoredTokens(connectionId)
  const { transport, urls, credentials } = openGateway(await db().apiClient.findUniqueOrThrow({ where: { id: apiClient.id } }))
  const answer = await sendRefresh(transport, { url: urls.refresh, refreshToken: refreshToken(refresh ?? ''), ...credentials })
  const { id } = await recordAnswer({
    organizationId: subject.organizationId, apiClientId: apiClient.id, origin: 'refresh', authorizationId: null, connectionId, sentVersion: row.refreshTokenVersion,
  }, answer)
  clock.advance(1_000)
  return id
}
