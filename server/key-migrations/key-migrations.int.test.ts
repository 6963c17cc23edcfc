import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { obtainAdminToken } from '../api-clients/obtain-admin-token'
import { getConnection } from '../connections/get-connection'
import { settleRestored } from '../backup/settle-restored'
import { makeKey, parseKeys } from '../crypto/parse-keys'
import { db } from '../db'
import { readEnv } from '../env'
import type { Actor } from '../http/define-handler'
import { personActor } from '../imports/import-actor'
import type { JournalEntry } from '../journal/journal-entry'
import { recordAnswer } from '../journal/record-answer'
import { settleRound } from '../journal/settler'
import { sendMigrate } from '../octorate/migrate-key'
import { gatewayOf } from '../refresh/gateways'
import { openLanes } from '../refresh/lanes'
import { beginRequest } from '../requests-first'
import { connect } from '../../tests/consent-flow'
import { makeActor, makeApiClient, type TestApiClient } from '../../tests/factories'
import { holdOldKeys } from '../../tests/old-keys'
import { refreshAllDue } from '../../tests/refresh-all-due'
import { openRig } from '../../tests/runtime'
import { inspectStored } from '../../tests/stored-tokens'
import { until } from '../../tests/until'
import { watchCalls } from '../../tests/upstream-calls'
import { cancelKeyMigration } from './cancel-key-migration'
import { changePace } from './change-pace'
import { checkKeyMigration } from './check-key-migration'
import { claimKeyLines, type ClaimedKeyLine } from './claim-key-lines'
import { startKeyMigrations } from './engine'
import { eraseOldKeys } from './erase-old-keys'
import { findDueMigrations } from './find-due-migrations'
import { getKeyMigration } from './get-key-migration'
import { listKeyLines } from './list-key-lines'
import { listOldKeys } from './list-old-keys'
import { openOldKey } from './old-key'
import { pauseKeyMigration } from './pause-key-migration'
import { reportKeyMigration } from './report-key-migration'
import { resumeKeyMigration } from './resume-key-migration'
import { retireOldKeys } from './retire-old-keys'
import { retryKeyMigration } from './retry-key-migration'
import { runKeyMigration } from './run-key-migration'
import { settleMigration } from './settle-migration'
import { startKeyMigration } from './start-key-migration'
import type { NewKeyLine } from './to-rows'

const MANY = Array.from({ length: 900 }, (_, index) => String(700_001 + index))
const accommodation = { currency: 'EUR', timeZone: 'Europe/Rome', city: 'Roma', country: 'IT', zip: '00100', latitude: 41.9, longitude: 12.5 }
const OWN = ['324410', '324417', '324425', '337210', '337218']
const rig = await openRig({
  seed: {
    apiClients: [],
    accommodations: [...OWN, ...MANY].map((id) => ({ ...accommodation, id, name: `Casa ${id}` })),
    networks: [],
    hoteliers: [{ username: 'marco.bianchi', password: 'hotel', name: 'Marco', email: 'marco@casa.example', accommodations: [...OWN, ...MANY] }],
  },
})
const { sandbox, clock } = rig
const atTwenty = { env: readEnv({ KEYRACK_REFRESH_RATE: '20' }) }

interface Scene {
  readonly actor: Actor
  readonly apiClient: TestApiClient
}

async function makeScene(upstreamId: 'sandbox' | 'gated' = 'sandbox'): Promise<Scene> {
  const actor = await makeActor()
  return { actor, apiClient: await makeApiClient(rig, actor, { upstreamId }) }
}

const hold = (scene: Scene, ...properties: string[]) => holdOldKeys(rig, scene.apiClient, properties)
const start = ({ actor, apiClient }: Scene, lines: readonly NewKeyLine[], perSecond: number | null = null) =>
  startKeyMigration(personActor(actor), { apiClientId: apiClient.id, name: 'Old hotels', perSecond, lines })
const run = (id: string) => runKeyMigration(id, new AbortController().signal)
const get = ({ actor }: Scene, id: string) => getKeyMigration(personActor(actor), id)
const linesOf = async ({ actor }: Scene, id: string) => (await listKeyLines(personActor(actor), id, { offset: 0, limit: 1_000 })).items
const statesOf = async (scene: Scene, id: string) => (await linesOf(scene, id)).map(({ state, reason }) => (reason ? `${state}: ${reason}` : state))
const keysOf = async ({ actor }: Scene) => (await listOldKeys(actor.viewer, { offset: 0, limit: 100 })).items
const burnt = ({ apiClient }: Scene) => sandbox.truthLog({ type: 'key.migrated' }).filter((fact) => 'clientId' in fact && fact.clientId === apiClient.clientId)
const goWrong = sandbox.control.faults.add
/** What a process has done when it dies right after the commit of the raw answer. */
async function commitAnswer(line: ClaimedKeyLine): Promise<JournalEntry> {
  const { organizationId, connectionId, propertyId, migration } = line
  const gateway = gatewayOf(migration.apiClient)
  const answer = await sendMigrate(gateway.transport, { url: gateway.urls.migrate, oldKey: openOldKey(line, line.keySealed ?? ''), propertyId })
  const subject = { organizationId, apiClientId: migration.apiClientId, origin: 'migrate', authorizationId: null, connectionId, sentVersion: null } as const
  return recordAnswer(subject, answer)
}

