import type { Pool, QueryConfig } from 'pg'

/**
 * The pool, with statements that are parsed each time instead of prepared by name: behind a pooler in transaction mode the
 * next statement may go to another connection of the server, which knows no such name.
 */
export function withoutNames(pool: Pool): Pool {
  const query = pool.query.bind(pool) as (...args: unknown[]) => unknown
  const unnamed = (first: unknown, ...rest: unknown[]) => query(isNamed(first) ? { ...first, name: undefined } : first, ...rest)
  return Object.assign(pool, { query: unnamed })
}

function isNamed(first: unknown): first is QueryConfig {
  return typeof first === 'object' && first !== null && 'name' in first && 'text' in first
}
