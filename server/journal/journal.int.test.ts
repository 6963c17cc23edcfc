import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import dates from '../../tests/vectors/upstream-dates.json'
import { makeKey, parseKeys } from '../crypto/parse-keys'
import { getAuthorization } from '../authorizations/get-authorization'
import { disconnectConnection } from '../connections/disconnect-connection'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { claimEntries } from './claim-entries'
import { drainIntoJournal } from './drain-into-journal'
import { drainSends } from './in-flight'
import { makeJournalEntry, openAnswer, type JournalEntry } from './journal-entry'
import { putOffEntry } from './put-off-entry'
import { recordAnswer } from './record-answer'
import { settleCode } from './settle-code'
import { settleRound } from './settler'
import { drainSpool, keepReserve, spool } from './spool'
import { answersWait, noteWaiting } from './waiting-answers'
import { refreshDue } from '../refresh/refresh-due'
import { answerOf } from '../octorate/answer-for-tests'
import { openBreakablePool } from '../../tests/breakable-database'
import { arrive, connect, decide, makeConnected, startFlow, type Connected, type Flow } from '../../tests/consent-flow'
import { findSecrets } from '../../tests/database-dump'
import { makeDeadPool } from '../../tests/dead-pool'
import { makeActor, makeApiClient } from '../../tests/factories'
import { lapseLeases } from '../../tests/lapse-leases'
import { secretsOf } from '../../tests/known-secrets'
import { consume, receiveAnswer, sendCode } from '../../tests/received-answer'
import { refreshOnce } from '../../tests/refresh-once'
import { openRig } from '../../tests/runtime'
import { inspectStored, readStoredTokens } from '../../tests/stored-tokens'
import { until } from '../../tests/until'
import { watchCalls } from '../../tests/upstream-calls'

const rig = await openRig()
const { sandbox, clock, runtime } = rig
const deadPool = makeDeadPool()
const OWN_TIME_MS = 60_000
const DAY_MS = 86_400_000

async function makeFlow(): Promise<Flow> {
  const actor = await makeActor()
  return startFlow(actor, await makeApiClient(rig, actor))
}

const statusOf = (flow: Flow) => getAuthorization(flow.actor.viewer, flow.started.authorizationId)

async function countsOf({ actor }: Flow) {
  const where = { organizationId: actor.viewer.organizationId }
  const [connections, lineage, connected] = await Promise.all([
    db().connection.count({ where }),
    db().tokenLineage.count({ where }),
    db().auditEvent.count({ where: { ...where, action: 'connection.connected' } }),
  ])
  return { connections, lineage, connected }
}

async function connectionIdOf(flow: Flow): Promise<string> {
  return (await db().connection.findFirstOrThrow({ where: { organizationId: flow.actor.viewer.organizationId } })).id
}