/** Of a process that dies right after it has stored the token; `changed` is what became of the API client meanwhile. */
const storeAndDie = (id: string, changed: { readonly clientSecretVersion?: number } = {}, overrides = {}) =>
  rig.asAnotherProcess(async () => {
    const [line] = await claimKeyLines(await migrationOf(id), { most: 1, fresh: 1 })
    if (!line) return undefined
    const entry = await commitAnswer(line)
    await db().apiClient.update({ where: { id: line.migration.apiClientId }, data: changed })
    await settleMigration(entry, { line })
    return line
  }, overrides)
const leaseOf = (line: ClaimedKeyLine | undefined) =>
  db().connection.findUniqueOrThrow({ where: { id: line?.connectionId ?? '' }, select: { leaseOwner: true, fence: true } })

const migrationOf = (id: string) => db().keyMigration.findUniqueOrThrow({ where: { id }, include: { apiClient: true } })

describe('a migration', () => {
  test('makes a connection of each old key, with a live pair that was refreshed and has read its property', async () => {
    const scene = await makeScene()
    const id = await start(scene, await hold(scene, '324410', '324417', '337210'))
    const calls = watchCalls(rig)
    await run(id)
    expect(await get(scene, id)).toMatchObject({ state: 'finished', total: 3, counts: { verified: 3, pending: 0 }, secondsLeft: null })
    expect([calls.count('identity/migrate'), calls.count('identity/refresh'), calls.count('accommodation')]).toEqual([3, 3, 3])
    for (const { connectionId, propertyId } of await linesOf(scene, id)) {
      expect(await inspectStored(rig, connectionId ?? '')).toEqual({ access: 'live', refresh: 'live', accommodations: [propertyId] })
      const detail = await getConnection(scene.actor.viewer, connectionId ?? '')
      expect([detail.name, detail.properties.map(({ city }) => city)]).toEqual([`Casa ${propertyId}`, ['Roma']])
      expect(await db().connection.findUniqueOrThrow({ where: { id: connectionId ?? '' } })).toMatchObject({
        origin: 'migrate', verifiedAt: clock.date, fence: 1, leaseOwner: null, leaseUntil: null,
      })
      const lineage = await db().tokenLineage.findMany({ where: { connectionId: connectionId ?? '' }, orderBy: { id: 'asc' } })
      expect(lineage.map(({ origin }) => origin).toSorted()).toEqual(['migrate', 'refresh'])
    }
  })

  test('is listed by pages in the order of its lines, all or those of one state, each with its own key', async () => {
    const scene = await makeScene()
    const given = await hold(scene, ...MANY.slice(0, 6))
    const id = await start(scene, given)
    await db().keyLine.updateMany({ where: { migrationId: id, number: { in: [2, 4, 5] } }, data: { state: 'failed', reason: 'refresh_refused' } })
    const page = async (query: { state?: 'failed'; offset: number; limit: number }) => {
      const { items, total } = await listKeyLines(personActor(scene.actor), id, query)
      return [total, items.map(({ number, propertyId, keyLast4 }) => [number, propertyId, keyLast4])]
    }
    const expected = (...numbers: number[]) => numbers.map((number) => [number, given[number - 1]?.propertyId, given[number - 1]?.key.slice(-4)])
    expect(await page({ offset: 0, limit: 3 })).toEqual([6, expected(1, 2, 3)])
    expect(await page({ offset: 3, limit: 200 })).toEqual([6, expected(4, 5, 6)])
    expect(await page({ state: 'failed', offset: 1, limit: 200 })).toEqual([3, expected(4, 5)])
    expect(await page({ state: 'failed', offset: 3, limit: 200 })).toEqual([3, []])
  })

  test('leaves a proof of each connection, and no key in the database or in the log', async () => {
    const scene = await makeScene()
    const lines = await hold(scene, '324410')
    const id = await start(scene, lines)
    await run(id)
    const proofs = await db().auditEvent.findMany({ where: { organizationId: scene.actor.viewer.organizationId }, orderBy: { id: 'asc' } })
    expect(proofs.map(({ action }) => action)).toEqual(expect.arrayContaining(['key_migration.started', 'connection.migrated']))
    const stored = await db().oldKey.findMany({ where: { organizationId: scene.actor.viewer.organizationId } })
    expect(stored).toHaveLength(1)
    for (const text of [JSON.stringify(stored), JSON.stringify(proofs, (_, value: unknown) => String(value)), rig.logs()]) {
      expect(text).not.toContain(lines[0]?.key)
    }
  })

  test('goes one line, then ten, then the rest', async () => {
    const scene = await makeScene()
    const id = await start(scene, await hold(scene, ...MANY.slice(0, 20)))
    const take = async () => claimKeyLines(await migrationOf(id), { most: 32, fresh: 32 })
    expect([(await take()).length, (await take()).length]).toEqual([1, 0])
    clock.advance(31_000)
    await run(id)
    const facts = burnt(scene).length
    expect(await get(scene, id)).toMatchObject({ state: 'finished', stage: 'rest', counts: { verified: 19, ambiguous: 1 } })
    expect(facts).toBe(19)
  })
})

