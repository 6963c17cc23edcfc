import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { wasAwayJustNow } from './database/outage'
import { makePool } from './db'
import { Prisma } from './generated/prisma/client'
import { makeLogger } from './log'
import { startRounds } from './rounds'
import { getRuntime } from './runtime'
import { lookNow, untilWork, type Condition } from './until-work'
import { openBreakablePool } from '../tests/breakable-database'
import { countQueries } from '../tests/count-queries'
import { openRig } from '../tests/runtime'
import { until } from '../tests/until'

const rig = await openRig()
const { clock, database } = rig
const COMPLAINT = 'work could not be looked for'
const NEVER: Condition = () => Prisma.sql`false`
const ALWAYS: Condition = () => Prisma.sql`true`

beforeEach(() => database.sql('DELETE FROM set_up_codes'))

const commit = (digest: string, at = clock.date) => database.sql('INSERT INTO set_up_codes (digest, created_at) VALUES ($1, $2)', [digest, at])
const isDue = (digest: string): Condition => () =>
  Prisma.sql`EXISTS (SELECT 1 FROM set_up_codes WHERE digest = ${digest} AND created_at <= ${getRuntime().clock()})`

/** Waits as a part of a process does; `woken` says what came of it, or null. */
function begin(condition: Condition, mostMs = 60_000) {
  const life = new AbortController()
  const own = { woken: null as boolean | null, stop: () => life.abort(), ended: Promise.resolve(false) }
  own.ended = untilWork(condition, { signal: life.signal, mostMs }).then((isThere) => (own.woken = isThere))
  return own
}

/** Until the database has been asked so often. */
async function looks(count: number): Promise<void> {
  let seen = 0
  const note = () => void (seen += 1)
  rig.runtime.pool.on('release', note)
  await until(() => expect(seen).toBeGreaterThanOrEqual(count))
  rig.runtime.pool.off('release', note)
}

describe('who waits for work', () => {
  test('is woken when a row falls due, and not before', async () => {
    await commit('later', new Date(clock.at + 60_000))
    const waiter = begin(isDue('later'))
    await looks(2)
    expect(waiter.woken).toBeNull()
    clock.advance(60_000)
    expect(await waiter.ended).toBe(true)
  })

  test('shares each look with all others of the process, which stay when their own work is not there', async () => {
    const others = Array.from({ length: 20 }, (_, index) => begin(isDue(`other ${index}`)))
    await commit('mine')
    const mine = begin(isDue('mine'))
    expect(await countQueries(rig.runtime.pool, () => mine.ended)).toBe(1)
    expect(others.map(({ woken }) => woken)).toEqual(others.map(() => null))
    await commit('other 7')
    expect(await countQueries(rig.runtime.pool, async () => void (await others[7]?.ended))).toBe(1)
    for (const { stop } of others) stop()
    expect((await Promise.all(others.map(({ ended }) => ended))).filter(Boolean)).toEqual([true])
  })

  test('goes on at once when it is stopped, and nobody asks any more when nobody waits', async () => {
    const waiter = begin(NEVER)
    const asked = countQueries(rig.runtime.pool, () => wait(2_500))
    waiter.stop()
    expect(await waiter.ended).toBe(false)
    expect(await asked).toBe(0)
    const stopped = begin(ALWAYS)
    stopped.stop()
    expect(await stopped.ended).toBe(false)
  })

  test('goes on when its time is over, whatever the condition says', async () => {
    expect(await begin(NEVER, 20).ended).toBe(false)
  })
})

describe('a look that somebody asked for', () => {
  test('comes at once, also for who begins to wait only after that', async () => {
    await commit('now')
    const startedAt = performance.now()
    const waiter = begin(isDue('now'))
    lookNow()
    expect(await waiter.ended).toBe(true)
    lookNow()
    expect(await begin(isDue('now')).ended).toBe(true)
    // Two looks at their own pace would take four seconds.
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })

  test('comes after the one under way, which may not have seen what was committed', async () => {
    const waiter = begin(() => Prisma.sql`(SELECT pg_sleep(0.3)::text) IS NOT NULL AND ${isDue('meanwhile')()}`)
    lookNow()
    await wait(100)
    await commit('meanwhile')
    const startedAt = performance.now()
    lookNow()
    expect(await waiter.ended).toBe(true)
    expect(performance.now() - startedAt).toBeLessThan(1_900)
  })
})

describe('a look that fails', () => {
  test('while the database is away wakes nobody and notes the outage, and the next one that succeeds does', async () => {
    const { pool, cut, mend } = await openBreakablePool(database.appUrl)
    await cut()
    const before = rig.logs().length
    await rig.asAnotherProcess(async () => {
      const waiter = begin(ALWAYS)
      await until(() => expect(wasAwayJustNow()).toBe(true))
      expect(waiter.woken).toBeNull()
      await mend()
      expect(await waiter.ended).toBe(true)
    }, { pool })
    expect(rig.logs().slice(before)).not.toContain(COMPLAINT)
  })

  test('for one condition leaves the others theirs, and that one is tried again', async () => {
    const broken = begin(() => Prisma.sql`EXISTS (SELECT 1 FROM ${Prisma.raw(isMended ? 'set_up_codes' : 'no_such_table')})`)
    let isMended = false
    await commit('sound')
    const sound = begin(isDue('sound'))
    expect(await sound.ended).toBe(true)
    expect(broken.woken).toBeNull()
    expect(rig.logs()).toContain(COMPLAINT)
    isMended = true
    expect(await broken.ended).toBe(true)
  })

  test('because of a lock holds the others up once, and not again', async () => {
    const pool = makePool(database.appUrl, 4, makeLogger('silent'))
    Object.assign(pool.options, { lock_timeout: 3_000 })
    afterAll(() => pool.end())
    const locker = await rig.runtime.pool.connect()
    await rig.asAnotherProcess(async () => {
      const locked = begin(isDue('locked'))
      const other = begin(NEVER)
      await locker.query('BEGIN; LOCK TABLE sign_in_throttles IN ACCESS EXCLUSIVE MODE')
      const stuck = begin(() => Prisma.sql`EXISTS (SELECT 1 FROM sign_in_throttles)`)
      await until(() => expect(rig.logs()).toContain('canceling statement due to lock timeout'))
      await commit('locked')
      expect(await locked.ended).toBe(true)
      const next = begin(ALWAYS)
      const startedAt = performance.now()
      expect(await next.ended).toBe(true)
      expect(performance.now() - startedAt).toBeLessThan(3_000)
      for (const { stop } of [other, stuck]) stop()
    }, { pool })
    await locker.query('ROLLBACK')
    locker.release()
  })
})

describe('rounds with a condition', () => {
  test('come soon after the start, then when it holds, and say which of the two it was', async () => {
    const seen: string[] = []
    const rounds = startRounds({
      everyMs: 60_000, when: isDue('round'), complaint: 'never said',
      round: async (_, why) => {
        seen.push(why)
        await database.sql('DELETE FROM set_up_codes')
      },
    })
    await until(() => expect(seen).toEqual(['time']))
    await looks(1)
    expect(seen).toEqual(['time'])
    await commit('round')
    await until(() => expect(seen).toEqual(['time', 'work']))
    await rounds.stop()
  })

  test('come in their time all the same while the condition holds', async () => {
    const seen: string[] = []
    const rounds = startRounds({ everyMs: 500, when: ALWAYS, complaint: 'never said', round: async (_, why) => void seen.push(why) })
    await until(() => expect(seen.filter((why) => why === 'time').length).toBeGreaterThan(2))
    await rounds.stop()
  })
})