describe('an answer whose process died before it was read', () => {
  test('is committed sealed before it is read, and opens to what Octorate sent', async () => {
    const flow = await makeFlow()
    const entry = await receiveAnswer(flow, await decide(rig, flow))
    const row = await db().grantJournal.findUniqueOrThrow({ where: { id: entry.id } })
    expect(row).toMatchObject({ state: 'received', origin: 'code', tries: 0, nextTryAt: new Date(clock.at + OWN_TIME_MS) })
    expect(findSecrets(JSON.stringify(row), secretsOf(sandbox))).toEqual([])
    const [redeemed] = sandbox.truthLog({ type: 'code.redeemed', clientId: flow.apiClient.clientId })
    expect(redeemed).toBeDefined()
    const opened = openAnswer({ ...entry, answerSealed: row.answerSealed ?? '' }).body.reveal()
    expect(findSecrets(opened, secretsOf(sandbox))).toHaveLength(2)
    await settleCode(entry)
  })

  test('is finished by another process after a minute, which the first had to itself, and only once', async () => {
    const flow = await makeFlow()
    await receiveAnswer(flow, await decide(rig, flow))
    await rig.asAnotherProcess(() => settleRound())
    expect(await statusOf(flow)).toMatchObject({ status: 'working' })
    clock.advance(OWN_TIME_MS)
    const calls = watchCalls(rig)
    await rig.asAnotherProcess(() => settleRound())
    const shown = await statusOf(flow)
    expect(shown).toMatchObject({ status: 'connected', failure: null })
    expect(shown.steps.map(({ name, status }) => `${name} ${status}`)).toEqual(['authorize done', 'callback done', 'exchange done', 'verify done'])
    await rig.asAnotherProcess(() => settleRound())
    expect(await countsOf(flow)).toEqual({ connections: 1, lineage: 1, connected: 1 })
    expect(calls.count('identity/token')).toBe(0)
    expect(await inspectStored(rig, await connectionIdOf(flow))).toMatchObject({ access: 'live', refresh: 'live' })
    expect(await db().grantJournal.findMany({ where: { organizationId: flow.actor.viewer.organizationId } })).toMatchObject([
      { state: 'applied', answerSealed: null },
    ])
  })

  test('is applied once, however many settle it at the same moment', async () => {
    const flow = await makeFlow()
    const entry = await receiveAnswer(flow, await decide(rig, flow))
    const ids = await Promise.all(Array.from({ length: 6 }, () => settleCode(entry)))
    expect(new Set(ids).size).toBe(1)
    expect(await countsOf(flow)).toEqual({ connections: 1, lineage: 1, connected: 1 })
    expect((await readStoredTokens(await connectionIdOf(flow))).row).toMatchObject({ accessTokenVersion: 1, refreshTokenVersion: 1 })
  })

  test('that was a refusal ends the flow with its reason', async () => {
    const flow = await makeFlow()
    const address = await decide(rig, flow)
    clock.advance(61_000)
    await receiveAnswer(flow, address)
    clock.advance(OWN_TIME_MS)
    await rig.asAnotherProcess(() => settleRound())
    expect(await statusOf(flow)).toMatchObject({ status: 'failed', failure: 'code_refused' })
    expect(await countsOf(flow)).toEqual({ connections: 0, lineage: 0, connected: 0 })
  })

  test('waits while the key is not there, and is finished when it is back', async () => {
    const flow = await makeFlow()
    await receiveAnswer(flow, await decide(rig, flow))
    clock.advance(OWN_TIME_MS)
    await rig.asAnotherProcess(() => settleRound(), { keys: parseKeys(makeKey('k2')) })
    clock.advance(5_000)
    await rig.asAnotherProcess(() => settleRound(), { keys: parseKeys(makeKey('k1')) })
    expect(await statusOf(flow)).toMatchObject({ status: 'working' })
    expect((await db().grantJournal.findFirstOrThrow({ where: { authorizationId: flow.started.authorizationId } })).tries).toBe(2)
    clock.advance(10_000)
    await settleRound()
    expect(await statusOf(flow)).toMatchObject({ status: 'connected' })
  })

  test('is tried again after 5, 10, 20 … seconds, at most every five minutes, while Octorate can’t say what it covers', async () => {
    const flow = await makeFlow()
    await sandbox.control.faults.add({ endpoint: 'accommodation', clientId: flow.apiClient.clientId, count: 0, kind: 'status', status: 503 })
    expect(await arrive(flow, await decide(rig, flow))).toMatchObject({ outcome: 'failed', error: { code: 'upstream_unreachable' } })
    const waits: number[] = []
    for (let round = 0; round < 9; round += 1) {
      const { nextTryAt } = await db().grantJournal.findFirstOrThrow({ where: { authorizationId: flow.started.authorizationId } })
      waits.push((nextTryAt.getTime() - clock.at) / 1000)
      clock.advance(nextTryAt.getTime() - clock.at - 1)
      const calls = watchCalls(rig)
      await settleRound()
      expect(calls.count('accommodation')).toBe(0)
      clock.advance(1)
      await settleRound()
      expect(calls.count('accommodation')).toBe(1)
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300])
    sandbox.control.faults.clear()
    clock.advance(300_000)
    await settleRound()
    expect(await statusOf(flow)).toMatchObject({ status: 'connected' })
  })
})