describe('what a wrong choice costs', () => {
  test('of 900 keys at most one is used up when the API client is the wrong one, because the first must be verified', async () => {
    const right = await makeScene()
    const wrong: Scene = { actor: right.actor, apiClient: await makeApiClient(rig, right.actor) }
    const id = await start(wrong, await hold(right, ...MANY))
    await run(id)
    expect([burnt(right).length, await get(wrong, id)]).toMatchObject([1, { state: 'running', counts: { stored: 1, pending: 899 } }])
    // The refusal is confirmed half a minute later.
    clock.advance(36_000)
    await refreshAllDue()
    await run(id)
    expect([burnt(right).length, await get(wrong, id)]).toMatchObject([1, { state: 'stopped', stopReason: 'line_not_verified', counts: { failed: 1, pending: 899 } }])
    expect((await linesOf(wrong, id))[0]).toMatchObject({ state: 'failed', reason: 'refresh_refused', nextAction: 'check_api_client' })
    await resumeKeyMigration(personActor(wrong.actor), id)
    await run(id)
    expect(burnt(right)).toHaveLength(2)
  })

  test('keys that Octorate refuses use nothing up, and do not stop the run', async () => {
    const scene = await makeScene()
    const [good] = await hold(scene, '324425')
    const [other] = await hold(scene, '337218')
    const id = await start(scene, [
      { number: 1, key: 'sbx_nonsense', propertyId: '324410' },
      { number: 2, key: other?.key ?? '', propertyId: '324417' },
      ...(good ? [{ ...good, number: 3 }] : []),
    ])
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['failed: old_key_refused', 'failed: key_of_other_property', 'verified'])
    expect((await linesOf(scene, id)).map(({ nextAction }) => nextAction)).toEqual(['check_key', 'check_property', 'none'])
    expect((await get(scene, id)).state).toBe('finished')
  })
})

describe('an answer that is lost', () => {
  test.each(['refuse', 'new-tokens', 'new-tokens-end-first', 'same-tokens'] as const)(
    'makes the line ambiguous and the key is not sent again, whatever a second call would do (%s)',
    async (secondMigration) => {
      const scene = await makeScene()
      await sandbox.control.settings.set({ secondMigration })
      goWrong({ endpoint: 'identity/migrate', kind: 'reset', when: 'after' })
      const id = await start(scene, await hold(scene, '324410', '324417'))
      await run(id)
      expect(await statesOf(scene, id)).toEqual(['ambiguous: answer_lost', 'pending'])
      expect(await get(scene, id)).toMatchObject({ state: 'stopped', stopReason: 'answers_lost' })
      await resumeKeyMigration(personActor(scene.actor), id)
      await run(id)
      expect(await statesOf(scene, id)).toEqual(['ambiguous: answer_lost', 'verified'])
      expect((await linesOf(scene, id))[0]).toMatchObject({ nextAction: 'reconnect', connectionId: null })
      expect(burnt(scene)).toHaveLength(2)
      await sandbox.control.settings.set({ secondMigration: 'refuse' })
    },
  )

  test('of many at once costs no more keys than are sent at a time, though pages are asked for just then', async () => {
    const scene = await makeScene()
    const id = await start(scene, await hold(scene, ...MANY.slice(0, 100)))
    await db().keyMigration.update({ where: { id }, data: { stage: 'rest' } })
    goWrong({ endpoint: 'identity/migrate', kind: 'override', raw: 'no JSON', delayMs: 300, count: 100 })
    const running = run(id)
    await until(async () => expect(await db().keyLine.count({ where: { migrationId: id, state: 'sent' } })).toBe(32))
    // All are on their way soon; what is answered then has to wait for the pages.
    await new Promise((resolve) => setTimeout(resolve, 150))
    const pages = setInterval(beginRequest, 50)
    await running
    clearInterval(pages)
    sandbox.control.faults.clear()
    expect(await get(scene, id)).toMatchObject({ state: 'stopped', stopReason: 'answers_lost' })
    expect(burnt(scene)).toHaveLength(32)
  })

  test('is made good by a consent: another look finds that the property answers to a token that is held', async () => {
    const scene = await makeScene()
    goWrong({ endpoint: 'identity/migrate', kind: 'reset', when: 'after' })
    const id = await start(scene, await hold(scene, '324410'))
    await run(id)
    const connectionId = await connect(rig, scene)
    expect((await linesOf(scene, id))[0]).toMatchObject({ state: 'ambiguous', connectionId, nextAction: 'open_connection' })
    const calls = watchCalls(rig)
    await retryKeyMigration(personActor(scene.actor), id)
    expect((await linesOf(scene, id))[0]).toMatchObject({ state: 'verified', reason: 'already_connected', connectionId })
    expect(calls.all()).toEqual(['accommodation'])
  })

  test('that never left is no loss: the key is sent once more later', async () => {
    const scene = await makeScene()
    goWrong({ endpoint: 'identity/migrate', kind: 'quota' })
    const id = await start(scene, await hold(scene, '324410'))
    await run(id)
    expect(await linesOf(scene, id)).toMatchObject([{ state: 'pending', reason: 'upstream_quota', nextTryAt: expect.any(String) }])
    expect((await get(scene, id)).perSecondNow).toBeLessThan(20)
    clock.advance(6_000)
    await run(id)
    expect([await statesOf(scene, id), (await get(scene, id)).state]).toEqual([['verified'], 'finished'])
  })

  test('that can not be read is kept sealed as evidence, and the line is ambiguous', async () => {
    const scene = await makeScene()
    goWrong({ endpoint: 'identity/migrate', kind: 'override', raw: 'no JSON' })
    const id = await start(scene, await hold(scene, '324410'))
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['ambiguous: answer_unreadable'])
    const connectionId = (await db().keyLine.findFirstOrThrow({ where: { migrationId: id } })).connectionId
    expect(await db().grantJournal.findFirst({ where: { connectionId } })).toMatchObject({ state: 'refused', answerSealed: expect.any(String) })
  })
})

