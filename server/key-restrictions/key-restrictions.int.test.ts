import { beforeEach, describe, expect, test } from 'vitest'
import { keyRestrictionSchema } from '@/contracts/key-restrictions'
import { addingEntry, removingEntries } from '../address-lists/edits'
import { UNCONFIRMED } from '../address-lists/find-needs'
import { personAt } from '../address-lists/list-actor'
import { sweepExpired } from '../address-lists/sweep-expired'
import { db } from '../db'
import type { Actor } from '../http/define-handler'
import { authenticateMachineKey } from '../machine-keys/authenticate'
import { pruneRequests, writeRequests } from '../machine-keys/count-requests'
import { getMachineKey } from '../machine-keys/get-machine-key'
import { rotateMachineKey } from '../machine-keys/rotate-machine-key'
import { makeActor } from '../../tests/factories'
import { makeMachineKey } from '../../tests/make-machine-key'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'
import { changeKeyRestriction } from './change-key-restriction'
import { changeMode } from './change-mode'
import { getKeyRestriction } from './get-key-restriction'
import { replay } from './replay'

const rig = await openRig()
const { clock } = rig
const SECOND_MS = 1_000
const HOUR_MS = 60 * 60 * SECOND_MS
const DAY_MS = 24 * HOUR_MS

beforeEach(() => clock.advance(DAY_MS * 2))

async function makeRestricted(wishes: Parameters<typeof makeMachineKey>[1] = {}) {
  const actor = await makeActor()
  const key = await makeMachineKey(actor, wishes)
  const { id, header } = key
  const comeFrom = (address: string) =>
    refusalOf(authenticateMachineKey(header, { address, userAgent: 'back end', route: 'GET /connections' }))
  const get = () => getKeyRestriction(personAt(actor), id)
  const add = (block: string, expires: { inHours: 6 } | null = null) =>
    changeKeyRestriction(actor, id, { edit: addingEntry(actor.viewer, { block, comment: 'data center', expires, confirmation: UNCONFIRMED }) })
  const toMode = (mode: 'off' | 'report_only' | 'enforced', confirmation = UNCONFIRMED) => changeMode(actor, id, { mode, confirmation })
  return { actor, id, comeFrom, get, add, toMode }
}

const eventsOf = (id: string, action: string) => db().auditEvent.findMany({ where: { targetId: id, action }, orderBy: { id: 'asc' } })

describe('a restriction', () => {
  test('is off for a new key, and lets everybody in', async () => {
    const { get, comeFrom } = await makeRestricted()
    expect(keyRestrictionSchema.strict().parse(await get())).toMatchObject({ mode: 'off', entries: [] })
    expect(await comeFrom('unresolved')).toBe('none')
  })

  test('that is off lets everybody in, whatever its entries are', async () => {
    const { add, comeFrom } = await makeRestricted()
    await add('8.8.8.8')
    expect(await comeFrom('9.9.9.9')).toBe('none')
  })

  test('that is enforced lets in who is listed, within two seconds of the change and in every process', async () => {
    const { add, toMode, comeFrom } = await makeRestricted()
    await add('8.8.8.0/24')
    expect(await comeFrom('9.9.9.9')).toBe('none')
    await writeRequests()
    await toMode('enforced', { ...UNCONFIRMED, lockOut: true })
    clock.advance(2 * SECOND_MS)
    const asked = async () => [await comeFrom('9.9.9.9'), await comeFrom('8.8.8.7'), await comeFrom('unresolved'), await comeFrom('2001:db8::1')]
    const expected = ['machine_key_address', 'none', 'machine_key_address', 'machine_key_address']
    expect(await asked()).toEqual(expected)
    expect(await rig.asAnotherProcess(asked)).toEqual(expected)
  })

  test('that only reports lets everybody in and writes down whom it would not', async () => {
    const { id, add, toMode, comeFrom } = await makeRestricted()
    await add('8.8.8.8')
    await toMode('report_only')
    expect([await comeFrom('9.9.9.9'), await comeFrom('9.9.9.9'), await comeFrom('8.8.8.8')]).toEqual(['none', 'none', 'none'])
    expect((await eventsOf(id, 'machine_key.refusal_reported')).map(({ address, outcome }) => [address, outcome])).toEqual([['9.9.9.9', 'success']])
    expect(await eventsOf(id, 'machine_key.refused')).toEqual([])
  })

  test('that is enforced and has lost its last entry lets nobody in', async () => {
    const { id, add, toMode, comeFrom, get } = await makeRestricted()
    await add('8.8.8.8', { inHours: 6 })
    await toMode('enforced')
    expect(await comeFrom('8.8.8.8')).toBe('none')
    clock.advance(6 * HOUR_MS)
    expect(await comeFrom('8.8.8.8')).toBe('machine_key_address')
    await sweepExpired()
    expect(await get()).toMatchObject({ mode: 'enforced', entries: [] })
    expect(await eventsOf(id, 'key_restriction.entry_expired')).toHaveLength(1)
  })

  test('is never enforced empty by accident', async () => {
    const { toMode } = await makeRestricted()
    expect(await refusalOf(toMode('enforced'))).toBe('whitelist_left_empty')
    expect(await toMode('enforced', { ...UNCONFIRMED, empty: true })).toMatchObject({ mode: 'enforced' })
  })

  test('goes over to the key that replaces it', async () => {
    const { actor, id } = await makeRestricted({ addresses: ['8.8.8.0/24', '1.1.1.1'] })
    const { machineKey } = await rotateMachineKey(actor, id, { oldKey: { endsInHours: 1 } })
    expect(machineKey).toMatchObject({ restriction: 'enforced', addresses: ['8.8.8.0/24', '1.1.1.1'] })
    await changeKeyRestriction(actor, id, { edit: (entries) => entries.slice(1), confirmation: UNCONFIRMED })
    expect(await getMachineKey(actor.viewer, machineKey.id)).toMatchObject({ addresses: ['8.8.8.0/24', '1.1.1.1'] })
  })

  test('of another organization is not there', async () => {
    const { id } = await makeRestricted()
    const { actor } = await makeRestricted()
    expect(await refusalOf(getKeyRestriction(personAt(actor), id))).toBe('not_found')
    expect(await refusalOf(changeMode(actor, id, { mode: 'off', confirmation: UNCONFIRMED }))).toBe('not_found')
  })
})

