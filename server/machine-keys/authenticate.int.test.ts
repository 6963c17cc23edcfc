import fc from 'fast-check'
import { randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { MACHINE_SCOPES } from '@/contracts/machine-scopes'
import { formatMachineKey, parseMachineKey } from '@/lib/machine-key'
import { db, makePool } from '../db'
import { authenticateMachineKey } from './authenticate'
import { requireScope, type KeyContext } from './machine-caller'
import { openBreakablePool } from '../../tests/breakable-database'
import { countQueries } from '../../tests/count-queries'
import { dumpDatabase, findSecrets } from '../../tests/database-dump'
import { makeDeadPool } from '../../tests/dead-pool'
import { makeActor } from '../../tests/factories'
import { makeMachineKey } from '../../tests/make-machine-key'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'
import cidrVectors from '../../tests/vectors/ipv4-cidr.json'

const rig = await openRig()
const { clock, runtime } = rig
const deadPool = makeDeadPool()
const MINUTE_MS = 60_000

const at = (address: string): KeyContext => ({ address, userAgent: 'back end 1.0', route: 'GET /connections/:id' })
const here = at('198.51.100.7')
const check = (header: string | undefined, context = here) => authenticateMachineKey(header, context)
const refusals = (keyId: string) =>
  db().auditEvent.findMany({ where: { action: 'machine_key.refused', targetId: keyId }, orderBy: { id: 'asc' } })

beforeEach(() => {
  // Whatever a test before has made this process remember is too old now.
  clock.advance(10 * MINUTE_MS)
})

describe('a machine key', () => {
  test('stands for its organization and rights, and for where it was shown', async () => {
    const actor = await makeActor()
    const { id, header } = await makeMachineKey(actor, {
      environment: 'PRODUCTION', scopes: ['connections:read'], properties: ['324410', '324411'],
    })
    expect(await check(header)).toEqual({
      keyId: id, organizationId: actor.viewer.organizationId, environment: 'PRODUCTION',
      scopes: new Set(['connections:read']), properties: new Set(['324410', '324411']),
      address: '198.51.100.7', isTiedToAddresses: false, userAgent: 'back end 1.0',
    })
  })

  test('whose stored addresses cannot be read is refused from everywhere, and keeps no other from being read with it', async () => {
    const actor = await makeActor()
    const [broken, sound] = [await makeMachineKey(actor, { addresses: ['198.51.100.7/99'] }), await makeMachineKey(actor)]
    const [refused, caller] = await Promise.all([refusalOf(check(broken.header)), check(sound.header)])
    expect([refused, caller.keyId]).toEqual(['machine_key_address', sound.id])
  })

  test('without a list may ask for every property', async () => {
    const { header } = await makeMachineKey(await makeActor())
    expect(await check(header)).toMatchObject({ properties: null, scopes: new Set(MACHINE_SCOPES) })
  })

  test('may do what its scopes say and nothing else, because nothing is allowed that is not named', async () => {
    const { header } = await makeMachineKey(await makeActor(), { scopes: ['connections:read'] })
    const caller = await check(header)
    expect(() => requireScope(caller, 'connections:read')).not.toThrow()
    expect(() => requireScope(caller, 'any')).not.toThrow()
    for (const scope of MACHINE_SCOPES.slice(1)) expect(() => requireScope(caller, scope)).toThrow('machine_key_scope')
  })

  test('loses a scope that this version does not know, because nobody can say what it allows', async () => {
    const { id, header } = await makeMachineKey(await makeActor())
    await db().machineKey.update({ where: { id }, data: { scopes: ['connections:read', 'keys:create'] } })
    expect((await check(header)).scopes).toEqual(new Set(['connections:read']))
  })

  test('is read whatever the letter case of the scheme and the blanks behind it, as HTTP has it', async () => {
    const { text } = await makeMachineKey(await makeActor())
    for (const header of [`bearer ${text}`, `BEARER   ${text}`]) expect(await refusalOf(check(header))).toBe('none')
  })

  test('is in no table and in no log', async () => {
    const { text, header } = await makeMachineKey(await makeActor(), { revokedAt: clock.date })
    await refusalOf(check(header))
    expect(findSecrets(await dumpDatabase(rig.database), [text])).toEqual([])
    expect(findSecrets(rig.logs(), [text])).toEqual([])
  })
})

describe('what is no valid key is refused', () => {
  test('as missing without a header and with another scheme', async () => {
    for (const header of [undefined, '', 'Bearer', 'Basic a3JrOg==', 'krk_test_x', 'Bearerkrk']) {
      expect(await refusalOf(check(header))).toBe('machine_key_missing')
    }
  })

  test('as invalid when it was never made here, however well-formed it is', async () => {
    expect(await refusalOf(check(`Bearer ${formatMachineKey('SANDBOX', randomBytes(32))}`))).toBe('machine_key_invalid')
  })

  test('as invalid when it is expired, at the very millisecond, also while memory is believed', async () => {
    const { header } = await makeMachineKey(await makeActor(), { expiresAt: new Date(clock.at + 300) })
    expect(await refusalOf(check(header))).toBe('none')
    clock.advance(299)
    expect(await refusalOf(check(header))).toBe('none')
    clock.advance(1)
    expect(await refusalOf(check(header))).toBe('machine_key_invalid')
  })

  test('ten thousand times, whatever the header holds, with no fault of ours and no query', async () => {
    const { text } = await makeMachineKey(await makeActor())
    const [spoilt, nearly] = [fc.nat(57), fc.constantFrom('0', 'z', ' ', 'é', '\0', '🔑', '')]
    const values = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: 'binary', maxLength: 80 }).map((rest) => `Bearer ${rest}`),
      fc.string({ unit: fc.constantFrom(...'0123456789ABCXYZabcxyz'), minLength: 49, maxLength: 49 }).map((rest) => `Bearer krk_live_${rest}`),
      fc.tuple(spoilt, nearly).map(([index, other]) => `Bearer ${text.slice(0, index)}${other}${text.slice(index + 1)}`),
      fc.nat(57).map((length) => `Bearer ${text.slice(0, length)}`),
      fc.constantFrom(...['a', ' ', '\t', ',', 'Bearer '].map((unit) => `Bearer ${unit.repeat(20_000)}`)),
    )
    const headers = fc.sample(values.filter((header) => !parseMachineKey(header.slice(7))), 10_000)
    const answers = new Set<string>()
    const queries = await countQueries(runtime.pool, async () => {
      for (const header of headers) answers.add(await refusalOf(check(header)))
    })
    expect([...answers].sort()).toEqual(['machine_key_invalid', 'machine_key_missing'])
    expect(queries).toBe(0)
  })
})

