import { afterAll, afterEach, describe, expect, test } from 'vitest'
import pg, { type Pool } from 'pg'
import { UNCONFIRMED } from '../address-lists/find-needs'
import { db, makePool } from '../db'
import { toAppError } from '../http/to-app-error'
import { dropAccessTokens } from '../incidents/act-on-connections'
import { openIncident } from '../incidents/open-incident'
import { changeIpWhitelist } from '../ip-whitelists/change-ip-whitelist'
import { requestIpWhitelist } from '../ip-whitelists/request-ip-whitelist'
import { changeKeyRestriction } from '../key-restrictions/change-key-restriction'
import { changeMode } from '../key-restrictions/change-mode'
import { makeLogger } from '../log'
import { startRounds } from '../rounds'
import { getRuntime } from '../runtime'
import { afterRequests } from './after-requests'
import { isDatabaseUnavailable } from './is-database-unavailable'
import { transaction } from './transaction'
import { addingEntry } from '../address-lists/edits'
import { makeActor, makeApiClient } from '../../tests/factories'
import { makeFresh } from '../../tests/make-fresh'
import { openMachineFront } from '../../tests/machine-front'
import { askToken, makeMachineSetting } from '../../tests/machine-setting'
import { makeMachineKey } from '../../tests/make-machine-key'
import { openRig } from '../../tests/runtime'
import { readStoredTokens, inspectStored } from '../../tests/stored-tokens'
import { requestRefresh } from '../refresh/request-refresh'
import { refreshOnce } from '../../tests/refresh-once'
import { watchCalls } from '../../tests/upstream-calls'

const rig = await openRig()
const { clock } = rig
const HOUR_MS = 3_600_000
/** Longer than a transaction may take: a busy machine is no pool that is dry. */
const PATIENCE_MS = 10_000

/** Another process with so many connections to the database; `settings` are those of each connection. */
function smallPool(size: number, settings: { lock_timeout?: number; statement_timeout?: number; connectionTimeoutMillis?: number } = {}): Pool {
  const pool = makePool(rig.database.appUrl, size, makeLogger('silent'))
  Object.assign(pool.options, { connectionTimeoutMillis: PATIENCE_MS, ...settings })
  afterAll(() => pool.end())
  return pool
}

const held: { release(): void }[] = []
/** Takes all connections of a pool away. */
async function dry(pool: Pool): Promise<void> {
  held.push(...(await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()))))
}
function fill(): void {
  for (const client of held.splice(0)) client.release()
}
afterEach(fill)

describe('with one connection, nobody waits for a second one', () => {
  const alone = smallPool(1)
  const inOne = <T>(work: () => Promise<T>) => rig.asAnotherProcess(work, { pool: alone })

  test('who changes from where a key may come', async () => {
    const actor = await makeActor()
    const { id } = await makeMachineKey(actor, { addresses: ['8.8.8.8'] })
    const edit: Parameters<typeof changeKeyRestriction>[2] = {
      edit: (entries) => entries.map((entry) => ({ ...entry, comment: 'another' })), confirmation: UNCONFIRMED,
    }
    expect((await inOne(() => changeKeyRestriction(actor, id, edit))).entries.map(({ comment }) => comment)).toEqual(['another'])
    expect(await inOne(() => changeMode(actor, id, { mode: 'report_only', confirmation: UNCONFIRMED }))).toMatchObject({ mode: 'report_only' })
  })

  test('who asks for a list of addresses at Octorate', async () => {
    const actor = await makeActor()
    const { id } = await makeApiClient(rig, actor)
    const draft = await changeIpWhitelist(actor, id, {
      edit: addingEntry(actor.viewer, { block: '8.8.8.8', comment: 'office', expires: null, confirmation: UNCONFIRMED }), confirmation: UNCONFIRMED,
    })
    expect(await inOne(() => requestIpWhitelist(actor, id, draft.revision))).toMatchObject({ state: 'requested' })
  })

  test('who drops the access tokens of one connection in an incident', async () => {
    const { actor, connectionId } = await makeMachineSetting(rig)
    await makeFresh(actor)
    clock.advance(60_000)
    const { id } = await openIncident(actor, { kind: 'real', summary: 'A disk was copied' })
    await inOne(() => dropAccessTokens(actor, id, { target: { kind: 'connection', id: connectionId }, password: '' }))
    expect((await readStoredTokens(connectionId)).access).toBeNull()
  })
})

