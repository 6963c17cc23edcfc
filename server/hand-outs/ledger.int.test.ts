import { describe, expect, test } from 'vitest'
import { disconnectConnection } from '../connections/disconnect-connection'
import { db } from '../db'
import type { MachineActor } from '../http/machine-actor'
import { placeFreeze } from '../freezes/place-freeze'
import { makeConnected } from '../../tests/consent-flow'
import { makeActor } from '../../tests/factories'
import { openBreakablePool } from '../../tests/breakable-database'
import { holdToken } from '../../tests/hold-token'
import { openMachineFront } from '../../tests/machine-front'
import { askToken, isLive, makeMachineSetting } from '../../tests/machine-setting'
import { makeMachineKey } from '../../tests/make-machine-key'
import { readLedger as rowsOf } from '../../tests/read-ledger'
import { refreshOnce } from '../../tests/refresh-once'
import { openRig } from '../../tests/runtime'
import { requestRefresh } from '../refresh/request-refresh'
import { foldLedger } from './fold-ledger'
import { forgetWiped } from './forget-wiped'
import { recallToken, type HeldToken } from './held-token'
import { recordHandOut } from './ledger'
import { pruneLedger } from './prune-ledger'
import { pruneOrigins } from './prune-origins'

const rig = await openRig()
const { clock } = rig
const front = await openMachineFront()
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

interface HeldOne {
  readonly connectionId: string
  readonly held: HeldToken
}

const eventsOf = (keyId: string) => db().auditEvent.findMany({ where: { actorKind: 'machine_key', actorId: keyId }, orderBy: { id: 'asc' } })