describe('a restricted key', () => {
  const usable = cidrVectors.filter((vector) => vector.canonical !== null && vector.verdict !== 'suggest' && vector.verdict !== 'refuse')

  test('is taken from within each network that a list may hold, and from beside none of them', async () => {
    expect(usable.length).toBeGreaterThan(5)
    const actor = await makeActor()
    const wrong: string[] = []
    for (const { canonical } of usable) {
      if (canonical === null) continue
      const { header } = await makeMachineKey(actor, { addresses: [canonical] })
      const tryFrom = async (value: number, expected: 'none' | 'machine_key_address') => {
        if (value < 0 || value >= 2 ** 32) return
        const address = [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.')
        const found = await refusalOf(check(header, at(address)))
        if (found !== expected) wrong.push(`${address} in ${canonical}: ${found}`)
      }
      const [network = '', prefix = '32'] = canonical.split('/')
      const first = network.split('.').reduce((value, octet) => value * 256 + Number(octet), 0)
      const last = first + 2 ** (32 - Number(prefix)) - 1
      await tryFrom(first, 'none')
      await tryFrom(last, 'none')
      await tryFrom(first - 1, 'machine_key_address')
      await tryFrom(last + 1, 'machine_key_address')
    }
    expect(wrong).toEqual([])
  })

  test('is refused from an address that could not be resolved, and from any of IPv6', async () => {
    const { header } = await makeMachineKey(await makeActor(), { addresses: ['0.0.0.0/0'] })
    for (const address of ['unresolved', '', '2001:db8::1', '8.8.8.08', '8.8.8', '8.8.8.8:1']) {
      expect(await refusalOf(check(header, at(address)))).toBe('machine_key_address')
    }
    expect(await refusalOf(check(header, at('8.8.8.8')))).toBe('none')
  })

  test('that is not restricted is taken from wherever it comes, also when that is not known', async () => {
    const { header } = await makeMachineKey(await makeActor())
    for (const address of ['unresolved', '2001:db8::1', '8.8.8.8']) expect(await refusalOf(check(header, at(address)))).toBe('none')
  })
})

describe('the memory of keys', () => {
  test('answers for 500 ms, then the database is asked again, once for all who wait', async () => {
    const { header } = await makeMachineKey(await makeActor())
    const many = () => Promise.all(Array.from({ length: 200 }, () => check(header)))
    expect(await countQueries(runtime.pool, many)).toBe(1)
    clock.advance(499)
    expect(await countQueries(runtime.pool, many)).toBe(0)
    clock.advance(1)
    expect(await countQueries(runtime.pool, many)).toBe(1)
  })

  test('reads many keys that come together in one query', async () => {
    const actor = await makeActor()
    const made = await Promise.all(Array.from({ length: 50 }, () => makeMachineKey(actor)))
    const callers: string[] = []
    const queries = await countQueries(runtime.pool, async () => {
      callers.push(...(await Promise.all(made.map(({ header }) => check(header)))).map((caller) => caller.keyId))
    })
    expect(callers).toEqual(made.map(({ id }) => id))
    expect(queries).toBe(1)
  })

  test('keeps also that a key is unknown, because a back end with a wrong key asks without pause', async () => {
    const header = `Bearer ${formatMachineKey('PRODUCTION', randomBytes(32))}`
    await refusalOf(check(header))
    expect(await countQueries(runtime.pool, () => refusalOf(check(header)))).toBe(0)
  })

  test('is not pushed out by keys that never were', async () => {
    const { header } = await makeMachineKey(await makeActor())
    await check(header)
    await Promise.all(Array.from({ length: 20_001 }, () => refusalOf(check(`Bearer ${formatMachineKey('SANDBOX', randomBytes(32))}`))))
    expect(await countQueries(runtime.pool, () => check(header))).toBe(0)
  })

  test('is not believed when the clock was set back, because nobody knows how old it is', async () => {
    const { id, header } = await makeMachineKey(await makeActor())
    await check(header)
    await db().machineKey.update({ where: { id }, data: { revokedAt: clock.date } })
    clock.advance(-5_000)
    expect(await refusalOf(check(header))).toBe('machine_key_invalid')
  })

  test('forgets a revoked key within a second in every process', async () => {
    const { id, header } = await makeMachineKey(await makeActor())
    const other = { singletons: new Map() }
    await check(header)
    await rig.asAnotherProcess(() => check(header), other)
    await db().machineKey.update({ where: { id }, data: { revokedAt: clock.date } })
    clock.advance(500)
    expect(await refusalOf(check(header))).toBe('machine_key_invalid')
    expect(await refusalOf(rig.asAnotherProcess(() => check(header), other))).toBe('machine_key_invalid')
  })

  test('counts for nothing once it is old and the database is away', async () => {
    const { header } = await makeMachineKey(await makeActor())
    const breakable = await openBreakablePool(rig.database.appUrl)
    const elsewhere = { pool: breakable.pool, singletons: new Map() }
    expect(await refusalOf(rig.asAnotherProcess(() => check(header), elsewhere))).toBe('none')
    await breakable.cut()
    expect(await refusalOf(rig.asAnotherProcess(() => check(header), elsewhere))).toBe('none')
    clock.advance(500)
    expect(await refusalOf(rig.asAnotherProcess(() => check(header), elsewhere))).toBe('database_unavailable')
    await breakable.mend()
    expect(await refusalOf(rig.asAnotherProcess(() => check(header), elsewhere))).toBe('none')
  })

  test('lets nobody in who has not been here before, while the database is away', async () => {
    const { header } = await makeMachineKey(await makeActor())
    expect(await refusalOf(rig.asAnotherProcess(() => check(header), { pool: deadPool }))).toBe('database_unavailable')
  })

  test('gives up after five seconds without an answer, because a connection that went silent must not hold up everybody', async () => {
    const { header } = await makeMachineKey(await makeActor())
    const silent = makePool(rig.database.appUrl, 4, runtime.log)
    silent.options.connectionTimeoutMillis = 20_000
    vi.spyOn(silent, 'query').mockImplementation(() => new Promise(() => undefined))
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const waiting = refusalOf(rig.asAnotherProcess(() => check(header), { pool: silent }))
    await vi.waitFor(() => expect(silent.query).toHaveBeenCalled())
    await vi.advanceTimersByTimeAsync(5_000)
    vi.useRealTimers()
    expect(await waiting).toBe('database_unavailable')
    await silent.end()
  })

  test('does not believe an answer that took longer than that to come', async () => {
    const { header } = await makeMachineKey(await makeActor())
    const slow = { singletons: new Map(), clock: () => new Date(clock.at += 501) }
    expect(await refusalOf(rig.asAnotherProcess(() => check(header), slow))).toBe('database_unavailable')
  })
})

describe('a known key that is refused', () => {
  test.each(['revoked', 'expired', 'address'] as const)('is written down with the reason: %s', async (reason) => {
    const actor = await makeActor()
    const wishes = { revoked: { revokedAt: clock.date }, expired: { expiresAt: clock.date }, address: { addresses: ['8.8.8.8'] } }
    const { id, header } = await makeMachineKey(actor, wishes[reason])
    await refusalOf(check(header))
    expect(await refusals(id)).toEqual([
      expect.objectContaining({
        organizationId: actor.viewer.organizationId, outcome: 'denied', actorKind: 'anonymous', address: here.address,
        userAgent: here.userAgent, detail: { reason, route: here.route },
      }),
    ])
  })

  test('leaves one event for each address and minute, however often it comes', async () => {
    const { id, header } = await makeMachineKey(await makeActor(), { revokedAt: clock.date })
    const comeFrom = async (address: string) => {
      for (let call = 0; call < 50; call += 1) await refusalOf(check(header, at(address)))
    }
    await comeFrom('8.8.8.8')
    await comeFrom('8.8.4.4')
    clock.advance(MINUTE_MS)
    await comeFrom('8.8.8.8')
    expect((await refusals(id)).map(({ address }) => address)).toEqual(['8.8.8.8', '8.8.4.4', '8.8.8.8'])
  })

  test('leaves at most twenty events in a minute, because a key that leaked widely must not fill the log of proofs', async () => {
    const { id, header } = await makeMachineKey(await makeActor(), { revokedAt: clock.date })
    for (let last = 0; last < 60; last += 1) await refusalOf(check(header, at(`8.8.8.${last}`)))
    expect(await refusals(id)).toHaveLength(20)
  })

  test('leaves no event when it is unknown, because then it belongs to nobody', async () => {
    const before = await db().auditEvent.count()
    const lines = () => rig.logs().split('an unknown machine key was refused').length
    const logged = lines()
    for (let call = 0; call < 3; call += 1) await refusalOf(check(`Bearer ${formatMachineKey('SANDBOX', randomBytes(32))}`))
    expect(await db().auditEvent.count()).toBe(before)
    expect(lines()).toBe(logged + 1)
  })
})