describe('a pool that is dry', () => {
  test('is said within a second by /readyz, which asks no second time before it was answered, and not by /healthz', async () => {
    const pool = smallPool(2, { connectionTimeoutMillis: 3_000 })
    const front = await rig.asAnotherProcess(() => openMachineFront(), { pool })
    await dry(pool)
    const startedAt = performance.now()
    const answers = await Promise.all(Array.from({ length: 10 }, () => front.call('GET', '/readyz')))
    const again = await front.call('GET', '/readyz')
    expect(performance.now() - startedAt).toBeLessThan(2_500)
    expect(new Set([...answers, again].map(({ status }) => status))).toEqual(new Set([503]))
    expect(JSON.parse(again.text)).toEqual({ status: 'not ready', checks: { database: 'unavailable', migrations: 'unknown', keys: 'ok' } })
    expect(pool.waitingCount).toBe(1)
    expect((await front.call('GET', '/healthz')).status).toBe(200)
    fill()
    await expect.poll(async () => (await front.call('GET', '/readyz')).status, { timeout: 10_000 }).toBe(200)
  })

  test('hands no token out, says when to come back, and does again as soon as there is a connection', async () => {
    const setting = await makeMachineSetting(rig)
    const pool = smallPool(2, { connectionTimeoutMillis: 300 })
    await rig.asAnotherProcess(async () => {
      const front = await openMachineFront()
      expect((await askToken(front, setting)).status).toBe(200)
      await dry(pool)
      // Its key is known, so that nothing but the ledger is waited for; later not even the key.
      for (const passedMs of [0, 1_000]) {
        clock.advance(passedMs)
        const answers = await Promise.all(Array.from({ length: 30 }, () => askToken(front, setting)))
        expect(new Set(answers.map(({ status, code, retryAfter }) => `${status} ${code} ${retryAfter}`))).toEqual(new Set(['503 database_unavailable 2']))
      }
      fill()
      expect((await askToken(front, setting)).status).toBe(200)
    }, { pool })
  })

  test('lets what works in the background go last, and not for ever', async () => {
    const pool = smallPool(1, { connectionTimeoutMillis: 10_000 })
    await rig.asAnotherProcess(async () => {
      await dry(pool)
      const caller = pool.query('SELECT 1')
      const order: string[] = []
      const background = afterRequests(() => false).then(() => order.push('background'))
      await new Promise((resolve) => setTimeout(resolve, 100))
      order.push('caller')
      fill()
      await Promise.all([caller, background])
      expect(order).toEqual(['caller', 'background'])
      await dry(pool)
      const patient = pool.query('SELECT 1')
      const startedAt = performance.now()
      await afterRequests(() => false)
      expect(performance.now() - startedAt).toBeGreaterThan(1_900)
      await afterRequests(() => true)
      expect(performance.now() - startedAt).toBeLessThan(10_000)
      fill()
      await patient
    }, { pool })
  })
})

describe('a statement that is cut short', () => {
  const QUERIES = {
    'of Prisma': () => db().organization.count(),
    'of Prisma, raw': () => db().$queryRaw`SELECT count(*) FROM organizations`,
    'in a transaction': () => transaction((tx) => tx.organization.count()),
  }

  test.each(Object.entries(QUERIES))('because somebody locked its table is to be tried again: %s', async (_, query) => {
    const pool = smallPool(2, { lock_timeout: 50 })
    await rig.asAnotherProcess(async () => {
      const error = await whileLocked('organizations', () => query().then(() => null, (thrown: unknown) => thrown))
      expect([isDatabaseUnavailable(error), toAppError(error).code, toAppError(error).extras.retryAfterSeconds]).toEqual([true, 'database_unavailable', 2])
    }, { pool })
  })

  test.each([
    ['of Prisma, raw', () => db().$queryRaw`SELECT pg_sleep(2)::text`],
    ['of the pool', () => getRuntime().pool.query('SELECT pg_sleep(2)')],
  ])('because it took too long is to be tried again: %s', async (_, query) => {
    const pool = smallPool(1, { statement_timeout: 50 })
    const error = await rig.asAnotherProcess(() => query().then(() => null, (thrown: unknown) => thrown), { pool })
    expect([isDatabaseUnavailable(error), toAppError(error).code]).toEqual([true, 'database_unavailable'])
  })

  test('is logged when it is one of the background, because it may never do', async () => {
    const before = rig.logs().length
    const pool = smallPool(1, { statement_timeout: 20 })
    await rig.asAnotherProcess(async () => {
      const rounds = startRounds({ everyMs: 1, complaint: 'the round was cut short', round: () => pool.query('SELECT pg_sleep(2)') })
      await expect.poll(() => rig.logs().slice(before)).toContain('the round was cut short')
      await rounds.stop()
    }, { pool })
  })

  test('while a new token is saved leaves the connection as it is: the answer is in the journal, and nothing is sent again', async () => {
    const { connectionId, subject } = await makeMachineSetting(rig)
    clock.advance(HOUR_MS)
    const calls = watchCalls(rig)
    const pool = Object.create(rig.runtime.pool, {
      query: {
        value: (first: unknown, ...rest: unknown[]) =>
          String(first).includes('FROM input i JOIN waiting')
            ? Promise.reject(Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03' }))
            : (rig.runtime.pool.query as (...args: unknown[]) => unknown).call(rig.runtime.pool, first, ...rest),
      },
    }) as Pool
    const outcome = await rig.asAnotherProcess(() => requestRefresh(subject, { reason: 'manual', waitMs: 20_000 }), { pool })
    expect(outcome).toMatchObject({ outcome: 'temporarily_unavailable', cause: 'database_unavailable' })
    expect((await readStoredTokens(connectionId)).row).toMatchObject({ state: 'connected', cause: null, accessTokenVersion: 1, leaseOwner: null })
    expect(await refreshOnce(subject)).toEqual({ outcome: 'refreshed' })
    expect((await readStoredTokens(connectionId)).row.accessTokenVersion).toBe(2)
    expect(await inspectStored(rig, connectionId)).toMatchObject({ access: 'live', refresh: 'live' })
    expect(calls.count('identity/refresh')).toBe(1)
  })
})

/** Does something while an administrator of the database has a table to himself. */
async function whileLocked<T>(table: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: rig.database.ownerUrl })
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`)
    return await work()
  } finally {
    await client.end()
  }
}