describe('how long an answer is tried for', () => {
  const entryOf = (flow: Flow) => db().grantJournal.findFirstOrThrow({ where: { authorizationId: flow.started.authorizationId } })

  /** Rounds as they fall due, until so much time has passed. @returns how many there were */
  async function tryFor(flow: Flow, ms: number): Promise<number> {
    const until = clock.at + ms
    for (let rounds = 0; ; rounds += 1) {
      const { state, nextTryAt } = await entryOf(flow)
      if (state !== 'received' || nextTryAt.getTime() > until) return rounds
      clock.advance(Math.max(0, nextTryAt.getTime() - clock.at))
      await settleRound()
    }
  }

  test('is the life of its access token, because nothing else can ask what it covers', async () => {
    const flow = await makeFlow()
    const { clientId } = flow.apiClient
    await sandbox.control.faults.add({ endpoint: 'identity/token', clientId, kind: 'override', merge: { expires_in: 3 * 86_400, expireDate: undefined } })
    await sandbox.control.faults.add({ endpoint: 'accommodation', clientId, count: 0, kind: 'status', status: 503 })
    await arrive(flow, await decide(rig, flow))
    const received = clock.at
    await tryFor(flow, DAY_MS)
    expect(await entryOf(flow)).toMatchObject({ state: 'received' })
    expect(await tryFor(flow, DAY_MS)).toBeLessThanOrEqual(25)
    await tryFor(flow, 5 * DAY_MS)
    expect(await entryOf(flow)).toMatchObject({ state: 'refused', lastError: 'upstream_unreachable' })
    expect(clock.at - received).toBeGreaterThanOrEqual(3 * DAY_MS)
    expect(clock.at - received).toBeLessThan(3 * DAY_MS + 2 * 3_600_000)
    expect(await statusOf(flow)).toMatchObject({ status: 'failed', failure: 'upstream_unreachable' })
    sandbox.control.faults.clear()
  })

  test('is a month while no key is there, because a refresh token does not expire, and then a day as evidence', async () => {
    const flow = await makeFlow()
    await receiveAnswer(flow, await decide(rig, flow))
    const sealed = <T>(run: () => Promise<T>) => rig.asAnotherProcess(run, { keys: null })
    clock.advance(29 * DAY_MS)
    await sealed(() => settleRound())
    expect(await entryOf(flow)).toMatchObject({ state: 'received', lastError: 'sealed' })
    clock.advance(2 * DAY_MS)
    await sealed(() => settleRound())
    expect(await entryOf(flow)).toMatchObject({ state: 'refused', answerSealed: expect.any(String) as string })
    clock.advance(DAY_MS + 1)
    await sealed(() => settleRound())
    expect(await entryOf(flow)).toMatchObject({ state: 'refused', answerSealed: null })
  })
})

describe('an answer that waited too long', () => {
  /** A consent whose answer waits in the journal, and time that passes. */
  async function makeWaiting(flow: Pick<Flow, 'actor' | 'apiClient'>): Promise<Flow> {
    clock.advance(1_000)
    const waiting = await startFlow(flow.actor, flow.apiClient)
    await receiveAnswer(waiting, await decide(rig, waiting))
    clock.advance(1_000)
    return waiting
  }

  async function settleLater(): Promise<void> {
    clock.advance(OWN_TIME_MS)
    await settleRound()
  }

  test('leaves the tokens of a newer consent for the same property', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const waiting = await makeWaiting(connected)
    await connect(rig, connected)
    const newer = await readStoredTokens(connected.connectionId)
    await settleLater()
    expect(await statusOf(waiting)).toMatchObject({ status: 'connected', connectionId: connected.connectionId })
    const after = await readStoredTokens(connected.connectionId)
    expect([after.access, after.refresh, after.row.refreshTokenVersion]).toEqual([newer.access, newer.refresh, newer.row.refreshTokenVersion])
  })

  test('still replaces the tokens of an older consent that was refreshed meanwhile, because a newer access token makes no newer grant', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const older = await readStoredTokens(connected.connectionId)
    await makeWaiting(connected)
    expect(await refreshOnce(connected.subject)).toEqual({ outcome: 'refreshed' })
    await settleLater()
    const after = await readStoredTokens(connected.connectionId)
    expect(after.refresh).not.toBe(older.refresh)
    expect(await inspectStored(rig, connected.connectionId)).toMatchObject({ access: 'live', refresh: 'live' })
  })

  test('does not bring back what somebody disconnected meanwhile', async () => {
    const connected = await makeConnected(rig, await makeActor())
    await makeWaiting(connected)
    await disconnectConnection(connected.actor, connected.connectionId)
    await settleLater()
    expect((await readStoredTokens(connected.connectionId)).row).toMatchObject({ state: 'disconnected', accessTokenSealed: null, refreshTokenSealed: null })
    expect(await db().grantJournal.count({ where: { apiClientId: connected.apiClient.id, answerSealed: { not: null } } })).toBe(0)
  })

  test('replaces the tokens of an older consent, under its id', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const older = await readStoredTokens(connected.connectionId)
    await makeWaiting(connected)
    await settleLater()
    const after = await readStoredTokens(connected.connectionId)
    expect(after.refresh).not.toBe(older.refresh)
    expect(await inspectStored(rig, connected.connectionId)).toMatchObject({ access: 'live', refresh: 'live' })
  })
})

