import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { db, makePool } from '../db'
import { transaction } from '../database/transaction'
import { getRuntime } from '../runtime'
import { openRig } from '../../tests/runtime'
import { until } from '../../tests/until'
import { addJob } from './add-job'
import { prepareJobs } from './prepare-jobs'
import { releaseDead } from './release-dead'
import { startJobs } from './start-jobs'

const rig = await openRig()
const { database } = rig

interface JobRow {
  readonly key: string | null
  readonly locked_by: string | null
  readonly attempts: number
  readonly payload: unknown
}

const jobs = () =>
  database.sql<JobRow>('SELECT key, locked_by, attempts, payload FROM graphile_worker._private_jobs ORDER BY id')
const anImport = () => ({ name: 'run_import', payload: { importId: randomUUID() } }) as const

afterEach(async () => {
  await database.sql('DELETE FROM graphile_worker._private_jobs')
  await database.sql('DELETE FROM job_runners')
})

// When its connection is cut at the wrong moment, the library itself prints where; everything else it says goes to our log.
beforeEach(() => {
  const trace = vi.spyOn(console, 'trace').mockReturnValue(undefined)
  return () => trace.mockRestore()
})

describe('adding a job', () => {
  test('as the application’s role adds one, though the queue’s own tables show it nothing', async () => {
    await addJob(db(), anImport(), { key: 'a' })
    expect(await jobs()).toHaveLength(1)
    await expect(db().$queryRaw`SELECT count(*) FROM graphile_worker._private_jobs`).rejects.toThrow(/permission denied/)
    await expect(db().$queryRaw`SELECT graphile_worker.add_job('run_import')::text`).rejects.toThrow(/permission denied/)
  })

  test('in a transaction that is rolled back adds none, because what it is about is not there', async () => {
    const failing = transaction(async (tx) => {
      await addJob(tx, anImport(), { key: 'b' })
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await jobs()).toEqual([])
  })

  test('twice under one key leaves the later one, so that one waits at most', async () => {
    const [first, second] = [anImport(), anImport()]
    await addJob(db(), first, { key: 'c' })
    await addJob(db(), second, { key: 'c' })
    expect((await jobs()).map(({ payload }) => payload)).toEqual([second.payload])
  })

  test('is prepared by several processes at once without one of them failing', async () => {
    const prepared = Array.from({ length: 4 }, () => prepareJobs(database.ownerUrl, database.appUrl))
    await expect(Promise.all(prepared)).resolves.toHaveLength(4)
  })
})

describe('running jobs', () => {
  test('does those that wait and those that come, and writes nothing on the console', async () => {
    await addJob(db(), anImport(), { key: 'waits' })
    const running = await startJobs(database.ownerUrl)
    await until(async () => expect(await jobs()).toEqual([]))
    await addJob(db(), anImport(), { key: 'comes' })
    await until(async () => expect(await jobs()).toEqual([]))
    await running.stop()
    expect(await database.sql('SELECT * FROM job_runners')).toEqual([])
  })

  test('keeps of a failed job our code of the error and tries it again, because messages may quote anything', async () => {
    await addJob(db(), { name: 'run_import', payload: { importId: 'no uuid' } }, { key: 'fails' })
    const running = await startJobs(database.ownerUrl)
    const errors = () => database.sql<{ last_error: string; attempts: number }>('SELECT last_error, attempts FROM graphile_worker._private_jobs')
    await until(async () => expect(await errors()).toMatchObject([{ attempts: 1, last_error: expect.stringMatching(/^invalid_input/) }]))
    await running.stop()
    expect((await errors())[0]?.last_error).not.toContain('no uuid')
  })

  test('goes on after the database has cut every connection', async () => {
    const running = await startJobs(database.ownerUrl)
    await until(async () => expect(await database.sql('SELECT * FROM job_runners')).toHaveLength(1))
    await database.sql(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'keyrack_owner'",
    )
    await addJob(db(), anImport(), { key: 'after the cut' })
    await until(async () => expect(await jobs()).toEqual([]))
    await running.stop()
  })
})

describe('a runner whose connections are cut as it begins', () => {
  test('is made anew, because the library would remember the failure for ever', async () => {
    for (let round = 0; round < 4; round += 1) {
      const starting = startJobs(database.ownerUrl)
      await new Promise((resolve) => setTimeout(resolve, round * 8))
      await database.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'keyrack_owner'")
      const running = await starting
      await addJob(db(), anImport(), { key: `round ${round}` })
      await until(async () => expect(await jobs()).toEqual([]))
      await running.stop()
    }
  })
})

describe('the job of a process that died', () => {
  const pool = () => getRuntime().pool
  const asOwner = async (seenSecondsAgo: number, lockedSecondsAgo: number) => {
    await addJob(db(), anImport(), { key: 'held' })
    await database.sql(
      `UPDATE graphile_worker._private_jobs SET locked_by = 'pool-dead', attempts = 1, locked_at = now() - make_interval(secs => $1)`,
      [lockedSecondsAgo],
    )
    await database.sql(`INSERT INTO job_runners (worker_id, seen_at) VALUES ('pool-dead', now() - make_interval(secs => $1))`, [seenSecondsAgo])
    const owner = makePool(database.ownerUrl, 1, getRuntime().log)
    await releaseDead(owner, 'pool-alive')
    await owner.end()
    return (await jobs())[0]?.locked_by
  }

  test('is free after half a minute of silence, because the library alone would wait four hours', async () => {
    expect(await asOwner(31, 120)).toBeNull()
  })

  test('stays with a process that is silent for less, because it may only be slow', async () => {
    expect(await asOwner(29, 120)).toBe('pool-dead')
  })

  test('stays with a process that says so itself after a long silence, and whoever was silent for an hour is forgotten', async () => {
    await addJob(db(), anImport(), { key: 'own' })
    await database.sql(`UPDATE graphile_worker._private_jobs SET locked_by = 'pool-slow', attempts = 1, locked_at = now() - interval '2 hours'`)
    await database.sql(`INSERT INTO job_runners (worker_id, seen_at) VALUES ('pool-slow', now() - interval '2 hours'), ('pool-gone', now() - interval '2 hours')`)
    const owner = makePool(database.ownerUrl, 1, getRuntime().log)
    await releaseDead(owner, 'pool-slow')
    await owner.end()
    expect((await jobs()).map(({ locked_by: by }) => by)).toEqual(['pool-slow'])
    expect(await database.sql(`SELECT worker_id, seen_at > now() - interval '1 minute' AS "isFresh" FROM job_runners`)).toEqual([{ worker_id: 'pool-slow', isFresh: true }])
  })

  test('stays with a process that has just taken it and was never seen, because it may be about to say so', async () => {
    await database.sql(`DELETE FROM job_runners WHERE worker_id = 'pool-dead'`)
    expect(await asOwner(4_000, 5)).toBe('pool-dead')
  })

  test('is no business of the application’s role, which can not even say who lives', async () => {
    await expect(pool().query('SELECT * FROM job_runners')).rejects.toThrow(/permission denied/)
  })
})