describe('a process that dies', () => {
  test('before it has an answer leaves an ambiguous line, and the others go on', async () => {
    const scene = await makeScene()
    const id = await start(scene, await hold(scene, '324410', '324417'))
    await rig.asAnotherProcess(async () => claimKeyLines(await migrationOf(id), { most: 1, fresh: 1 }))
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['sent', 'pending'])
    clock.advance(31_000)
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['ambiguous: process_died', 'verified'])
  })

  test('after its answer was committed loses nothing, whoever reads it', async () => {
    for (const settle of [settleRound, run]) {
      const scene = await makeScene()
      const id = await start(scene, await hold(scene, '324410'))
      const [line] = await rig.asAnotherProcess(async () => {
        const claimed = await claimKeyLines(await migrationOf(id), { most: 1, fresh: 1 })
        await Promise.all(claimed.map(commitAnswer))
        return claimed
      })
      expect(await statesOf(scene, id)).toEqual(['sent'])
      clock.advance(61_000)
      if (settle === settleRound) await settleRound()
      await run(id)
      clock.advance(61_000)
      await run(id)
      expect(await statesOf(scene, id)).toEqual(['verified'])
      expect(await inspectStored(rig, line?.connectionId ?? '')).toMatchObject({ access: 'live', refresh: 'live' })
      expect(burnt(scene)).toHaveLength(1)
    }
  })

  test('after its token was stored has the connection in hand until its lease is over, and whoever comes then verifies it', async () => {
    const scene = await makeScene()
    await openLanes()
    const id = await start(scene, await hold(scene, '324410'))
    const line = await storeAndDie(id)
    expect(await leaseOf(line)).toEqual({ leaseOwner: expect.any(String), fence: 1 })
    clock.advance(61_000)
    await db().connection.update({ where: { id: line?.connectionId ?? '' }, data: { leaseUntil: new Date(0) } })
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['verified'])
    expect(await leaseOf(line)).toEqual({ leaseOwner: null, fence: 2 })
    expect(await inspectStored(rig, line?.connectionId ?? '')).toMatchObject({ access: 'live', refresh: 'live' })
  })

  test('has nothing in hand where the API client was changed since the line was taken: its refresh would go with the old secret', async () => {
    const scene = await makeScene()
    await openLanes()
    const id = await start(scene, await hold(scene, '324410'))
    const line = await storeAndDie(id, { clientSecretVersion: 2 })
    expect(await leaseOf(line)).toEqual({ leaseOwner: null, fence: 0 })
  })

  test('stopped before it has sent what it claimed gives that back, and another goes on with it at once', async () => {
    const scene = await makeScene()
    const id = await start(scene, await hold(scene, '324410', '324417'))
    await db().keyMigration.update({ where: { id }, data: { stage: 'rest' } })
    const life = new AbortController()
    beginRequest()
    const pages = setInterval(beginRequest, 50)
    const running = runKeyMigration(id, life.signal)
    await until(async () => expect(await db().keyLine.count({ where: { migrationId: id, state: 'pending' } })).toBe(0))
    life.abort()
    clearInterval(pages)
    await running
    // How many were begun before the stop came is a matter of microseconds; what was not is nobody's.
    const states = await statesOf(scene, id)
    expect(states.filter((state) => !['pending', 'verified'].includes(state))).toEqual([])
    expect(burnt(scene)).toHaveLength(states.filter((state) => state === 'verified').length)
    expect(await db().keyLine.findMany({ where: { migrationId: id }, select: { tries: true, claimedBy: true } })).toEqual([
      { tries: 1, claimedBy: null }, { tries: 1, claimedBy: null },
    ])
    await run(id)
    expect([await statesOf(scene, id), burnt(scene).length]).toEqual([['verified', 'verified'], 2])
  })

  test('without the key that opens the old one sends nothing, and whoever has it goes on later', async () => {
    const scene = await makeScene()
    const id = await start(scene, await hold(scene, '324410', '324417'))
    await rig.asAnotherProcess(() => run(id), { keys: parseKeys(makeKey('other')) })
    expect([await statesOf(scene, id), burnt(scene).length]).toEqual([['pending: secret_unreadable', 'pending'], 0])
    clock.advance(6_000)
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['verified', 'verified'])
  })

  test('leaves an answer that another process stores without having it in hand: nobody there goes on with the line', async () => {
    const scene = await makeScene()
    await openLanes()
    const id = await start(scene, await hold(scene, '324410'))
    const [line] = await rig.asAnotherProcess(async () => {
      const claimed = await claimKeyLines(await migrationOf(id), { most: 1, fresh: 1 })
      await Promise.all(claimed.map(commitAnswer))
      return claimed
    })
    clock.advance(61_000)
    await settleRound()
    expect(await leaseOf(line)).toEqual({ leaseOwner: null, fence: 0 })
  })

  test('has nothing in hand where a pace is kept, or Octorate asked to wait: a place in the lane comes first', async () => {
    const scene = await makeScene()
    await openLanes()
    const gapOfLane = (gapMs: number) => db().refreshLane.updateMany({ where: { apiClientId: scene.apiClient.id }, data: { gapMs } })
    for (const [property, gapMs, overrides] of [['324410', 0, atTwenty], ['324417', 100, {}]] as const) {
      await gapOfLane(gapMs)
      const line = await storeAndDie(await start(scene, await hold(scene, property)), {}, overrides)
      expect(await leaseOf(line)).toEqual({ leaseOwner: null, fence: 0 })
    }
  })

  test('between the token and its proof leaves a stored line, which is verified and not sent again', async () => {
    const scene = await makeScene()
    goWrong({ endpoint: 'accommodation', kind: 'status', status: 503, count: 2 })
    const id = await start(scene, await hold(scene, '324410'))
    await run(id)
    expect(await linesOf(scene, id)).toMatchObject([{ state: 'stored', reason: 'upstream_unreachable', nextAction: 'wait' }])
    const calls = watchCalls(rig)
    clock.advance(6_000)
    await run(id)
    expect([await statesOf(scene, id), calls.count('identity/migrate')]).toEqual([['verified'], 0])
  })
})