describe('a flow whose process died before an answer came', () => {
  test('is closed as expired after two minutes, because its code is too old by then', async () => {
    const flow = await makeFlow()
    await consume(flow)
    clock.advance(120_000)
    await settleRound()
    expect(await statusOf(flow)).toMatchObject({ status: 'working' })
    clock.advance(1)
    await settleRound()
    expect(await statusOf(flow)).toMatchObject({ status: 'failed', failure: 'code_expired' })
  })

  test('is left open when its answer waits in the journal', async () => {
    const flow = await makeFlow()
    await receiveAnswer(flow, await decide(rig, flow))
    await sandbox.control.faults.add({ endpoint: 'accommodation', clientId: flow.apiClient.clientId, kind: 'status', status: 503 })
    clock.advance(10 * 60_000)
    await settleRound()
    expect(await statusOf(flow)).toMatchObject({ status: 'working' })
    clock.advance(60_000)
    await settleRound()
    expect(await statusOf(flow)).toMatchObject({ status: 'connected' })
  })
})

describe('while the database is down', () => {
  const spooled = () => readdir(runtime.spoolFolder)

  test('an answer to a code waits sealed in the spool, readable to its owner alone, and connects when the database is back', async () => {
    const flow = await makeFlow()
    const authorization = await consume(flow)
    const address = await decide(rig, flow)
    await rig.asAnotherProcess(() => sendCode(authorization, address), { pool: deadPool })
    expect(await db().grantJournal.count({ where: { authorizationId: authorization.id } })).toBe(0)
    const [name = '', ...others] = await spooled()
    expect(others).toEqual([])
    const file = path.join(runtime.spoolFolder, name)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const text = await readFile(file, 'utf8')
    expect(text).toContain('"answerSealed":"v1.k1.A256GCM.')
    expect(findSecrets(text, secretsOf(sandbox))).toEqual([])

    await settleRound()
    expect(await statusOf(flow)).toMatchObject({ status: 'connected' })
    expect(await inspectStored(rig, await connectionIdOf(flow))).toMatchObject({ access: 'live', refresh: 'live' })
    expect(await spooled()).toEqual([])
    await settleRound()
    expect(await countsOf(flow)).toEqual({ connections: 1, lineage: 1, connected: 1 })
  })

  test('a round leaves the spool as it is', async () => {
    const flow = await makeFlow()
    const authorization = await consume(flow)
    const address = await decide(rig, flow)
    await rig.asAnotherProcess(() => sendCode(authorization, address), { pool: deadPool })
    const before = await spooled()
    await expect(rig.asAnotherProcess(() => settleRound(), { pool: deadPool })).rejects.toSatisfy(isDatabaseUnavailable)
    expect(await spooled()).toEqual(before)
    await settleRound()
    expect(await statusOf(flow)).toMatchObject({ status: 'connected' })
  })

  test('or takes no entry for any other reason, an answer waits in the spool, because it may be the only copy of a token', async () => {
    const flow = await makeFlow()
    const address = await decide(rig, flow)
    await rig.database.sql('REVOKE INSERT ON grant_journal FROM keyrack_app')
    const completed = await arrive(flow, address)
    expect(completed).toMatchObject({ outcome: 'failed' })
    expect(await statusOf(flow)).toMatchObject({ status: 'working' })
    expect(await spooled()).toHaveLength(1)
    await rig.database.sql('GRANT INSERT ON grant_journal TO keyrack_app')
    await settleRound()
    expect(await statusOf(flow)).toMatchObject({ status: 'connected' })
    expect(await spooled()).toEqual([])
  })

  test('and the disk is full, an answer takes the room that was set aside, because it may be the only copy of a token', async () => {
    const reserve = `${runtime.spoolFolder}.reserve`
    await keepReserve()
    expect((await stat(reserve)).size).toBe(1 << 20)
    const subject = { organizationId: randomUUID(), apiClientId: randomUUID(), authorizationId: null, connectionId: randomUUID() }
    const entry = makeJournalEntry({ ...subject, origin: 'refresh', sentVersion: 1 }, answerOf({ access_token: 'any' }))
    // A device that takes nothing, for want of room.
    await symlink('/dev/full', path.join(runtime.spoolFolder, `${entry.id}.answer.json.new`))
    await spool(entry)
    await expect(stat(reserve)).rejects.toMatchObject({ code: 'ENOENT' })
    const drained: JournalEntry[] = []
    await drainSpool(async (each) => void drained.push(each))
    expect(drained).toEqual([entry])
    await keepReserve()
    expect((await stat(reserve)).size).toBe(1 << 20)
  })

  test('what is left of the room is never given up to have it whole again, because on a full disk others would take it', async () => {
    const reserve = `${runtime.spoolFolder}.reserve`
    await writeFile(reserve, 'what was left')
    await keepReserve()
    expect((await stat(reserve)).size).toBe(1 << 20)
    expect((await readFile(reserve, 'latin1')).slice(0, 13)).toBe('what was left')
  })

  test('and the spool takes nothing either, an answer stays in memory until one of them does, and no other token is sent', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const { organizationId } = connected.actor.viewer
    const subject = { organizationId, apiClientId: connected.apiClient.id, origin: 'refresh', authorizationId: null, connectionId: randomUUID(), sentVersion: 1 } as const
    const calls = watchCalls(rig)
    const { kept } = await rig.asAnotherProcess(async () => {
      const keeping = recordAnswer(subject, answerOf({ access_token: 'any' }))
      await until(() => expect(rig.logs()).toContain('it is in memory alone until there is room'))
      expect(answersWait()).toBe(true)
      expect(await refreshDue(10)).toEqual([])
      expect(await refreshOnce(connected.subject)).toMatchObject({ outcome: 'failed', error: { code: 'database_unavailable' } })
      return { kept: keeping }
    }, { pool: deadPool, spoolFolder: '/dev/null/spool' })
    // Its next try finds the database and the folder of this process.
    const { id } = await kept
    expect(await db().grantJournal.count({ where: { id, state: 'received' } })).toBe(1)
    expect(calls.count('identity/refresh')).toBe(0)
    expect(rig.logs()).toContain('a token answer that was in memory alone is kept')
    expect(await refreshOnce(connected.subject)).toEqual({ outcome: 'refreshed' })
  })

  test('an answer waits from when the database took it not, also when the spool is walked before its file is there', async () => {
    const subject = { organizationId: randomUUID(), apiClientId: randomUUID(), origin: 'refresh', authorizationId: null, connectionId: randomUUID(), sentVersion: 1 } as const
    const walk = () => drainSpool(() => Promise.reject(new TypeError('it was to be empty still')))
    const folder = await mkdtemp(path.join(os.tmpdir(), 'keyrack-spool-'))
    await rig.asAnotherProcess(async () => {
      let walked: Promise<unknown> = Promise.resolve()
      const away = vi.spyOn(deadPool, 'query').mockImplementationOnce(() => {
        setImmediate(() => (walked = walk().then((staying) => expect([staying.size, answersWait()]).toEqual([0, true]))))
        return Promise.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })) as never
      })
      await recordAnswer(subject, answerOf({ access_token: 'any' }))
      away.mockRestore()
      await walked
      expect(answersWait()).toBe(true)
    }, { pool: deadPool, spoolFolder: folder })
    const blocked = path.join(folder, 'blocked')
    await writeFile(blocked, '')
    await rig.asAnotherProcess(async () => {
      const keeping = recordAnswer(subject, answerOf({ access_token: 'any' }))
      await until(() => expect(rig.logs()).toContain(subject.connectionId))
      await walk()
      await rm(blocked)
      await keeping
      expect(answersWait()).toBe(true)
      expect(await readdir(path.join(blocked, 'spool'))).toHaveLength(1)
    }, { pool: deadPool, spoolFolder: path.join(blocked, 'spool') })
    await rm(folder, { recursive: true })
  })

  test('an answer that was refused while it waited in the spool stays refused when the spool is drained, because what it was for may be on its way again', async () => {
    const { viewer } = await makeActor()
    const subject = { organizationId: viewer.organizationId, apiClientId: randomUUID(), origin: 'migrate', authorizationId: null, connectionId: randomUUID(), sentVersion: null } as const
    const entry = makeJournalEntry(subject, answerOf({ error: 'quota' }))
    await spool(entry)
    await putOffEntry(entry, new AppError('upstream_quota'))
    expect(await spooled()).toHaveLength(1)
    await drainIntoJournal()
    expect(await spooled()).toEqual([])
    expect(await db().grantJournal.findUniqueOrThrow({ where: { id: entry.id } })).toMatchObject({ state: 'refused', lastError: 'upstream_quota' })
    clock.advance(DAY_MS)
    expect((await claimEntries(runtime.clock())).map(({ id }) => id)).not.toContain(entry.id)
  })

  test('a refresh that was claimed before is given back unsent while an answer waits, because its own would wait too', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const calls = watchCalls(rig)
    const outcome = await rig.asAnotherProcess(() => refreshOnce(connected.subject), { atCrashPoint: (point) => (point === 'claimed' ? wait() : undefined) })
    expect(outcome).toMatchObject({ outcome: 'failed', error: { code: 'database_unavailable' } })
    expect(calls.count('identity/refresh')).toBe(0)
    expect(await refreshOnce(connected.subject)).toEqual({ outcome: 'refreshed' })

    async function wait() {
      noteWaiting()
    }
  })

  test('a file in the spool that can’t be read is put aside, and keeps no other waiting', async () => {
    await writeFile(path.join(runtime.spoolFolder, '00000000-0000-4000-8000-000000000000.answer.json'), '{"id":')
    const flow = await makeFlow()
    const authorization = await consume(flow)
    const address = await decide(rig, flow)
    await rig.asAnotherProcess(() => sendCode(authorization, address), { pool: deadPool })
    await settleRound()
    expect(await statusOf(flow)).toMatchObject({ status: 'connected' })
    expect(await spooled()).toEqual(['00000000-0000-4000-8000-000000000000.answer.json.damaged'])
  })

  test('an answer that the journal does not take stays in the spool, keeps no other waiting, and its connection from being sent for', async () => {
    const connected = await makeConnected(rig, await makeActor())
    const subject = { organizationId: randomUUID(), apiClientId: randomUUID(), authorizationId: null, connectionId: connected.connectionId }
    const entry = makeJournalEntry({ ...subject, origin: 'refresh', sentVersion: 1 }, answerOf({ access_token: 'any' }))
    // First by its name, and with a number that no column takes.
    const stuck = { ...entry, id: '00000000-0000-4000-8000-000000000001', sentVersion: 3_000_000_000 }
    await spool(stuck)
    const flow = await makeFlow()
    const authorization = await consume(flow)
    const address = await decide(rig, flow)
    await rig.asAnotherProcess(() => sendCode(authorization, address), { pool: deadPool })
    const calls = watchCalls(rig)
    for (let round = 0; round < 2; round += 1) await settleRound()
    expect(await statusOf(flow)).toMatchObject({ status: 'connected' })
    expect(await refreshOnce(connected.subject)).toMatchObject({ outcome: 'failed', error: { code: 'database_unavailable' } })
    expect(calls.count('identity/refresh')).toBe(0)
    const file = `${stuck.id}.answer.json`
    expect(await spooled()).toContain(file)
    expect(rig.logs().split('the journal does not take an answer').length - 1).toBe(1)
    await rm(path.join(runtime.spoolFolder, file))
    expect(await refreshOnce(connected.subject)).toEqual({ outcome: 'refreshed' })
  })

  test('the same entry in spool and journal is applied once', async () => {
    const flow = await makeFlow()
    const authorization = await consume(flow)
    const address = await decide(rig, flow)
    const entry = await rig.asAnotherProcess(() => sendCode(authorization, address), { pool: deadPool })
    await settleCode(entry)
    await settleRound()
    clock.advance(DAY_MS)
    await settleRound()
    expect(await countsOf(flow)).toEqual({ connections: 1, lineage: 1, connected: 1 })
  })
})

