import { beforeEach, describe, expect, test } from 'vitest'
import { createMachineKeyInput, machineKeyQuerySchema } from '@/contracts/machine-keys'
import { MACHINE_SCOPES } from '@/contracts/machine-scopes'
import { parseMachineKey } from '@/lib/machine-key'
import { db } from '../db'
import type { Actor } from '../http/define-handler'
import { authenticateMachineKey } from './authenticate'
import { createMachineKey } from './create-machine-key'
import { getMachineKey } from './get-machine-key'
import { writeLastUsed } from './last-used'
import { listMachineKeys } from './list-machine-keys'
import { revokeMachineKey } from './revoke-machine-key'
import { rotateMachineKey } from './rotate-machine-key'
import { dumpDatabase, findSecrets } from '../../tests/database-dump'
import { makeActor, makeColleague } from '../../tests/factories'
import { makeMachineKey } from '../../tests/make-machine-key'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'

const rig = await openRig()
const { clock } = rig
const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS

const wish = (part: object = {}) =>
  createMachineKeyInput.parse({ name: 'Booking engine', environment: 'PRODUCTION', scopes: ['connections:read', 'tokens:read'], ...part })
const create = (actor: Actor, part: object = {}) => createMachineKey(actor, wish(part))
const isLetIn = async (key: string) =>
  (await refusalOf(authenticateMachineKey(`Bearer ${key}`, { address: '8.8.8.8', userAgent: 'x', route: 'GET /' }))) === 'none'
const list = (actor: Actor, query: object = {}) => listMachineKeys(actor.viewer, machineKeyQuerySchema.parse(query))
const names = async (actor: Actor, query: object = {}) => (await list(actor, query)).items.map(({ name }) => name)
const events = (targetId: string) => db().auditEvent.findMany({ where: { targetId }, orderBy: { id: 'asc' } })

beforeEach(() => {
  // Whatever a test before has made this process remember is too old now.
  clock.advance(HOUR_MS)
})

describe('a new key', () => {
  test('is answered once, lets in at once, and is kept as a digest only', async () => {
    const actor = await makeActor({ role: 'developer' })
    const { key, machineKey } = await create(actor)
    expect(parseMachineKey(key)).toBe('PRODUCTION')
    expect(await isLetIn(key)).toBe(true)
    expect(machineKey).toEqual(await getMachineKey(actor.viewer, machineKey.id))
    expect(JSON.stringify([machineKey, await list(actor)])).not.toContain(key.slice(9, 30))
    expect(findSecrets(await dumpDatabase(rig.database), [key])).toEqual([])
    expect(findSecrets(rig.logs(), [key])).toEqual([])
  })

  test('shows what it may and who made it', async () => {
    const actor = await makeActor()
    const { key, machineKey } = await create(actor, { properties: ['324410'], addresses: ['8.8.8.0/24'] })
    expect(machineKey).toEqual({
      id: expect.any(String), name: 'Booking engine', environment: 'PRODUCTION', last4: key.slice(-4), state: 'active',
      scopes: ['connections:read', 'tokens:read'], properties: ['324410'], restriction: 'enforced', addresses: ['8.8.8.0/24'],
      createdAt: clock.date.toISOString(), createdBy: actor.viewer.name, expiresAt: new Date(clock.at + 365 * DAY_MS).toISOString(),
      revokedAt: null, lastUse: null, isUnused: false, replacedById: null, replacesId: null, belongsTo: 'organization', rotateBy: null,
    })
  })

  test('expires after a year unless something else is said, and never only when that is said', async () => {
    const actor = await makeActor()
    const never = await create(actor, { expiresAt: null })
    const soon = await create(actor, { expiresAt: new Date(clock.at + 1_000).toISOString() })
    expect(never.machineKey.expiresAt).toBeNull()
    clock.advance(1_000)
    expect(await isLetIn(soon.key)).toBe(false)
    clock.advance(11 * 365 * DAY_MS)
    expect(await isLetIn(never.key)).toBe(true)
  })

  test.each([0, -1, 11 * 365 * DAY_MS])('cannot expire %d ms from now, because that is past or as good as never', async (ms) => {
    const actor = await makeActor()
    expect(await refusalOf(create(actor, { expiresAt: new Date(clock.at + ms).toISOString() }))).toBe('invalid_input')
    expect((await list(actor)).hasAny).toBe(false)
  })

  test('is audited with its rights and without itself', async () => {
    const actor = await makeActor()
    const { key, machineKey } = await create(actor, { addresses: ['8.8.8.8'] })
    const [event, ...more] = await events(machineKey.id)
    expect(more).toEqual([])
    expect(event).toMatchObject({
      action: 'machine_key.created', outcome: 'success', actorId: actor.viewer.userId, organizationId: actor.viewer.organizationId,
      detail: { name: 'Booking engine', scopes: ['connections:read', 'tokens:read'], addresses: ['8.8.8.8'], last4: key.slice(-4) },
    })
    expect(JSON.stringify(event?.detail)).not.toContain(key)
  })
})

