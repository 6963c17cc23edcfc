import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '../db'
import { authenticateMachineKey } from './authenticate'
import { startLastUsedWriter, writeLastUsed } from './last-used'
import { openBreakablePool } from '../../tests/breakable-database'
import { countQueries } from '../../tests/count-queries'
import { makeActor } from '../../tests/factories'
import { makeMachineKey } from '../../tests/make-machine-key'
import { openRig } from '../../tests/runtime'

const rig = await openRig()
const { clock, runtime } = rig
const MINUTE_MS = 60_000

const use = (header: string, address = '198.51.100.7', route = 'GET /connections') =>
  authenticateMachineKey(header, { address, userAgent: 'back end 1.0', route })
const stored = async (id: string) => {
  const { lastUsedAt, lastUsedAddress, lastUsedUserAgent, lastUsedRoute } = await db().machineKey.findUniqueOrThrow({ where: { id } })
  return { lastUsedAt, lastUsedAddress, lastUsedUserAgent, lastUsedRoute }
}

beforeEach(async () => {
  await writeLastUsed('all')
  clock.advance(10 * MINUTE_MS)
})

describe('the last use of a key', () => {
  test('is written with when, from where, by what and for what', async () => {
    const { id, header } = await makeMachineKey(await makeActor())
    await use(header)
    expect((await stored(id)).lastUsedAt).toBeNull()
    await writeLastUsed('due')
    expect(await stored(id)).toEqual({
      lastUsedAt: clock.date, lastUsedAddress: '198.51.100.7', lastUsedUserAgent: 'back end 1.0', lastUsedRoute: 'GET /connections',
    })
  })

  test('is written once a minute for a key that is used without pause, by the latest use', async () => {
    const { id, header } = await makeMachineKey(await makeActor())
    const writes: Date[] = []
    for (let second = 0; second < 120; second += 1) {
      await use(header, `8.8.8.${second}`)
      if (second % 5 === 0) await writeLastUsed('due')
      const { lastUsedAt } = await stored(id)
      if (lastUsedAt && lastUsedAt.getTime() !== writes.at(-1)?.getTime()) writes.push(lastUsedAt)
      clock.advance(1_000)
    }
    expect(writes).toHaveLength(2)
    expect(Number(writes[1]) - Number(writes[0])).toBe(MINUTE_MS)
    clock.advance(MINUTE_MS)
    await writeLastUsed('due')
    expect(await stored(id)).toMatchObject({ lastUsedAddress: '8.8.8.119' })
  })

  test('takes one statement for all keys, and none when nothing was used', async () => {
    const actor = await makeActor()
    const made = await Promise.all(Array.from({ length: 20 }, () => makeMachineKey(actor)))
    for (const { header } of made) await use(header)
    expect(await countQueries(runtime.pool, () => writeLastUsed('due'))).toBe(1)
    expect(await countQueries(runtime.pool, () => writeLastUsed('due'))).toBe(0)
    expect(await db().machineKey.count({ where: { organizationId: actor.viewer.organizationId, lastUsedAt: clock.date } })).toBe(20)
  })

  test('is not set back by a process that writes an older one later', async () => {
    const { id, header } = await makeMachineKey(await makeActor())
    const other = { singletons: new Map() }
    await rig.asAnotherProcess(() => use(header, '8.8.4.4'), other)
    clock.advance(1)
    await use(header, '8.8.8.8')
    await writeLastUsed('due')
    await rig.asAnotherProcess(() => writeLastUsed('due'), other)
    expect(await stored(id)).toMatchObject({ lastUsedAt: clock.date, lastUsedAddress: '8.8.8.8' })
  })

  test('is kept while the database is away and written when it is back', async () => {
    const { id, header } = await makeMachineKey(await makeActor())
    const breakable = await openBreakablePool(rig.database.appUrl)
    const elsewhere = { pool: breakable.pool, singletons: new Map() }
    await rig.asAnotherProcess(() => use(header), elsewhere)
    await breakable.cut()
    await rig.asAnotherProcess(() => writeLastUsed('due'), elsewhere)
    await breakable.mend()
    await rig.asAnotherProcess(() => writeLastUsed('due'), elsewhere)
    expect(await stored(id)).toMatchObject({ lastUsedAt: clock.date })
  })

  test('is written when the process stops, also within the minute', async () => {
    const { id, header } = await makeMachineKey(await makeActor())
    const writer = startLastUsedWriter()
    await use(header)
    await writeLastUsed('due')
    clock.advance(1_000)
    await use(header)
    await writer.stop()
    expect((await stored(id)).lastUsedAt).toEqual(clock.date)
  })

  test('of a refused call is none, because the key was not used but tried', async () => {
    const { id, header } = await makeMachineKey(await makeActor(), { addresses: ['8.8.8.8'] })
    await use(header).catch(() => undefined)
    await writeLastUsed('all')
    expect((await stored(id)).lastUsedAt).toBeNull()
  })
})