/** A process refreshes and ends when the answer is committed and nobody has read it; its lease is over. */
async function dieAfterCommit({ subject }: Awaited<ReturnType<typeof makeConnected>>): Promise<void> {
  let isCommitted: () => void = () => undefined
  const committed = new Promise<void>((resolve) => (isCommitted = resolve))
  const die = () => {
    isCommitted()
    return new Promise<void>(() => undefined)
  }
  await rig.asAnotherProcess(() => {
    void refreshOnce(subject)
    return committed
  }, { atCrashPoint: (point) => (point === 'journalled' ? die() : undefined) })
  await lapseLeases(rig)
}

describe('an answer to a refresh that waits in the journal', () => {
  test('keeps its token from being sent again when somebody else settles it in the middle of a turn, because it is used up then', async () => {
    await sandbox.control.settings.set({ refreshRotation: 'rotate-with-reuse-detection' })
    const connected = await makeConnected(rig, await makeActor())
    const calls = watchCalls(rig)
    await dieAfterCommit(connected)
    clock.advance(OWN_TIME_MS)
    const outcome = await rig.asAnotherProcess(() => refreshOnce(connected.subject), { atCrashPoint: (point) => (point === 'claimed' ? settleRound() : undefined) })
    expect(outcome).toMatchObject({ outcome: 'failed', error: { code: 'refresh_in_progress' } })
    expect(calls.count('identity/refresh')).toBe(1)
    expect(await inspectStored(rig, connected.connectionId)).toMatchObject({ access: 'live', refresh: 'live' })
    await sandbox.control.settings.set({ refreshRotation: 'off' })
  })

  test('keeps its token from being sent again while the database is away, because its successor may be in there', async () => {
    await sandbox.control.settings.set({ refreshRotation: 'rotate-with-reuse-detection' })
    const connected = await makeConnected(rig, await makeActor())
    const calls = watchCalls(rig)
    await dieAfterCommit(connected)
    const breakable = await openBreakablePool(rig.forChildren.databaseUrl)
    const outcome = await rig.asAnotherProcess(() => refreshOnce(connected.subject), {
      pool: breakable.pool, atCrashPoint: (point) => (point === 'settling' ? breakable.cut() : undefined),
    })
    expect(outcome).toMatchObject({ outcome: 'failed', error: { code: 'database_unavailable' } })
    expect(calls.count('identity/refresh')).toBe(1)
    await lapseLeases(rig)
    expect(await refreshOnce(connected.subject)).toEqual({ outcome: 'refreshed' })
    expect(calls.count('identity/refresh')).toBe(1)
    expect(await inspectStored(rig, connected.connectionId)).toMatchObject({ access: 'live', refresh: 'live' })
    await sandbox.control.settings.set({ refreshRotation: 'off' })
  })
})

