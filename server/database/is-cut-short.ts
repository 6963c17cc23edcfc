/** SQLSTATE of a statement that waited too long for a lock, or took too long. */
const CODES = ['55P03', '57014']
const DEPTH = 5

/**
 * True when the database is there and ended the statement because its time was over: the same one may do in a moment, or,
 * unlike with a database that is away, never.
 */
export function isCutShort(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > DEPTH) return false
  const { code, originalCode, cause, meta } = error as Record<string, unknown>
  if (CODES.some((each) => each === code || each === originalCode)) return true
  return [cause, meta, (meta as Record<string, unknown> | undefined)?.['driverAdapterError']].some((inner) => isCutShort(inner, depth + 1))
}
