import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { anyExpired } from '../address-lists/sweep-expired'
import { anyConnectionChange } from '../alerts/connection-changes'
import { anyNewAddress } from '../alerts/new-addresses'
import { anybodyToTell } from '../alerts/tell-people'
import { alertRound, startAlertWatch } from '../alerts/watch'
import { recordAudit } from '../audit/record-audit'
import { anyUnsealed, sealEvents } from '../audit/seal-events'
import { startSealer } from '../audit/start-sealer'
import { anyAbandoned } from '../authorizations/close-abandoned'
import { anyDueRecipient } from '../campaigns/claim-recipients'
import { campaignRound, startCampaignWatch } from '../campaigns/watch-campaigns'
import { db } from '../db'
import type { Prisma } from '../generated/prisma/client'
import type { Actor } from '../http/define-handler'
import { anyToVerify } from '../imports/verify-imported'
import { anyDueEntry } from '../journal/claim-entries'
import { settleRound, startSettler } from '../journal/settler'
import { noteWaiting } from '../journal/waiting-answers'
import { startKeyMigrations } from '../key-migrations/engine'
import { anyDueMigration, findDueMigrations } from '../key-migrations/find-due-migrations'
import { anyQuarantined } from '../quarantined-grants/settle-quarantined'
import { reportSilence } from '../refresh/circuits'
import { startRefreshEngine } from '../refresh/engine'
import { anyWithoutLane, openLanes } from '../refresh/lanes'
import { anythingToRefresh, refreshDue } from '../refresh/refresh-due'
import { setStopping } from '../stopping'
import { decide, makeConnected, startFlow, type Connected, type Flow } from '../../tests/consent-flow'
import { makeActor, makeApiClient, type TestApiClient } from '../../tests/factories'
import { consume, receiveAnswer } from '../../tests/received-answer'
import { openRig } from '../../tests/runtime'
import { readStoredTokens } from '../../tests/stored-tokens'
import { until } from '../../tests/until'

const rig = await openRig()
const { clock, database } = rig
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

afterEach(async () => {
  setStopping(false)
  // What falls due later is the next test's own.
  await database.sql(`UPDATE connections SET state = 'disconnected', access_token_sealed = NULL, refresh_token_sealed = NULL, next_refresh_at = NULL`)
  for (const table of ['connection_changes', 'alerts', 'campaigns', 'key_migrations', 'address_lists', 'quarantined_grants']) await database.sql(`DELETE FROM ${table}`)
  rig.sandbox.control.faults.clear()
  for (const name of ['refresh circuits', 'answers that wait']) rig.runtime.singletons.delete(name)
})

/** As a process would ask. */
async function holds(condition: Prisma.Sql): Promise<boolean> {
  const [row] = await db().$queryRaw<{ is: boolean }[]>`SELECT (${condition}) AS is`
  return row?.is ?? false
}

async function makeFlow(): Promise<Flow> {
  const actor = await makeActor()
  return startFlow(actor, await makeApiClient(rig, actor))
}

const setConnection = ({ connectionId: id }: Connected, data: Prisma.ConnectionUncheckedUpdateInput) => db().connection.update({ where: { id }, data })

async function quarantine(flow: Flow, state: 'probing' | 'held', { nextTryAt, expiresAt }: { nextTryAt: Date; expiresAt: Date }): Promise<string> {
  const id = randomUUID()
  await db().quarantinedGrant.create({
    data: {
      id, organizationId: flow.actor.viewer.organizationId, apiClientId: flow.apiClient.id, authorizationId: flow.started.authorizationId, expectedName: 'Locanda',
      expectedId: '324410', identity: 'property:324417', name: 'Other', discovery: {}, answerSealed: 'sealed', state, nextTryAt, createdAt: clock.date, expiresAt,
    },
  })
  return id
}

async function plantEntry({ actor, apiClient }: { actor: Actor; apiClient: TestApiClient }, expiresAt: Date): Promise<void> {
  const { organizationId } = actor.viewer
  const listId = randomUUID()
  await database.sql('INSERT INTO address_lists (id, organization_id, api_client_id, revision) VALUES ($1, $2, $3, 1)', [listId, organizationId, apiClient.id])
  await database.sql(
    `INSERT INTO address_entries (id, organization_id, list_id, position, block, comment, owner, expires_at, created_at)
     VALUES (gen_random_uuid(), $1, $2, 0, '192.0.2.7/32', 'Lab', 'Ada', $3, $4)`, [organizationId, listId, expiresAt, clock.date],
  )
}