describe('an answer that can’t be read', () => {
  test('is refused with what is wrong, kept sealed for a day as evidence, then wiped', async () => {
    const flow = await makeFlow()
    const raw = '{"access_token":"sbx_first","access_token":"sbx_second"}'
    await sandbox.control.faults.add({ endpoint: 'identity/token', clientId: flow.apiClient.clientId, kind: 'override', raw })
    expect(await arrive(flow, await decide(rig, flow))).toMatchObject({ outcome: 'failed', error: { code: 'upstream_unreadable' } })
    const read = () => db().grantJournal.findFirstOrThrow({ where: { authorizationId: flow.started.authorizationId } })
    const row = await read()
    expect(row).toMatchObject({ state: 'refused', lastError: 'upstream_unreadable' })
    expect(openAnswer({ ...row, answerSealed: row.answerSealed ?? '' }).body.reveal()).toBe(raw)
    clock.advance(DAY_MS - 60_000)
    await settleRound()
    expect((await read()).answerSealed).not.toBeNull()
    clock.advance(120_000)
    await settleRound()
    expect(await read()).toMatchObject({ state: 'refused', answerSealed: null })
  })
})

describe('a grant with a date that', () => {
  test.each(dates.map(({ value, instant, why }) => ({ value, instant, why })))('reads $value is never lost ($why)', async ({ value, instant }) => {
    const { actor, apiClient } = await sharedFlow()
    await sandbox.control.faults.add({ endpoint: 'identity/token', clientId: apiClient.clientId, kind: 'override', merge: { expireDate: value } })
    const id = await connect(rig, { actor, apiClient })
    const { row } = await readStoredTokens(id)
    expect(row.state).toBe('connected')
    const expected = instant === null ? { source: 'assumed', flagged: true } : { source: 'expireDate', flagged: true }
    // Every readable vector lies in the past of the test's clock, which is worth a flag.
    expect({ source: row.expirySource, flagged: row.expiryFlagged }).toEqual(expected)
    expect(await inspectStored(rig, id)).toMatchObject({ access: 'live', refresh: 'live' })
  })
})

