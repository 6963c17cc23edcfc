import { expect, test } from 'vitest'
import { isDatabaseUnavailable } from './is-database-unavailable'
import { openBreakablePool } from '../../tests/breakable-database'
import { openRig } from '../../tests/runtime'

const rig = await openRig()

test('a statement on a connection that went silent ends after the server would have ended it, because whoever waits would wait for ever', async () => {
  const { pool, hush } = await openBreakablePool(rig.database.appUrl)
  expect(Number(pool.options.query_timeout)).toBeGreaterThan(Number(pool.options.statement_timeout))
  pool.options.query_timeout = 200
  await pool.query('SELECT 1')
  hush()
  expect(await pool.query('SELECT 1').catch(isDatabaseUnavailable)).toBe(true)
  expect(pool.totalCount).toBe(0)
  expect((await pool.query('SELECT 1')).rowCount).toBe(1)
})