describe('a rotation', () => {
  test('makes a successor with the same rights and the same length of life, and a key of its own', async () => {
    const actor = await makeActor()
    const first = await create(actor, { properties: ['324410'], addresses: ['8.8.8.8'], expiresAt: new Date(clock.at + 30 * DAY_MS).toISOString() })
    clock.advance(10 * DAY_MS)
    const second = await rotateMachineKey(actor, first.machineKey.id, { oldKey: { endsInHours: 24 } })
    const { id: _, last4, createdAt, expiresAt, replacesId, ...rights } = second.machineKey
    expect(first.machineKey).toMatchObject({ ...rights, replacedById: null })
    expect(second.key).not.toBe(first.key)
    expect([last4, createdAt, replacesId]).toEqual([second.key.slice(-4), clock.date.toISOString(), first.machineKey.id])
    expect(expiresAt).toBe(new Date(clock.at + 30 * DAY_MS).toISOString())
    expect(await getMachineKey(actor.viewer, first.machineKey.id)).toMatchObject({ state: 'ending', replacedById: second.machineKey.id })
  })

  test('lets both in during the overlap, and the old one no millisecond longer', async () => {
    const actor = await makeActor()
    const first = await create(actor)
    const second = await rotateMachineKey(actor, first.machineKey.id, { oldKey: { endsInHours: 24 } })
    clock.advance(DAY_MS - 1)
    expect([await isLetIn(first.key), await isLetIn(second.key)]).toEqual([true, true])
    clock.advance(1)
    expect([await isLetIn(first.key), await isLetIn(second.key)]).toEqual([false, true])
    expect(await getMachineKey(actor.viewer, first.machineKey.id)).toMatchObject({ state: 'replaced' })
  })

  test('ends the old key at once, or at a date, as wished', async () => {
    const actor = await makeActor()
    const [now, later] = [await create(actor), await create(actor)]
    await rotateMachineKey(actor, now.machineKey.id, { oldKey: { endsInHours: 0 } })
    await rotateMachineKey(actor, later.machineKey.id, { oldKey: { endsAt: new Date(clock.at + 3 * DAY_MS).toISOString() } })
    expect([await isLetIn(now.key), await isLetIn(later.key)]).toEqual([false, true])
    clock.advance(3 * DAY_MS)
    expect(await isLetIn(later.key)).toBe(false)
  })

  test('never prolongs the old key, because a hard end is a hard end', async () => {
    const actor = await makeActor()
    const first = await create(actor, { expiresAt: new Date(clock.at + HOUR_MS).toISOString() })
    await rotateMachineKey(actor, first.machineKey.id, { oldKey: { endsInHours: 168 } })
    clock.advance(HOUR_MS)
    expect(await isLetIn(first.key)).toBe(false)
  })

  test('renews a key that has expired, and leaves that one expired', async () => {
    const actor = await makeActor()
    const first = await create(actor, { expiresAt: new Date(clock.at + HOUR_MS).toISOString() })
    clock.advance(2 * HOUR_MS)
    const second = await rotateMachineKey(actor, first.machineKey.id, { oldKey: { endsInHours: 24 } })
    expect([await isLetIn(first.key), await isLetIn(second.key)]).toEqual([false, true])
  })

  test.each([-1, 0, 91 * DAY_MS])('is refused with an end of the old key %d ms from now', async (ms) => {
    const actor = await makeActor()
    const { machineKey } = await create(actor)
    const oldKey = { endsAt: new Date(clock.at + ms).toISOString() }
    expect(await refusalOf(rotateMachineKey(actor, machineKey.id, { oldKey }))).toBe('invalid_input')
    expect((await getMachineKey(actor.viewer, machineKey.id)).replacedById).toBeNull()
  })

  test('happens once, though two people rotate at the same time', async () => {
    const actor = await makeActor()
    const { machineKey } = await create(actor)
    const tries = Array.from({ length: 4 }, () => refusalOf(rotateMachineKey(actor, machineKey.id, { oldKey: { endsInHours: 1 } })))
    expect((await Promise.all(tries)).sort()).toEqual(['conflict', 'conflict', 'conflict', 'none'])
    expect((await list(actor, { show: 'all' })).total).toBe(2)
  })

  test('is refused for a key that was revoked, because it would bring it back', async () => {
    const actor = await makeActor()
    const { machineKey } = await create(actor)
    await revokeMachineKey(actor, machineKey.id)
    expect(await refusalOf(rotateMachineKey(actor, machineKey.id, { oldKey: { endsInHours: 1 } }))).toBe('conflict')
    expect((await list(actor, { show: 'all' })).total).toBe(1)
  })

  test('is audited on the old key, with its end and its successor', async () => {
    const actor = await makeActor()
    const first = await create(actor)
    const second = await rotateMachineKey(actor, first.machineKey.id, { oldKey: { endsInHours: 0 } })
    expect((await events(first.machineKey.id)).map(({ action, detail }) => [action, detail])).toEqual([
      ['machine_key.created', expect.anything()],
      ['machine_key.rotated', {
        successorId: second.machineKey.id, endsAt: clock.date.toISOString(), last4: first.key.slice(-4), successorLast4: second.key.slice(-4),
      }],
    ])
  })
})