let shared: Promise<Pick<Flow, 'actor' | 'apiClient'>> | undefined

function sharedFlow(): Promise<Pick<Flow, 'actor' | 'apiClient'>> {
  shared ??= makeActor().then(async (actor) => ({ actor, apiClient: await makeApiClient(rig, actor) }))
  return shared
}

describe('an entry that was settled', () => {
  test('is forgotten after a month, because its tokens are on the connection and its answer is wiped', async () => {
    const settled = await makeConnected(rig, await makeActor())
    const count = (apiClientId: string) => db().grantJournal.count({ where: { apiClientId } })
    clock.advance(30 * DAY_MS)
    await settleRound()
    expect(await count(settled.apiClient.id)).toBe(1)
    clock.advance(2 * OWN_TIME_MS)
    await settleRound()
    expect(await count(settled.apiClient.id)).toBe(0)
  })
})

describe('a refresh whose answer is journalled', () => {
  test.each<[string, (connected: Connected) => Promise<unknown>]>([
    ['by whoever settles the journal', () => settleRound()],
    ['by the next refresh, which sends nothing, because its token is spent', async ({ subject }) => {
      await lapseLeases(rig)
      const calls = watchCalls(rig)
      expect(await refreshOnce(subject)).toEqual({ outcome: 'refreshed' })
      expect(calls.all()).toEqual([])
    }],
  ])('while the database is down is saved when it is back, %s', async (_name, settle) => {
    const flow = await makeConnected(rig, await makeActor(), 'gated')
    const id = flow.connectionId
    clock.advance(3_600_000)
    await sandbox.control.settings.set({ refreshRotation: 'rotate' })
    const before = await readStoredTokens(id)
    // The database goes away while Octorate is asked: it is there for the lease and gone for the answer.
    const answer = rig.gate.hold('identity/refresh')
    const database = await openBreakablePool(rig.database.appUrl)
    const result = await rig.asAnotherProcess(
      async () => {
        const refreshing = refreshOnce(flow.subject)
        await answer.reached
        await database.cut()
        answer.release()
        return refreshing
      },
      { pool: database.pool },
    )
    expect(result).toMatchObject({ outcome: 'failed', error: { code: 'database_unavailable' } })
    expect(await readdir(runtime.spoolFolder)).toContainEqual(expect.stringMatching(/\.answer\.json$/))
    expect((await readStoredTokens(id)).access).toBe(before.access)
    await settle(flow)
    expect(await inspectStored(rig, id)).toMatchObject({ access: 'live', refresh: 'live' })
    expect((await readStoredTokens(id)).row).toMatchObject({ accessTokenVersion: 2, refreshTokenVersion: 2, state: 'connected' })
    await sandbox.control.settings.set({ refreshRotation: 'off' })
  })

  test('is waited for by a stop, but not for ever', async () => {
    const connected = await makeConnected(rig, await makeActor(), 'gated')
    const answer = rig.gate.hold('identity/refresh')
    const refreshing = refreshOnce(connected.subject)
    await answer.reached
    const events: string[] = []
    await drainSends(50).then(() => events.push('gave up'))
    const drained = drainSends(20_000).then(() => events.push('drained'))
    answer.release()
    await Promise.all([drained, refreshing.then(() => events.push('refreshed'))])
    expect(events).toEqual(['gave up', 'drained', 'refreshed'])
  })
})