describe('the guard', () => {
  test('warns who would be shut out, by name, before anything is changed', async () => {
    const { id, add, toMode, comeFrom, get } = await makeRestricted()
    await add('8.8.8.8')
    for (const address of ['8.8.8.8', '9.9.9.9', 'unresolved']) await comeFrom(address)
    await writeRequests()
    await expect(toMode('enforced')).rejects.toMatchObject({
      code: 'whitelist_locks_out', extras: { issues: [{ path: 'confirmation.lockOut', message: '9.9.9.9' }, { path: 'confirmation.lockOut', message: 'unresolved' }] },
    })
    expect(await get()).toMatchObject({ mode: 'off', addressesInUse: ['8.8.8.8', '9.9.9.9', 'unresolved'] })
    expect(await toMode('enforced', { ...UNCONFIRMED, lockOut: true })).toMatchObject({ mode: 'enforced' })
    const [event] = await eventsOf(id, 'key_restriction.mode_changed')
    expect(event?.detail).toEqual({ from: 'off', to: 'enforced', lockedOut: ['9.9.9.9', 'unresolved'] })
  })

  test('warns the person whose own address the change takes off the list', async () => {
    const { actor, id, add, toMode } = await makeRestricted()
    await add(actor.context.address)
    const { entries } = await add('8.8.8.8')
    await toMode('enforced')
    const removing = { edit: removingEntries([entries[0]?.id ?? '']) }
    await expect(changeKeyRestriction(actor, id, removing)).rejects.toMatchObject({ code: 'whitelist_locks_out', extras: { issues: [{ message: actor.context.address }] } })
    const confirmed = { ...removing, confirmation: { ...UNCONFIRMED, lockOut: true } }
    expect((await changeKeyRestriction(actor, id, confirmed)).entries.map(({ block }) => block)).toEqual(['8.8.8.8'])
  })

  test('says nothing while the restriction is not enforced', async () => {
    const { actor, id, add, comeFrom } = await makeRestricted()
    const { entries } = await add('8.8.8.8')
    await comeFrom('8.8.8.8')
    await writeRequests()
    await add('9.9.9.9')
    expect((await changeKeyRestriction(actor, id, { edit: removingEntries([entries[0]?.id ?? '']) })).entries).toHaveLength(1)
  })
})

describe('a replay', () => {
  const blockedOf = (actor: Actor, id: string, blocks: readonly string[]) => replay(actor.viewer.organizationId, id, blocks)

  test('measures every request of the last 24 h against a draft, let in or not', async () => {
    const { actor, id, comeFrom } = await makeRestricted({ addresses: ['8.8.8.0/24'] })
    await comeFrom('8.8.8.1')
    clock.advance(25 * HOUR_MS)
    for (const address of ['8.8.8.7', '8.8.8.7', '8.8.8.9', '9.9.9.9']) await comeFrom(address)
    await writeRequests()
    await comeFrom('8.8.8.9')
    await writeRequests()
    expect(await blockedOf(actor, id, ['8.8.8.7'])).toMatchObject({
      requests: 5, addresses: 3, blockedRequests: 3, blockedAddresses: 2,
      blocked: [{ address: '8.8.8.9', requests: 2 }, { address: '9.9.9.9', requests: 1 }],
    })
    expect(await blockedOf(actor, id, ['8.0.0.0/8', '9.9.9.9'])).toMatchObject({ blockedRequests: 0, blocked: [] })
  })

  test('counts nothing for a key that is revoked, because it is no use of it', async () => {
    const { actor, id, comeFrom } = await makeRestricted({ revokedAt: clock.date })
    expect(await comeFrom('8.8.8.8')).toBe('machine_key_invalid')
    await writeRequests()
    expect(await blockedOf(actor, id, [])).toMatchObject({ requests: 0 })
  })

  test('loses no count to a database that was away', async () => {
    const { actor, id, comeFrom } = await makeRestricted()
    await comeFrom('8.8.8.8')
    await comeFrom('8.8.8.8')
    const { pool } = rig.runtime
    const query = pool.query.bind(pool)
    Object.assign(pool, { query: () => Promise.reject(new Error('Connection terminated unexpectedly')) })
    await writeRequests()
    Object.assign(pool, { query })
    await writeRequests()
    expect(await blockedOf(actor, id, [])).toMatchObject({ requests: 2 })
  })

  test('tells which entries nobody came from for ninety days, and forgets what is older', async () => {
    const { add, get, comeFrom } = await makeRestricted()
    await add('8.8.8.8')
    await add('9.9.9.9')
    clock.advance(91 * DAY_MS)
    await comeFrom('9.9.9.9')
    await writeRequests()
    const { entries } = await get()
    expect(entries.map(({ isUnused, lastSeenAt }) => [isUnused, lastSeenAt === null])).toEqual([[true, true], [false, false]])
    clock.advance(93 * DAY_MS)
    await pruneRequests(clock.date)
    expect(await db().keyRequest.count()).toBe(0)
  })
})