describe('a revoked key', () => {
  test('lets nobody in within a second, here and in another process that has just used it', async () => {
    const actor = await makeActor()
    const { key, machineKey } = await create(actor)
    const other = { singletons: new Map() }
    expect([await isLetIn(key), await rig.asAnotherProcess(() => isLetIn(key), other)]).toEqual([true, true])
    await revokeMachineKey(actor, machineKey.id)
    clock.advance(999)
    expect([await isLetIn(key), await rig.asAnotherProcess(() => isLetIn(key), other)]).toEqual([false, false])
  })

  test('does not take its successor along', async () => {
    const actor = await makeActor()
    const first = await create(actor)
    const second = await rotateMachineKey(actor, first.machineKey.id, { oldKey: { endsInHours: 24 } })
    await revokeMachineKey(actor, first.machineKey.id)
    expect([await isLetIn(first.key), await isLetIn(second.key)]).toEqual([false, true])
  })

  test('stays as it is when it is revoked again, and that leaves one event', async () => {
    const actor = await makeActor()
    const { machineKey } = await create(actor)
    const revoked = await revokeMachineKey(actor, machineKey.id)
    clock.advance(HOUR_MS)
    expect(await revokeMachineKey(await makeColleague(actor), machineKey.id)).toEqual(revoked)
    expect((await events(machineKey.id)).map(({ action }) => action)).toEqual(['machine_key.created', 'machine_key.revoked'])
  })
})