describe('an answer that comes late', () => {
  test('is adopted, though the line was given up as ambiguous meanwhile', async () => {
    const scene = await makeScene('gated')
    const id = await start(scene, await hold(scene, '324410'))
    const held = rig.gate.hold('identity/migrate')
    const working = rig.asAnotherProcess(() => run(id))
    await held.reached
    clock.advance(31_000)
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['ambiguous: process_died'])
    held.release()
    await working
    expect(await statesOf(scene, id)).toEqual(['verified'])
  })
})

describe('what is not sent', () => {
  test('is what would only double something: twice in the file, connected, or migrated before', async () => {
    const scene = await makeScene()
    const [first, second, third] = await hold(scene, '324410', '324417', '324425')
    const done = await start(scene, [first, second].flatMap((line) => line ?? []).slice(1))
    await run(done)
    const connectionId = await connect(rig, scene)
    const lines = [first, second, third, third].flatMap((line, index) => (line ? [{ ...line, number: index + 1 }] : []))
    const id = await start(scene, [...lines, { number: 5, key: 'sbx_other_key', propertyId: '324425' }])
    const calls = watchCalls(rig)
    await run(id)
    expect(await statesOf(scene, id)).toEqual([
      'skipped: already_connected', 'skipped: already_migrated', 'verified', 'skipped: same_key_in_file', 'skipped: same_property_in_file',
    ])
    expect((await linesOf(scene, id)).slice(0, 2)).toMatchObject([{ connectionId }, { migratedBy: done, connectionId: expect.any(String) }])
    expect(calls.count('identity/migrate')).toBe(1)
  })

  test('is a property that was connected after the file came', async () => {
    const scene = await makeScene()
    const id = await start(scene, await hold(scene, '324410'))
    await connect(rig, scene)
    await run(id)
    expect([await statesOf(scene, id), burnt(scene)]).toEqual([['skipped: already_connected'], []])
  })

  test('is a property of which an earlier migration does not know what came of it', async () => {
    const scene = await makeScene()
    goWrong({ endpoint: 'identity/migrate', kind: 'reset', when: 'after' })
    const lines = await hold(scene, '324410', '324417')
    const first = await start(scene, lines.slice(0, 1))
    await run(first)
    const id = await start(scene, lines)
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['ambiguous: sent_before', 'verified'])
    expect((await linesOf(scene, id))[0]).toMatchObject({ migratedBy: first, nextAction: 'reconnect' })
  })
})

