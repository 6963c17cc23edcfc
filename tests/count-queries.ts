import type { Pool } from 'pg'

/** Counts how often a connection was taken from the pool while something runs: each query outside a transaction is one. */
export async function countQueries(pool: Pool, work: () => Promise<unknown>): Promise<number> {
  let count = 0
  const note = () => void (count += 1)
  pool.on('acquire', note)
  try {
    await work()
  } finally {
    pool.off('acquire', note)
  }
  return count
}