describe('the ledger of hand-outs', () => {
  test('has one row for each key, connection, address and minute, with the count of them', async () => {
    const setting = await makeMachineSetting(rig)
    const second = await makeMachineKey(setting.actor)
    await Promise.all(Array.from({ length: 50 }, () => askToken(front, setting)))
    for (let round = 0; round < 3; round += 1) await askToken(front, setting)
    await askToken(front, { ...setting, key: second })
    const minute = new Date(Math.floor(clock.at / MINUTE_MS) * MINUTE_MS)
    const row = { machineKeyId: setting.key.id, connectionId: setting.connectionId, organizationId: setting.subject.organizationId, address: '127.0.0.1' }
    expect(await rowsOf(setting.key.id)).toEqual([{ ...row, minute, count: 53 }])
    clock.advance(MINUTE_MS)
    await askToken(front, setting)
    expect((await rowsOf(setting.key.id)).map(({ count }) => count)).toEqual([53, 1])
    expect((await rowsOf(second.id)).map(({ count }) => count)).toEqual([1])
  })

  test('loses none and counts none twice when two processes write the same rows at the same time', async () => {
    const [setting, others] = [await makeMachineSetting(rig), [] as HeldOne[]]
    for (let number = 0; number < 5; number += 1) {
      const { connectionId, subject } = await makeConnected(rig, setting.actor)
      others.push({ connectionId, held: await holdToken(subject) })
    }
    const actor = machineActor(setting)
    const many = Array.from({ length: 60 }, () => others).flat()
    const write = () => Promise.all(many.map(({ connectionId, held }) => recordHandOut({ actor, connectionId, at: clock.date }, held)))
    const elsewhere = rig.asAnotherProcess(write)
    await Promise.all([elsewhere, write()])
    const counts = (await rowsOf(setting.key.id)).map(({ count }) => count)
    expect(counts).toEqual([120, 120, 120, 120, 120])
  })

  test('counts what is answered and nothing else, when some of many have changed since memory learned of them', async () => {
    const setting = await makeMachineSetting(rig)
    const [refreshed, disconnected, same] = [await makeConnected(rig, setting.actor), await makeConnected(rig, setting.actor), setting]
    const ask = ({ connectionId }: { connectionId: string }) => askToken(front, { connectionId, key: setting.key })
    for (const each of [refreshed, disconnected, same]) expect((await ask(each)).status).toBe(200)
    clock.advance(60 * MINUTE_MS)
    await rig.asAnotherProcess(async () => {
      expect((await requestRefresh(refreshed.subject, { reason: 'manual', waitMs: 20_000 })).outcome).toBe('refreshed')
      await disconnectConnection(setting.actor, disconnected.connectionId)
    })
    const answers = await Promise.all(Array.from({ length: 10 }, () => [refreshed, disconnected, same].map(ask)).flat())
    const live = answers.filter((answer) => answer.status === 200)
    expect([live.length, live.every((answer) => isLive(rig, answer))]).toEqual([20, true])
    await foldLedger()
    const counted = await db().handOut.groupBy({ by: ['connectionId'], where: { machineKeyId: setting.key.id }, _sum: { count: true } })
    expect(Object.fromEntries(counted.map(({ connectionId, _sum }) => [connectionId, _sum.count]))).toEqual({
      [refreshed.connectionId]: 11, [disconnected.connectionId]: 1, [same.connectionId]: 11,
    })
  })

  test('is written before the answer leaves: no row, no token', async () => {
    const setting = await makeMachineSetting(rig)
    const first = await askToken(front, setting)
    await rig.database.sql('REVOKE INSERT ON hand_out_batches FROM keyrack_app')
    const refused = await askToken(front, setting)
    await rig.database.sql('GRANT INSERT ON hand_out_batches TO keyrack_app')
    expect([first.status, refused.status, refused.accessToken]).toEqual([200, 500, ''])
    expect((await askToken(front, setting)).status).toBe(200)
    expect((await rowsOf(setting.key.id)).map(({ count }) => count)).toEqual([2])
  })

  test('takes nothing of a token that a disconnect, a refresh or a freeze has overtaken since the row was read, first use or not', async () => {
    const [gone, renewed, frozen] = [await makeMachineSetting(rig), await makeMachineSetting(rig), await makeMachineSetting(rig)]
    await foldLedger()
    const overtaken = await Promise.all([gone, renewed, frozen].map(async (setting) => ({ setting, held: await holdToken(setting.subject) })))
    await rig.asAnotherProcess(async () => {
      await disconnectConnection(gone.actor, gone.connectionId)
      clock.advance(60 * MINUTE_MS)
      await refreshOnce(renewed.subject)
      await placeFreeze(frozen.actor, { kind: 'connection', targetId: frozen.connectionId, reason: 'A key leaked' })
    })
    for (const { setting, held } of overtaken) {
      const entry = { actor: machineActor(setting), connectionId: setting.connectionId, at: clock.date }
      expect(await recordHandOut(entry, held)).toBe(false)
      expect(await db().handOutBatch.count()).toBe(0)
      expect([await rowsOf(setting.key.id), await eventsOf(setting.key.id)]).toEqual([[], []])
    }
  })

  test('keeps the first use back as well while no audit event can be written', async () => {
    const setting = await makeMachineSetting(rig)
    await rig.database.sql('REVOKE INSERT ON audit_events FROM keyrack_app')
    const refused = await askToken(front, setting)
    await rig.database.sql('GRANT INSERT ON audit_events TO keyrack_app')
    expect([refused.status, refused.accessToken, await rowsOf(setting.key.id)]).toEqual([500, '', []])
    expect((await askToken(front, setting)).status).toBe(200)
    expect((await eventsOf(setting.key.id)).map(({ action }) => action)).toEqual(['access_token.handed_out'])
  })

  test('refuses with a time to ask again while the database is away, and nobody gets a token from memory', async () => {
    const setting = await makeMachineSetting(rig)
    const breakable = await openBreakablePool(rig.database.appUrl)
    await rig.asAnotherProcess(
      async () => {
        expect((await askToken(front, setting)).status).toBe(200)
        await breakable.cut()
        const answer = await askToken(front, setting)
        expect(answer).toMatchObject({ status: 503, code: 'database_unavailable', retryAfter: '2', accessToken: '' })
        await breakable.mend()
        expect((await askToken(front, setting)).status).toBe(200)
      },
      { pool: breakable.pool },
    )
  })

  test('forgets rows of more than 400 days, a bounded number at a time', async () => {
    const setting = await makeMachineSetting(rig)
    const at = (days: number) => ({ machineKeyId: setting.key.id, connectionId: setting.connectionId, organizationId: setting.subject.organizationId, address: `10.0.0.${days % 256}`, minute: new Date(clock.at - days * DAY_MS), count: 1 })
    await db().handOut.createMany({ data: [at(399), at(401), at(402), at(403)] })
    expect(await pruneLedger(clock.date, 2)).toBe(2)
    expect((await rowsOf(setting.key.id)).length).toBe(2)
    expect(await pruneLedger(clock.date, 2)).toBe(1)
    expect((await rowsOf(setting.key.id)).map(({ address }) => address)).toEqual(['10.0.0.143'])
  })
})