describe('the same file again', () => {
  test('submitted ten times at once is one migration', async () => {
    const scene = await makeScene()
    const lines = await hold(scene, '324410', '324417')
    const ids = await Promise.all(Array.from({ length: 10 }, () => start(scene, lines)))
    expect(new Set(ids).size).toBe(1)
    expect(await db().keyMigration.count({ where: { organizationId: scene.actor.viewer.organizationId } })).toBe(1)
  })

  test('with a line changed is refused, and told the difference', async () => {
    const scene = await makeScene()
    const [one, two, three] = await hold(scene, '324410', '324417', '324425')
    const lines = [one, two, three].flatMap((line) => line ?? [])
    await start(scene, lines.slice(0, 2).map((line, index) => ({ ...line, ...(index === 0 ? { name: 'Uno' } : {}) })))
    const changed = [{ ...lines[0], key: 'sbx_another_key' }, lines[2]] as NewKeyLine[]
    await expect(start(scene, changed)).rejects.toMatchObject({
      code: 'key_migration_overlaps',
      extras: { issues: [{ path: '1.key', message: 'changed' }, { path: '3', message: 'added' }, { path: '2', message: 'missing' }] },
    })
  })

  test('makes a new one when the first was cancelled, and goes on where nothing was sent', async () => {
    const scene = await makeScene()
    const lines = await hold(scene, '324410')
    const first = await start(scene, lines)
    await cancelKeyMigration(personActor(scene.actor), first)
    const second = await start(scene, lines)
    await run(second)
    expect([second === first, await statesOf(scene, first), await statesOf(scene, second)]).toEqual([false, ['skipped: cancelled'], ['verified']])
  })

  test('refuses two lines of one number, because they could not be told apart', async () => {
    const scene = await makeScene()
    const lines = await hold(scene, '324410', '324417')
    await expect(start(scene, lines.map((line) => ({ ...line, number: 1 })))).rejects.toThrow('invalid_input')
  })
})

describe('a person', () => {
  test('pauses, resumes and cancels; nothing new begins meanwhile', async () => {
    const scene = await makeScene()
    const who = personActor(scene.actor)
    const id = await start(scene, await hold(scene, '324410', '324417'))
    await pauseKeyMigration(who, id)
    await run(id)
    expect([burnt(scene).length, (await get(scene, id)).state]).toEqual([0, 'paused'])
    await expect(pauseKeyMigration(who, id)).rejects.toThrow('key_migration_over')
    await resumeKeyMigration(who, id)
    await run(id)
    expect([burnt(scene).length, (await get(scene, id)).state]).toEqual([2, 'finished'])
    await expect(cancelKeyMigration(who, id)).rejects.toThrow('key_migration_over')
  })

  test('chooses the pace: no more lines begin than that, by all processes together', async () => {
    const scene = await makeScene()
    const id = await start(scene, await hold(scene, ...MANY.slice(0, 15)), 5)
    const begin = async () => {
      await Promise.all([run(id), rig.asAnotherProcess(() => run(id))])
      return burnt(scene).length
    }
    expect(await begin()).toBe(1)
    clock.advance(219)
    expect(await begin()).toBe(1)
    clock.advance(1)
    expect(await begin()).toBe(2)
    await changePace(personActor(scene.actor), id, null)
    clock.advance(220)
    expect([await begin(), (await get(scene, id)).state]).toEqual([15, 'finished'])
  })

  test('retries the failed lines and no others', async () => {
    const scene = await makeScene()
    const [good] = await hold(scene, '324410')
    const key = `sbx_later_${randomUUID()}`
    const id = await start(scene, [...(good ? [good] : []), { number: 2, key, propertyId: '324417' }])
    await run(id)
    expect(await statesOf(scene, id)).toEqual(['verified', 'failed: old_key_refused'])
    await sandbox.control.addLegacyKey({ key, accommodation: '324417', clientId: scene.apiClient.clientId })
    const calls = watchCalls(rig)
    await retryKeyMigration(personActor(scene.actor), id)
    await run(id)
    expect([await statesOf(scene, id), calls.count('identity/migrate')]).toEqual([['verified', 'verified'], 1])
    await expect(retryKeyMigration(personActor(scene.actor), id)).rejects.toThrow('nothing_to_retry')
  })

  describe('who retries a migration of which a later one has the property too', () => {
    /** A key that Octorate does not know yet, in a migration that is over, and the key that a second file brings. */
    async function makeRetried() {
      const scene = await makeScene()
      const key = `sbx_late_${randomUUID()}`
      const first = await start(scene, [{ number: 1, key, propertyId: '324417' }])
      await run(first)
      expect(await statesOf(scene, first)).toEqual(['failed: old_key_refused'])
      await sandbox.control.addLegacyKey({ key, accommodation: '324417', clientId: scene.apiClient.clientId })
      return { scene, first, second: await start(scene, [{ number: 1, key, propertyId: '324417' }, ...(await hold(scene, '324410'))].map((line, index) => ({ ...line, number: index + 1 }))) }
    }

    test('sends nothing while that one waits, because two migrations must never have one key in hand', async () => {
      const { scene, first, second } = await makeRetried()
      await expect(retryKeyMigration(personActor(scene.actor), first)).rejects.toThrow('nothing_to_retry')
      const calls = watchCalls(rig)
      await run(second)
      await run(first)
      expect([await statesOf(scene, first), calls.count('identity/migrate')]).toEqual([['failed: old_key_refused'], 2])
    })

    test('sends nothing when that one does not know what came of it, because a second token could end the first', async () => {
      const { scene, first, second } = await makeRetried()
      goWrong({ endpoint: 'identity/migrate', kind: 'reset', when: 'after' })
      await run(second)
      expect((await statesOf(scene, second))[0]).toBe('ambiguous: answer_lost')
      const calls = watchCalls(rig)
      await expect(retryKeyMigration(personActor(scene.actor), first)).rejects.toThrow('nothing_to_retry')
      await run(first)
      expect(calls.count('identity/migrate')).toBe(0)
    })
  })

  test('of another organization sees nothing of it', async () => {
    const [scene, stranger] = [await makeScene(), await makeScene()]
    const id = await start(scene, await hold(scene, '324410'))
    for (const act of [getKeyMigration, pauseKeyMigration, resumeKeyMigration, cancelKeyMigration, retryKeyMigration, reportKeyMigration]) {
      await expect(act(personActor(stranger.actor), id)).rejects.toThrow('not_found')
    }
    await expect(changePace(personActor(stranger.actor), id, 1)).rejects.toThrow('not_found')
  })
})