async function plantRecipient(connected: Connected, nextMailAt: Date): Promise<string> {
  const { organizationId, userId } = connected.actor.viewer
  const [campaignId, id] = [randomUUID(), randomUUID()]
  await database.sql(
    `INSERT INTO campaigns (id, organization_id, name, reason, language, life, channel, created_by_user_id, created_at)
     VALUES ($1, $2, 'After the outage', 'cancelled', 'en', '7d', 'mail', $3, $4)`, [campaignId, organizationId, userId, clock.date],
  )
  await database.sql('INSERT INTO campaign_recipients (id, organization_id, campaign_id, connection_id, next_mail_at) VALUES ($1, $2, $3, $4, $5)', [
    id, organizationId, campaignId, connected.connectionId, nextMailAt,
  ])
  return id
}

/** A migration that has nothing left but its end. */
async function plantMigration({ actor, apiClient }: { actor: Actor; apiClient: TestApiClient }): Promise<string> {
  const id = randomUUID()
  await db().keyMigration.create({
    data: {
      id, organizationId: actor.viewer.organizationId, apiClientId: apiClient.id, name: 'Old', gapMs: 0, nextSlotAt: clock.date, digest: id, total: 0,
      actorKind: 'user', actorId: actor.viewer.userId, createdAt: clock.date, updatedAt: clock.date,
    },
  })
  return id
}

describe('the settler is woken', () => {
  test('by an answer in the journal whose time has come', async () => {
    const flow = await makeFlow()
    await receiveAnswer(flow, await decide(rig, flow))
    expect(await holds(anyDueEntry(clock.date))).toBe(false)
    clock.advance(MINUTE_MS)
    expect(await holds(anyDueEntry(clock.date))).toBe(true)
    await settleRound()
    expect(await holds(anyDueEntry(clock.date))).toBe(false)
  })

  test('by a flow whose process died before an answer came, but not while one waits in the journal', async () => {
    const [dead, answered] = [await makeFlow(), await makeFlow()]
    await receiveAnswer(answered, await decide(rig, answered))
    await database.sql(`UPDATE grant_journal SET next_try_at = $1 WHERE state = 'received'`, [new Date(clock.at + DAY_MS)])
    clock.advance(3 * MINUTE_MS)
    expect(await holds(anyAbandoned(clock.date))).toBe(false)
    await consume(dead)
    expect(await holds(anyAbandoned(clock.date))).toBe(false)
    clock.advance(2 * MINUTE_MS + 1)
    expect(await holds(anyAbandoned(clock.date))).toBe(true)
    await settleRound()
    expect(await holds(anyAbandoned(clock.date))).toBe(false)
  })

  test('by a grant in quarantine that is to be decided about, and by one that nobody wanted', async () => {
    const later = new Date(clock.at + DAY_MS)
    await quarantine(await makeFlow(), 'held', { nextTryAt: later, expiresAt: later })
    await quarantine(await makeFlow(), 'probing', { nextTryAt: new Date(clock.at + MINUTE_MS), expiresAt: later })
    expect(await holds(anyQuarantined(clock.date))).toBe(false)
    clock.advance(MINUTE_MS)
    expect(await holds(anyQuarantined(clock.date))).toBe(true)
    await settleRound()
    expect(await holds(anyQuarantined(clock.date))).toBe(false)
    clock.advance(DAY_MS)
    expect(await holds(anyQuarantined(clock.date))).toBe(true)
    await settleRound()
    expect(await holds(anyQuarantined(clock.date))).toBe(false)
  })

  test('by an address whose time in a list is over', async () => {
    await plantEntry(await makeFlow(), new Date(clock.at + MINUTE_MS))
    expect(await holds(anyExpired(clock.date))).toBe(false)
    clock.advance(MINUTE_MS)
    expect(await holds(anyExpired(clock.date))).toBe(true)
    await settleRound()
    expect(await holds(anyExpired(clock.date))).toBe(false)
  })

  test('by an import on trust that has its first token, and after five minutes again where that told nothing', async () => {
    const connected = await makeConnected(rig, await makeActor())
    expect(await holds(anyToVerify(clock.date))).toBe(false)
    await setConnection(connected, { origin: 'import', verifiedAt: null })
    expect(await holds(anyToVerify(clock.date))).toBe(true)
    rig.sandbox.control.faults.add({ endpoint: 'accommodation', clientId: connected.apiClient.clientId, kind: 'status', status: 503, count: 0 })
    await settleRound()
    expect(await holds(anyToVerify(clock.date))).toBe(false)
    rig.sandbox.control.faults.clear()
    clock.advance(5 * MINUTE_MS)
    expect(await holds(anyToVerify(clock.date))).toBe(true)
    await settleRound()
    expect((await readStoredTokens(connected.connectionId)).row.verifiedAt).toEqual(clock.date)
    expect(await holds(anyToVerify(clock.date))).toBe(false)
  })
})