describe('from where a key was ever handed a token', () => {
  test('is looked up by a process that does not know it yet, which then writes nothing of it and waits for nobody who does', async () => {
    const setting = await makeMachineSetting(rig)
    expect((await askToken(front, setting)).status).toBe(200)
    await rig.database.sql('REVOKE INSERT ON hand_out_origins FROM keyrack_app')
    const answers = await rig.asAnotherProcess(() => Promise.all([askToken(front, setting), askToken(front, setting)]))
    await rig.database.sql('GRANT INSERT ON hand_out_origins TO keyrack_app')
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect((await rowsOf(setting.key.id)).map(({ count }) => count)).toEqual([3])
  })

  test('is forgotten when the ledger has forgotten it, and kept as long as it is used, folded or not', async () => {
    const setting = await makeMachineSetting(rig)
    const held = await holdToken(setting.subject)
    const handOut = async (address: string) => {
      const actor = { ...machineActor(setting), context: { requestId: 'a request', address, userAgent: 'back end' } }
      expect(await recordHandOut({ actor, connectionId: setting.connectionId, at: clock.date }, held)).toBe(true)
    }
    for (const address of ['192.0.2.20', '192.0.2.21', '192.0.2.22']) await handOut(address)
    await foldLedger()
    clock.advance(401 * DAY_MS)
    await handOut('192.0.2.22')
    expect(await pruneOrigins(clock.date)).toBe(0)
    while ((await pruneLedger(clock.date)) > 0);
    expect(await pruneOrigins(clock.date, 1)).toBe(1)
    while ((await pruneOrigins(clock.date)) > 0);
    const left = await db().handOutOrigin.findMany({ where: { machineKeyId: setting.key.id }, select: { address: true } })
    expect(left).toEqual([{ address: '192.0.2.22' }])
  })
})

describe('a token in memory', () => {
  test('goes when its connection was disconnected, by whichever process', async () => {
    const setting = await makeMachineSetting(rig)
    const key = { ...setting.subject, environment: 'SANDBOX' } as const
    await holdToken(setting.subject)
    await rig.asAnotherProcess(() => disconnectConnection(setting.actor, setting.connectionId))
    expect(recallToken(key)).not.toBeNull()
    await forgetWiped(clock.date)
    expect(recallToken(key)).toBeNull()
  })
})

