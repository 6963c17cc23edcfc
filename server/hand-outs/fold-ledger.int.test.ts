import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { LOCKS } from '../database/locks'
import { db, makePool } from '../db'
import { makeConnected } from '../../tests/consent-flow'
import { holdToken } from '../../tests/hold-token'
import { makeMachineSetting, type MachineSetting } from '../../tests/machine-setting'
import { readLedger } from '../../tests/read-ledger'
import { openRig } from '../../tests/runtime'
import { until } from '../../tests/until'
import { foldLedger } from './fold-ledger'
import type { HeldToken } from './held-token'
import { recordHandOut } from './ledger'
import { LEDGER } from './ledger-sql'
import { anyToFold, startFolder } from './start-folder'

const rig = await openRig()
const { clock } = rig
const MINUTE_MS = 60_000

/** Hands tokens of these connections out at this moment, all at once. */
function handOut({ key, subject }: MachineSetting, held: ReadonlyMap<string, HeldToken>, times = 1): Promise<boolean[]> {
  const context = { requestId: 'a request', address: '192.0.2.1', userAgent: 'back end' }
  const caller = { ...context, keyId: key.id, organizationId: subject.organizationId, environment: 'SANDBOX' as const, scopes: new Set<never>(), properties: null, isTiedToAddresses: false }
  const wanted = Array.from({ length: times }, () => [...held]).flat()
  return Promise.all(wanted.map(([connectionId, token]) => recordHandOut({ actor: { caller, context }, connectionId, at: clock.date }, token)))
}

async function makeScene(connections = 1) {
  const setting = await makeMachineSetting(rig)
  const held = new Map([[setting.connectionId, await holdToken(setting.subject)]])
  for (let number = 1; number < connections; number += 1) {
    const { connectionId, subject } = await makeConnected(rig, setting.actor)
    held.set(connectionId, await holdToken(subject))
  }
  return { setting, held }
}

const countsOf = async (keyId: string) => (await readLedger(keyId)).map(({ count }) => count)
const countBatches = () => db().handOutBatch.count()
/** What readers see, without folding. */
async function seen(keyId: string): Promise<number> {
  const [row] = await rig.database.sql<{ sum: number }>(`SELECT coalesce(sum(count), 0)::int AS sum FROM ${LEDGER} l WHERE machine_key_id = $1`, [keyId])
  return row?.sum ?? 0
}

/** A session of somebody else, in a transaction until the work is done. */
async function whileHolding<T>(text: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: rig.database.ownerUrl })
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query(text)
    return await work()
  } finally {
    await client.end()
  }
}