describe('the list', () => {
  test('holds the keys that are let in, the newest first, and the others when asked', async () => {
    const actor = await makeActor()
    await create(actor, { name: 'oldest', expiresAt: null })
    clock.advance(1)
    await create(actor, { name: 'expires', expiresAt: new Date(clock.at + 10).toISOString() })
    const { machineKey } = await create(actor, { name: 'revoked' })
    await revokeMachineKey(actor, machineKey.id)
    clock.advance(1)
    await create(actor, { name: 'newest' })
    expect(await names(actor)).toEqual(['newest', 'expires', 'oldest'])
    clock.advance(10)
    expect(await names(actor)).toEqual(['newest', 'oldest'])
    expect((await names(actor, { show: 'ended' })).sort()).toEqual(['expires', 'revoked'])
    expect((await list(actor, { show: 'all' })).total).toBe(4)
  })

  test('is searched by name in any letter case, by the last four characters, and by signs that mean themselves', async () => {
    const actor = await makeActor()
    const { machineKey } = await create(actor, { name: 'Channel 100% sync' })
    await create(actor, { name: 'Other' })
    for (const q of ['channel', '100%', machineKey.last4]) expect(await names(actor, { q })).toEqual(['Channel 100% sync'])
    for (const q of ['1_0', '%', '\\', 'nowhere']) expect(await names(actor, { q })).toEqual(q === '%' ? ['Channel 100% sync'] : [])
  })

  test('is sorted by each of its orders, with what has no such instant at the end', async () => {
    const actor = await makeActor()
    const a = await create(actor, { name: 'a', expiresAt: null })
    clock.advance(1)
    await create(actor, { name: 'b', expiresAt: new Date(clock.at + DAY_MS).toISOString() })
    const c = await create(actor, { name: 'c' })
    await isLetIn(c.key)
    clock.advance(1)
    await isLetIn(a.key)
    await writeLastUsed('all')
    const sorted = (sort: string, direction: string) => names(actor, { sort, direction })
    expect([await sorted('name', 'asc'), await sorted('name', 'desc')]).toEqual([['a', 'b', 'c'], ['c', 'b', 'a']])
    expect([await sorted('expires', 'asc'), await sorted('expires', 'desc')]).toEqual([['b', 'c', 'a'], ['c', 'b', 'a']])
    expect([await sorted('last-used', 'asc'), await sorted('last-used', 'desc')]).toEqual([['c', 'a', 'b'], ['a', 'c', 'b']])
  })

  test('comes in pages of fifty', async () => {
    const actor = await makeActor()
    for (let index = 0; index < 51; index += 1) await makeMachineKey(actor)
    const [first, second, third] = [await list(actor), await list(actor, { page: 2 }), await list(actor, { page: 3 })]
    expect([first, second, third].map(({ items, hasNext, total }) => [items.length, hasNext, total])).toEqual([[50, true, 51], [1, false, 51], [0, false, 51]])
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(51)
  })

  test('flags a valid key that rested for more than ninety days', async () => {
    const actor = await makeActor()
    const { key } = await create(actor)
    clock.advance(91 * DAY_MS)
    expect((await list(actor)).items.map(({ isUnused }) => isUnused)).toEqual([true])
    await isLetIn(key)
    await writeLastUsed('all')
    expect((await list(actor)).items).toMatchObject([{ isUnused: false, lastUse: { at: clock.date.toISOString(), address: '8.8.8.8', route: 'GET /' } }])
  })
})

describe("another organization's keys", () => {
  test('are not there: not seen, not rotated, not revoked, not found by their successor', async () => {
    const [actor, stranger] = [await makeActor(), await makeActor()]
    const first = await create(actor)
    await rotateMachineKey(actor, first.machineKey.id, { oldKey: { endsInHours: 24 } })
    const { id } = (await create(actor)).machineKey
    expect(await refusalOf(getMachineKey(stranger.viewer, id))).toBe('not_found')
    expect(await refusalOf(revokeMachineKey(stranger, id))).toBe('not_found')
    expect(await refusalOf(rotateMachineKey(stranger, id, { oldKey: { endsInHours: 0 } }))).toBe('not_found')
    expect(await list(stranger, { show: 'all' })).toMatchObject({ items: [], total: 0, hasAny: false })
    expect((await getMachineKey(actor.viewer, id)).state).toBe('active')
  })

  test('stand for their own organization and no other', async () => {
    const [actor, stranger] = [await makeActor(), await makeActor()]
    const made = [await create(actor, { scopes: [...MACHINE_SCOPES] }), await create(stranger, { scopes: [...MACHINE_SCOPES] })]
    const callers = await Promise.all(
      made.map(({ key }) => authenticateMachineKey(`Bearer ${key}`, { address: '8.8.8.8', userAgent: 'x', route: 'GET /' })),
    )
    expect(callers.map((caller) => caller.organizationId)).toEqual([actor.viewer.organizationId, stranger.viewer.organizationId])
  })
})
