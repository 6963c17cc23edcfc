import type { Pool } from 'pg'

/** The same database through a pool that knows which statements were answered, so that a test can wait until somebody has looked. */
export function watchPool(pool: Pool) {
  const answered: string[] = []
  const query = async (...args: Parameters<Pool['query']>) => {
    const result = await pool.query(...args)
    answered.push(String(args[0]))
    return result
  }
  const watched = Object.create(pool, { query: { value: query } }) as Pool
  return { pool: watched, count: (part: string) => answered.filter((text) => text.includes(part)).length }
}