describe('the dry run', () => {
  test('tells what is known of each property before anything is sent', async () => {
    const scene = await makeScene()
    const connectionId = await connect(rig, scene)
    const lines = await hold(scene, '324417', '324425', '337210')
    const done = await start(scene, lines.slice(0, 1))
    await run(done)
    const open = await start(scene, lines.slice(1, 2))
    const wish = { apiClientId: scene.apiClient.id, propertyIds: ['324410', '324417', '324425', '337210', '337210', '999999'] }
    const before = await checkKeyMigration(scene.actor.viewer, wish)
    expect(before.items).toMatchObject([
      { propertyId: '324410', verdict: 'already_connected', connectionId },
      { propertyId: '324417', verdict: 'already_migrated', migrationId: done, at: clock.date.toISOString() },
      { propertyId: '324425', verdict: 'in_other_migration', migrationId: open },
      { propertyId: '337210', verdict: 'ready' },
      { propertyId: '999999', verdict: 'ready' },
    ])
    expect(before.isListed).toBe(false)
    await sandbox.control.settings.set({ adminTokenLists: 'all', pageSize: 300 })
    await obtainAdminToken(scene.actor, scene.apiClient.id)
    const after = await checkKeyMigration(scene.actor.viewer, wish)
    expect([after.isListed, after.items.slice(3)]).toMatchObject([true, [{ verdict: 'ready' }, { verdict: 'unknown_property' }]])
    await sandbox.control.settings.set({ adminTokenLists: 'granted', pageSize: 50 })
  })
})

describe('the report', () => {
  test('adds up, is the same bytes again, runs no formula and holds no secret', async () => {
    const scene = await makeScene()
    const [good] = await hold(scene, '324410')
    const id = await start(scene, [
      ...(good ? [{ ...good, name: '=1+1' }] : []),
      { number: 2, key: 'sbx_nonsense', propertyId: '324417' },
    ])
    await run(id)
    const { csv, fileName } = await reportKeyMigration(personActor(scene.actor), id)
    expect(fileName).toMatch(/^migration-2026-03-1\d-[0-9a-f]{6}\.csv$/)
    expect(csv.split('\r\n')).toHaveLength(4)
    expect(csv).toContain(`"1","324410","'=1+1","verified"`)
    expect(csv).toContain('"2","324417","","failed","old_key_refused","check_key"')
    expect(csv).not.toContain(good?.key)
    expect((await reportKeyMigration(personActor(scene.actor), id)).csv).toBe(csv)
    const { counts, total } = await get(scene, id)
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(total)
  })
})