describe('the refresh engine is woken', () => {
  const run = async () => Promise.all(await refreshDue(10))

  test('by a connection that is due, unless its refresh is paused, somebody has it in hand or its lane stands still', async () => {
    const connected = await makeConnected(rig, await makeActor())
    await openLanes()
    expect(await holds(anythingToRefresh())).toBe(false)
    await setConnection(connected, { nextRefreshAt: clock.date })
    expect(await holds(anythingToRefresh())).toBe(true)
    await setConnection(connected, { refreshPausedAt: clock.date })
    expect(await holds(anythingToRefresh())).toBe(false)
    await setConnection(connected, { refreshPausedAt: null })
    await database.sql(`UPDATE connections SET lease_owner = 'other', lease_until = clock_timestamp() + interval '1 minute' WHERE id = $1`, [connected.connectionId])
    expect(await holds(anythingToRefresh())).toBe(false)
    await setConnection(connected, { leaseOwner: null, leaseUntil: null })
    await database.sql(`UPDATE refresh_lanes SET next_slot_at = clock_timestamp() + interval '1 minute'`)
    expect([await holds(anythingToRefresh()), (await run()).length]).toEqual([false, 0])
    await database.sql('UPDATE refresh_lanes SET next_slot_at = clock_timestamp()')
    expect([await holds(anythingToRefresh()), (await run()).length]).toEqual([true, 1])
    expect(await holds(anythingToRefresh())).toBe(false)
  })

  test('by a second try whose half minute is over, also before its API client has a lane', async () => {
    const connected = await makeConnected(rig, await makeActor())
    await database.sql('DELETE FROM refresh_lanes')
    const again = { state: 'refresh_failing', lastRefreshOutcome: 'confirming', cause: 'refresh_refused_once', nextRefreshAt: new Date(clock.at + 30_000) } as const
    await setConnection(connected, again)
    expect(await holds(anythingToRefresh())).toBe(false)
    clock.advance(30_000)
    expect(await holds(anythingToRefresh())).toBe(true)
    expect(await run()).toHaveLength(1)
    expect(await holds(anythingToRefresh())).toBe(false)
  })

  test('by an API client that has no lane', async () => {
    await makeConnected(rig, await makeActor())
    await openLanes()
    expect(await holds(anyWithoutLane())).toBe(false)
    await makeApiClient(rig, await makeActor())
    expect(await holds(anyWithoutLane())).toBe(true)
    await openLanes()
    expect(await holds(anyWithoutLane())).toBe(false)
  })

  test('by an upstream that is to be probed, and by answers that wait, of which only this process knows', async () => {
    const connected = await makeConnected(rig, await makeActor())
    await openLanes()
    await setConnection(connected, { nextRefreshAt: clock.date })
    for (let failures = 0; failures < 20; failures += 1) reportSilence('sandbox', null)
    expect([await holds(anythingToRefresh()), (await run()).length]).toEqual([false, 0])
    clock.advance(DAY_MS / 24)
    expect([await holds(anythingToRefresh()), (await run()).length]).toEqual([true, 1])
    expect(await holds(anythingToRefresh())).toBe(false)
    noteWaiting()
    expect(await holds(anythingToRefresh())).toBe(true)
    await refreshDue(1)
    expect(await holds(anythingToRefresh())).toBe(false)
  })
})

