import { readdir } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { connectionQuerySchema } from '@/contracts/connections'
import { getConnection } from '../connections/get-connection'
import { listConnections } from '../connections/list-connections'
import { db, makePool } from '../db'
import { toAppError } from '../http/to-app-error'
import { settleRound } from '../journal/settler'
import { makeLogger } from '../log'
import { transaction } from './transaction'
import { connect, makeConnected, type Connected } from '../../tests/consent-flow'
import { makeActor, makeOrganization } from '../../tests/factories'
import { openOwnCluster } from '../../tests/own-cluster'
import { refreshOnce } from '../../tests/refresh-once'
import { openRig } from '../../tests/runtime'
import { inspectStored } from '../../tests/stored-tokens'
import { until } from '../../tests/until'

const cluster = await openOwnCluster()
const rig = await openRig({ database: cluster.database })
const { clock, sandbox } = rig
const MOST_SECONDS_OUT = 2

/** What may be told while the database is away: nothing else, and never `internal`. */
const EXPECTED = new Set(['ok', 'database_unavailable', 'refresh_in_progress'])

async function outcomeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'ok',
    (error: unknown) => {
      const { code, cause } = toAppError(error)
      return code === 'internal' ? `internal: ${String(cause)}` : code
    },
  )
}

/** Does what people do, again and again, until it is stopped. */
function keepBusy(all: readonly Connected[]) {
  const outcomes: string[] = []
  const end = new AbortController()
  const loop = async (work: () => Promise<unknown>) => {
    while (!end.signal.aborted) {
      outcomes.push(await outcomeOf(work()))
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  const loops = all.flatMap((connected) => {
    const { viewer } = connected.actor
    return [
      loop(() => listConnections(viewer, connectionQuerySchema.parse({}))),
      loop(() => getConnection(viewer, connected.connectionId)),
      loop(async () => {
        clock.advance(1_000)
        const result = await refreshOnce(connected.subject)
        if (result.outcome === 'failed') throw result.error
      }),
      loop(() => connect(rig, connected).catch((error: Error) => Promise.reject(error.cause ?? error))),
      loop(() => transaction((tx) => tx.organization.updateMany({ where: { id: viewer.organizationId }, data: { name: 'busy' } }))),
    ]
  })
  return {
    outcomes,
    async stop() {
      end.abort()
      await Promise.all(loops)
    },
  }
}

async function secondsUntilWell({ actor, connectionId }: Connected): Promise<number> {
  const startedAt = performance.now()
  await until(() => getConnection(actor.viewer, connectionId))
  return (performance.now() - startedAt) / 1000
}

/** What every process does by itself every few seconds. */
async function settleEverything(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    clock.advance(5 * 60_000)
    await settleRound()
  }
}

async function expectNothingLost(all: readonly Connected[]): Promise<void> {
  await settleEverything()
  for (const { connectionId } of all) expect(await inspectStored(rig, connectionId)).toMatchObject({ access: 'live', refresh: 'live' })
  expect(await readdir(rig.runtime.spoolFolder)).toEqual([])
  expect(await db().grantJournal.count({ where: { state: 'received' } })).toBe(0)
  expect(await db().authorization.count({ where: { consumedAt: { not: null }, finishedAt: null } })).toBe(0)
}

async function makeAll(): Promise<Connected[]> {
  return Promise.all(Array.from({ length: 3 }, async () => makeConnected(rig, await makeActor())))
}

describe('a database that crashes and comes back', () => {
  test('kills nobody: people read that it is away, all is well within two seconds, and no token is lost', async () => {
    const all = await makeAll()
    const [first] = all
    if (!first) throw new TypeError('three were made')
    const busy = keepBusy(all)
    await until(() => expect(busy.outcomes.length).toBeGreaterThan(30))
    for (let restart = 0; restart < 2; restart += 1) {
      await cluster.restart()
      expect(await secondsUntilWell(first)).toBeLessThan(MOST_SECONDS_OUT)
      const before = busy.outcomes.filter((outcome) => outcome === 'ok').length
      await until(() => expect(busy.outcomes.filter((outcome) => outcome === 'ok').length).toBeGreaterThan(before + 20))
    }
    await busy.stop()
    expect([...new Set(busy.outcomes)].filter((outcome) => !EXPECTED.has(outcome))).toEqual([])
    expect(busy.outcomes).toContain('database_unavailable')
    await expectNothingLost(all)
  }, 90_000)

  test('loses no refresh token that rotates, though each old one is dead at once', async () => {
    await sandbox.control.settings.set({ refreshRotation: 'rotate' })
    const all = await makeAll()
    for (let restart = 0; restart < 3; restart += 1) {
      clock.advance(3_600_000)
      await sandbox.control.faults.add({ endpoint: 'identity/refresh', kind: 'delay', delayAfterMs: 100 + restart * 60, count: all.length })
      const refreshing = Promise.all(all.map(({ subject }) => refreshOnce(subject)))
      await until(() => expect(sandbox.truthLog({ type: 'token.refreshed' }).filter(({ at }) => at === clock.at)).toHaveLength(all.length))
      await cluster.restart()
      await refreshing
      await until(() => settleRound())
      await expectNothingLost(all)
    }
    await sandbox.control.settings.set({ refreshRotation: 'off' })
  }, 90_000)
})

describe('connections to the database that are ended from outside', () => {
  const terminate = () =>
    cluster.database.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'keyrack' AND pid <> pg_backend_pid()`)

  test('are logged and dropped by the pool itself, before anything stands upon it', async () => {
    const lines: string[] = []
    const pool = makePool(cluster.database.appUrl, 2, makeLogger('warn', { write: (line) => void lines.push(line) }))
    await pool.query('SELECT 1')
    expect(pool.idleCount).toBe(1)
    await terminate()
    await until(() => expect(pool.totalCount).toBe(0))
    expect(lines.join('')).toContain('a database connection was lost')
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    await pool.end()
  })

  test('while they are idle are replaced without anybody noticing for long', async () => {
    const [connected] = await makeAll()
    if (!connected) throw new TypeError('three were made')
    for (let round = 0; round < 10; round += 1) {
      await Promise.all(Array.from({ length: 8 }, () => db().organization.count()))
      await terminate()
      expect(await secondsUntilWell(connected)).toBeLessThan(MOST_SECONDS_OUT)
    }
  })

  test('while they work, or are checked out in a transaction, end their work as away, with nothing half-written', async () => {
    const all = await makeAll()
    const busy = keepBusy(all)
    const { id } = await makeOrganization('before')
    for (let round = 0; round < 10; round += 1) {
      const held = outcomeOf(
        transaction(async (tx) => {
          await tx.organization.update({ where: { id }, data: { name: `half-written ${round}` } })
          await terminate()
          await tx.organization.update({ where: { id }, data: { name: 'after' } })
        }),
      )
      expect(await held).toBe('database_unavailable')
    }
    await busy.stop()
    expect([...new Set(busy.outcomes)].filter((outcome) => !EXPECTED.has(outcome))).toEqual([])
    expect(await db().organization.findUniqueOrThrow({ where: { id } })).toMatchObject({ name: 'before' })
    await expectNothingLost(all)
  }, 60_000)
})