describe('the audit log', () => {
  test('has one event for the first hand-out from each address, whatever process gave it', async () => {
    const setting = await makeMachineSetting(rig)
    await askToken(front, setting)
    await askToken(front, setting)
    await rig.asAnotherProcess(() => askToken(front, setting))
    const held = await holdToken(setting.subject)
    const from = (address: string) => ({ ...machineActor(setting), context: { requestId: 'a request', address, userAgent: 'back end' } })
    for (const address of ['192.0.2.9', '192.0.2.9', '192.0.2.10']) {
      expect(await recordHandOut({ actor: from(address), connectionId: setting.connectionId, at: clock.date }, held)).toBe(true)
    }
    const events = await eventsOf(setting.key.id)
    expect(events.map(({ action, outcome, targetKind, targetId, address }) => [action, outcome, targetKind, targetId, address])).toEqual(
      ['127.0.0.1', '192.0.2.9', '192.0.2.10'].map((address) => ['access_token.handed_out', 'success', 'connection', setting.connectionId, address]),
    )
    expect(events[0]).toMatchObject({ organizationId: setting.subject.organizationId, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string })
  })

  test('has an event for a denial at once, then one an hour with how often it was tried', async () => {
    const setting = await makeMachineSetting(rig)
    const stranger = await makeMachineSetting(rig)
    const ask = () => askToken(front, { connectionId: stranger.connectionId, key: setting.key })
    for (let round = 0; round < 5; round += 1) expect((await ask()).status).toBe(404)
    const denials = async () => (await eventsOf(setting.key.id)).filter(({ action }) => action === 'access_token.denied')
    expect((await denials()).map(({ outcome, detail, targetId }) => [outcome, detail, targetId])).toEqual([
      ['denied', { reason: 'not_found', repeats: 0 }, stranger.connectionId],
    ])
    clock.advance(60 * MINUTE_MS)
    await ask()
    expect((await denials()).map(({ detail }) => detail)).toEqual([{ reason: 'not_found', repeats: 0 }, { reason: 'not_found', repeats: 4 }])
    expect(await eventsOf(stranger.key.id)).toEqual([])
  })

  test('has the next denial at once when one could not be written, not an hour later', async () => {
    const [setting, stranger] = [await makeMachineSetting(rig), await makeMachineSetting(rig)]
    const ask = () => askToken(front, { connectionId: stranger.connectionId, key: setting.key })
    await rig.database.sql('REVOKE INSERT ON audit_events FROM keyrack_app')
    const refused = await ask()
    await rig.database.sql('GRANT INSERT ON audit_events TO keyrack_app')
    expect([refused.status, await eventsOf(setting.key.id)]).toEqual([404, []])
    await ask()
    expect((await eventsOf(setting.key.id)).map(({ action }) => action)).toEqual(['access_token.denied'])
  })

  test('is not filled by ids that a key makes up', async () => {
    const setting = await makeMachineSetting(rig)
    for (let round = 0; round < 20; round += 1) await askToken(front, { connectionId: crypto.randomUUID(), key: setting.key })
    expect((await eventsOf(setting.key.id)).length).toBe(1)
  })

  test('tells of a key that lacks the scope, by the endpoint', async () => {
    const setting = await makeMachineSetting(rig)
    const key = await makeMachineKey(setting.actor, { scopes: ['connections:disconnect'] })
    expect((await askToken(front, { ...setting, key })).code).toBe('machine_key_scope')
    await front.call('GET', '/api/v1/connections', { as: key.header })
    expect((await eventsOf(key.id)).map(({ action, targetKind, targetId }) => [action, targetKind, targetId])).toEqual([
      ['access_token.denied', 'endpoint', 'GET /connections/:id/access-token'],
      ['access.denied', 'endpoint', 'GET /connections'],
    ])
  })
})

function machineActor({ key, subject }: Awaited<ReturnType<typeof makeMachineSetting>>): MachineActor {
  const context = { requestId: 'a request', address: '192.0.2.1', userAgent: 'back end' }
  return {
    context,
    caller: { ...context, keyId: key.id, organizationId: subject.organizationId, environment: 'SANDBOX', scopes: new Set(), properties: null, isTiedToAddresses: false },
  }
}

test('an organization without hand-outs has nothing to forget', async () => {
  await makeActor()
  expect(await pruneLedger(new Date(clock.at - 10_000 * DAY_MS))).toBe(0)
})