describe('the ledger of old keys', () => {
  test('keeps each key until somebody erases it, and retires only what a verified token has replaced', async () => {
    const scene = await makeScene()
    const [good] = await hold(scene, '324410')
    const id = await start(scene, [...(good ? [good] : []), { number: 2, key: 'sbx_nonsense', propertyId: '324417' }])
    const [waiting] = await keysOf(scene)
    expect(await eraseOldKeys(scene.actor, { ids: [waiting?.id ?? ''], evenUnmigrated: true })).toEqual({ erased: 0, left: 1 })
    await run(id)
    const keys = await keysOf(scene)
    const [migrated, refused] = [keys.find(({ propertyId }) => propertyId === '324410'), keys.find(({ propertyId }) => propertyId === '324417')]
    expect([migrated, refused]).toMatchObject([{ state: 'kept', migratedAt: clock.date.toISOString() }, { state: 'kept', migratedAt: null }])
    const ids = keys.map((key) => key.id)
    expect(await retireOldKeys(scene.actor, ids)).toEqual({ retired: 1, left: 1 })
    expect(await eraseOldKeys(scene.actor, { ids, evenUnmigrated: false })).toEqual({ erased: 1, left: 1 })
    expect(await eraseOldKeys(scene.actor, { ids, evenUnmigrated: true })).toEqual({ erased: 1, left: 1 })
    expect((await listOldKeys(scene.actor.viewer, { offset: 0, limit: 10 })).counts).toEqual({ kept: 0, retired: 0, erased: 2 })
    expect(await db().oldKey.count({ where: { organizationId: scene.actor.viewer.organizationId, keySealed: { not: null } } })).toBe(0)
    const actions = (await db().auditEvent.findMany({ where: { organizationId: scene.actor.viewer.organizationId } })).map(({ action }) => action)
    expect(actions.filter((action) => action.startsWith('old_key.'))).toEqual(['old_key.retired', 'old_key.erased', 'old_key.erased'])
  })

  test('keeps a key for which a migration is begun at the same moment, because that one waits to send it', async () => {
    const scene = await makeScene()
    const first = await start(scene, [{ number: 1, key: 'sbx_nonsense', propertyId: '324417' }])
    await run(first)
    const [key] = await keysOf(scene)
    const other = new pg.Client({ connectionString: rig.database.ownerUrl })
    await other.connect()
    try {
      // What a start does that is not over yet.
      await other.query('BEGIN')
      await other.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`key migrations ${scene.actor.viewer.organizationId}`])
      await other.query(`UPDATE key_lines SET state = 'pending' WHERE migration_id = $1`, [first])
      const erasing = eraseOldKeys(scene.actor, { ids: [key?.id ?? ''], evenUnmigrated: true })
      const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
      await Promise.race([erasing, until(async () => expect(await rig.database.sql(waiting)).toHaveLength(1))])
      await other.query('COMMIT')
      expect(await erasing).toEqual({ erased: 0, left: 1 })
    } finally {
      await other.end()
    }
  })

  test('of another organization is closed', async () => {
    const [scene, stranger] = [await makeScene(), await makeScene()]
    await run(await start(scene, await hold(scene, '324410')))
    const ids = (await keysOf(scene)).map(({ id }) => id)
    expect([await retireOldKeys(stranger.actor, ids), await eraseOldKeys(stranger.actor, { ids, evenUnmigrated: true })]).toEqual([
      { retired: 0, left: 1 }, { erased: 0, left: 1 },
    ])
  })
})

test('a restored backup begins nothing by itself, because keys that waited then may have been sent since', async () => {
  const scene = await makeScene()
  const id = await start(scene, await hold(scene, '324410'))
  await settleRestored(rig.runtime.pool, [])
  await run(id)
  expect([await statesOf(scene, id), (await get(scene, id)).state, burnt(scene)]).toEqual([['pending'], 'paused', []])
})

test('the engine works on what is due, and leaves what is paused alone', async () => {
  const scene = await makeScene()
  const [first, second] = [await start(scene, await hold(scene, '324410')), await start(scene, await hold(scene, '324417'))]
  await pauseKeyMigration(personActor(scene.actor), second)
  expect(await findDueMigrations()).toContain(first)
  expect(await findDueMigrations()).not.toContain(second)
  const engine = startKeyMigrations()
  await until(async () => expect((await get(scene, first)).state).toBe('finished'))
  await engine.stop()
  expect(await statesOf(scene, second)).toEqual(['pending'])
  await cancelKeyMigration(personActor(scene.actor), second)
  expect(await findDueMigrations()).toEqual(expect.not.arrayContaining([first, second]))
})

test('a stop waits for what is in hand, and the next start goes on', async () => {
  const scene = await makeScene('gated')
  const id = await start(scene, await hold(scene, '324410', '324417'))
  const held = rig.gate.hold('identity/migrate')
  const life = new AbortController()
  const working = runKeyMigration(id, life.signal)
  await held.reached
  life.abort()
  held.release()
  await working
  expect(await statesOf(scene, id)).toEqual(['verified', 'pending'])
  await until(async () => {
    await run(id)
    expect((await get(scene, id)).state).toBe('finished')
  })
})
