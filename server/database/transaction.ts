import 'server-only'
import { db, type Transaction } from '../db'
import { inSpan } from '../tracing/in-span'

const MOST_TRIES = 3
/** All statements of it together. */
const DEFAULT_TIMEOUT_MS = 5_000
/** For work on thousands of rows that a person waits for. */
export const LONG_TIMEOUT_MS = 30_000

/**
 * Runs `work` in a transaction, again when the database asked for it (serialization failure or deadlock). Only for work
 * on the database alone: whatever calls Octorate stays outside, so that a repetition never sends anything twice.
 */
export function transaction<T>(work: (tx: Transaction) => Promise<T>, { timeout = DEFAULT_TIMEOUT_MS } = {}): Promise<T> {
  return inSpan({ name: 'database transaction' }, () => untilDone(work, timeout))
}

async function untilDone<T>(work: (tx: Transaction) => Promise<T>, timeout: number): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db().$transaction(work, { timeout })
    } catch (error) {
      if (attempt === MOST_TRIES || !isWorthRepeating(error)) throw error
    }
  }
}

/** SQLSTATE 40001 and 40P01, and Prisma's word for both. */
function isWorthRepeating(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 4) return false
  const { code, originalCode, cause, meta } = error as Record<string, unknown>
  if ([code, originalCode].some((value) => value === 'P2034' || value === '40001' || value === '40P01')) return true
  return [cause, meta, (meta as Record<string, unknown> | undefined)?.['driverAdapterError']].some((inner) =>
    isWorthRepeating(inner, depth + 1),
  )
}
