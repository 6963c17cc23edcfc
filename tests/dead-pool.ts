import { afterAll } from 'vitest'
import type { Pool } from 'pg'
import { makePool } from '@/server/db'
import { makeLogger } from '@/server/log'

/** A pool whose database is down: nothing listens on port 1 of this machine. */
export function makeDeadPool(): Pool {
  const pool = makePool('postgresql://keyrack_app:none@127.0.0.1:1/keyrack', 2, makeLogger('silent'))
  afterAll(() => pool.end())
  return pool
}