describe('others are woken', () => {
  test('the migrations of keys by one that can begin, go on or be ended', async () => {
    expect(await holds(anyDueMigration())).toBe(false)
    const id = await plantMigration(await makeFlow())
    expect([await holds(anyDueMigration()), await findDueMigrations()]).toEqual([true, [id]])
    await db().keyMigration.update({ where: { id }, data: { finishedAt: clock.date, state: 'finished' } })
    expect([await holds(anyDueMigration()), await findDueMigrations()]).toEqual([false, []])
  })

  test('the campaigns by a mail that is due, not by one without an address whose link lives', async () => {
    const connected = await makeConnected(rig, await makeActor())
    await setConnection(connected, { state: 'reconnect_required', contactEmail: 'anna@example.com' })
    await plantRecipient(connected, new Date(clock.at + MINUTE_MS))
    expect(await holds(anyDueRecipient())).toBe(false)
    clock.advance(MINUTE_MS)
    expect(await holds(anyDueRecipient())).toBe(true)
    await campaignRound()
    expect(await holds(anyDueRecipient())).toBe(false)
    await setConnection(connected, { contactEmail: null })
    clock.advance(4 * DAY_MS)
    await campaignRound()
    expect(await holds(anyDueRecipient())).toBe(false)
  })

  test('the alerts by a change of a connection, by who waits to be told and by a key’s new address', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const { organizationId } = connected.actor.viewer
    await alertRound()
    expect(await holds(anyConnectionChange())).toBe(false)
    await setConnection(connected, { state: 'reconnect_required', cause: 'grant_dead', nextRefreshAt: null })
    expect(await holds(anyConnectionChange())).toBe(true)
    await alertRound()
    expect([await holds(anyConnectionChange()), await db().alert.count({ where: { organizationId, toldAt: null } })]).toEqual([false, 1])
    expect(await holds(anybodyToTell(clock.date))).toBe(false)
    clock.advance(10_000)
    expect(await holds(anybodyToTell(clock.date))).toBe(true)
    await alertRound()
    expect([await holds(anybodyToTell(clock.date)), await db().alert.count({ where: { organizationId, toldAt: null } })]).toEqual([false, 0])
    const keyId = randomUUID()
    await database.sql(`INSERT INTO hand_out_origins (machine_key_id, connection_id, address, first_at) VALUES ($1, $2, '192.0.2.1', $3)`, [keyId, connected.connectionId, clock.date])
    expect(await holds(anyNewAddress(clock.date))).toBe(true)
    await alertRound()
    expect(await holds(anyNewAddress(clock.date))).toBe(false)
  })

  test('the alerts by something urgent also where a mail has just gone out, and by nothing else there', async () => {
    const { organizationId } = (await makeActor()).viewer
    await db().alertSettings.create({ data: { organizationId, muted: [], addresses: [], lastToldAt: clock.date } })
    const alert = { organizationId, aboutKind: 'connection', aboutId: randomUUID(), name: 'Locanda', data: {}, at: clock.date }
    await db().alert.create({ data: { ...alert, type: 'connection.reconnect_required' } })
    clock.advance(MINUTE_MS)
    expect(await holds(anybodyToTell(clock.date))).toBe(false)
    await db().alert.create({ data: { ...alert, type: 'machine_key.unusual_rate' } })
    expect(await holds(anybodyToTell(clock.date))).toBe(true)
    await db().alert.deleteMany({ where: { type: 'machine_key.unusual_rate' } })
    clock.advance(4 * MINUTE_MS)
    expect(await holds(anybodyToTell(clock.date))).toBe(true)
  })

  test('the sealer by an entry of the audit log behind those that are settled', async () => {
    const { organizationId } = (await makeActor()).viewer
    while ((await sealEvents('0')) !== 0);
    expect(await holds(anyUnsealed('0'))).toBe(false)
    await recordAudit(db(), { action: 'session.refused', outcome: 'failure', organizationId, actor: { kind: 'anonymous' }, at: clock.date })
    const [last] = await database.sql<{ id: string }>('SELECT max(id)::text AS id FROM audit_events')
    expect([await holds(anyUnsealed('0')), await holds(anyUnsealed(last?.id ?? ''))]).toEqual([true, false])
    await sealEvents('0')
    expect(await holds(anyUnsealed('0'))).toBe(false)
  })
})

test('every part of a process works on what appears in the middle of its rest', async () => {
  const [due, asked] = [await makeConnected(rig, await makeActor()), await makeConnected(rig, await makeActor())]
  await setConnection(asked, { state: 'reconnect_required', contactEmail: 'anna@example.com', nextRefreshAt: null })
  const parts = [startSettler(), startSealer(), startAlertWatch(), startCampaignWatch(), startKeyMigrations(), startRefreshEngine()]
  // Those rounds that come by themselves are over then, and the next are half a minute away.
  await wait(4_000)
  const flow = await makeFlow()
  await consume(flow)
  await database.sql('UPDATE authorizations SET consumed_at = $2 WHERE id = $1', [flow.started.authorizationId, new Date(clock.at - 3 * MINUTE_MS)])
  await setConnection(due, { nextRefreshAt: clock.date })
  const recipient = await plantRecipient(asked, clock.date)
  const migration = await plantMigration(due)
  const idleBefore = performance.now()
  await until(async () => {
    expect((await db().authorization.findUniqueOrThrow({ where: { id: flow.started.authorizationId } })).failure).toBe('code_expired')
    expect((await readStoredTokens(due.connectionId)).row.accessTokenVersion).toBe(2)
    expect((await db().campaignRecipient.findUniqueOrThrow({ where: { id: recipient } })).mails).toBe(1)
    expect((await db().keyMigration.findUniqueOrThrow({ where: { id: migration } })).finishedAt).not.toBeNull()
    expect(await db().connectionChange.count()).toBe(0)
    expect(await holds(anyUnsealed('0'))).toBe(false)
  })
  expect(performance.now() - idleBefore).toBeLessThan(20_000)
  await Promise.all(parts.map((part) => part.stop()))
})