describe('folding the ledger', () => {
  test('counts each hand-out once, in many groups of several processes, while several fold and read', async () => {
    const { setting, held } = await makeScene(5)
    const over = new AbortController()
    const reads: number[] = []
    const untilOver = async (work: () => Promise<unknown>) => {
      while (!over.signal.aborted) await work()
    }
    const watching = [
      untilOver(() => foldLedger(undefined, 3)), untilOver(() => foldLedger()),
      untilOver(async () => reads.push(await seen(setting.key.id))),
    ]
    const memories = Array.from({ length: 3 }, () => new Map<string, unknown>([['prisma', db()]]))
    for (let round = 0; round < 30; round += 1) {
      await Promise.all(memories.map((singletons) => rig.asAnotherProcess(() => handOut(setting, held, 4), { singletons })))
    }
    over.abort()
    await Promise.all(watching)
    expect(await countsOf(setting.key.id)).toEqual([360, 360, 360, 360, 360])
    expect(await countBatches()).toBe(0)
    expect([reads.length > 3, reads]).toEqual([true, reads.toSorted((a, b) => a - b)])
  })

  test('keeps minutes apart, and takes a bounded number of rows in a statement', async () => {
    const { setting, held } = await makeScene(2)
    for (let minute = 0; minute < 3; minute += 1) {
      await handOut(setting, held, 2)
      await handOut(setting, held)
      clock.advance(MINUTE_MS)
    }
    expect(await countBatches()).toBe(6)
    let asked = 0
    await foldLedger(() => asked++ > 0, 3)
    expect([await countBatches(), await seen(setting.key.id)]).toEqual([4, 18])
    await foldLedger(undefined, 3)
    expect(await countBatches()).toBe(0)
    expect(await countsOf(setting.key.id)).toEqual([3, 3, 3, 3, 3, 3])
  })

  test('loses and doubles nothing when its process dies in the midst of it', async () => {
    const { setting, held } = await makeScene(3)
    await handOut(setting, held)
    expect(await countsOf(setting.key.id)).toEqual([1, 1, 1])
    await handOut(setting, held)
    const pool = makePool(rig.database.appUrl, 1, rig.runtime.log)
    try {
      await whileHolding(`SELECT 1 FROM hand_outs WHERE machine_key_id = '${setting.key.id}' ORDER BY connection_id DESC LIMIT 1 FOR UPDATE`, async () => {
        const { rows: [{ pid }] } = (await pool.query('SELECT pg_backend_pid() AS pid')) as unknown as { rows: [{ pid: number }] }
        const folding = rig.asAnotherProcess(() => foldLedger(), { pool })
        const outcome = folding.then(() => 'folded', (error: { code?: string }) => error.code)
        await until(async () => expect(await rig.database.sql("SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock'", [pid])).toHaveLength(1))
        // It holds the batches, and has written two of the three rows.
        expect(await seen(setting.key.id)).toBe(6)
        await rig.database.sql('SELECT pg_terminate_backend($1)', [pid])
        expect(await outcome).toBe('57P01')
      })
    } finally {
      await pool.end()
    }
    expect([await countBatches(), await seen(setting.key.id)]).toEqual([1, 6])
    expect(await countsOf(setting.key.id)).toEqual([2, 2, 2])
  })

  test('is done by one process at a time', async () => {
    const { setting, held } = await makeScene()
    await handOut(setting, held, 3)
    await whileHolding(`SELECT pg_advisory_xact_lock(${LOCKS.ledger})`, async () => {
      await foldLedger()
      expect([await countBatches(), await db().handOut.count({ where: { machineKeyId: setting.key.id } }), await seen(setting.key.id)]).toEqual([1, 0, 3])
    })
    expect(await countsOf(setting.key.id)).toEqual([3])
  })

  test('keeps no hand-out waiting, whoever holds rows of the ledger', async () => {
    const { setting, held } = await makeScene()
    await whileHolding('LOCK TABLE hand_outs IN SHARE MODE', async () => {
      expect(await handOut(setting, held, 3)).toEqual([true, true, true])
      expect(await seen(setting.key.id)).toBe(3)
    })
    expect(await countsOf(setting.key.id)).toEqual([3])
  })

  test('adds up with a process of the version before, which writes the ledger itself', async () => {
    const { setting, held } = await makeScene(4)
    const ids = [...held.keys()]
    const minute = new Date(Math.floor(clock.at / MINUTE_MS) * MINUTE_MS)
    const ofThen = () => rig.runtime.pool.query(
      `INSERT INTO hand_outs (machine_key_id, connection_id, address, minute, organization_id, count)
       SELECT $1, id, '192.0.2.1', $3, $4, 2 FROM unnest($2::uuid[]) AS t (id) ORDER BY id
       ON CONFLICT (machine_key_id, connection_id, address, minute) DO UPDATE SET count = hand_outs.count + excluded.count`,
      [setting.key.id, ids, minute, setting.subject.organizationId],
    )
    const times = async (work: () => Promise<unknown>) => {
      for (let round = 0; round < 25; round += 1) await work()
    }
    await Promise.all([times(ofThen), times(ofThen), times(() => handOut(setting, held)), times(() => foldLedger())])
    expect(await countsOf(setting.key.id)).toEqual([125, 125, 125, 125])
  })

  test('is due when the oldest batch is two seconds old, and no longer once it is folded', async () => {
    const { setting, held } = await makeScene()
    const isDue = async () => (await db().$queryRaw<{ is: boolean }[]>`SELECT ${anyToFold()} AS is`)[0]?.is
    expect(await isDue()).toBe(false)
    await handOut(setting, held)
    expect(await isDue()).toBe(false)
    await rig.database.sql("UPDATE hand_out_batches SET at = at - interval '2 seconds'")
    await handOut(setting, held)
    expect(await isDue()).toBe(true)
    await foldLedger()
    expect([await isDue(), await countBatches()]).toEqual([false, 0])
  })

  test('happens by itself some seconds later', async () => {
    const { setting, held } = await makeScene()
    await handOut(setting, held)
    const folder = startFolder()
    const rowsOf = () => db().handOut.findMany({ where: { machineKeyId: setting.key.id } })
    expect(await rowsOf()).toEqual([])
    await until(async () => expect(await rowsOf()).toHaveLength(1))
    await folder.stop()
    expect(await countBatches()).toBe(0)
  })
})
