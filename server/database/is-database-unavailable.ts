import { isCutShort } from './is-cut-short'

/** Prisma's codes for a server that is not there, and its pool running dry. */
const PRISMA_CODES = new Set(['P1000', 'P1001', 'P1002', 'P1008', 'P1011', 'P1017', 'P2024', 'P2028', 'P2037'])
/** Sockets that fail, and SQLSTATE classes 08 (connection), 53 (resources) and 57P (server going down). */
const SYSTEM_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH'])
/** What Prisma's driver calls a failed socket. Mostly Prisma makes a code of it; at the end of a transaction it does not. */
const DRIVER_KINDS = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout'])
const MESSAGE = /connection terminated|is not queryable|timeout exceeded when trying to connect|server closed the connection|query read timeout|the database system is|terminating connection/i
const DEPTH = 5
/** Our own word for it, where a statement got no answer in time. */
const OWN_CODE = 'database_unavailable'

/** True when the database could not be asked, or not within the time, so that the same question may succeed in a moment. */
export function isDatabaseUnavailable(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > DEPTH) return false
  if (isCutShort(error)) return true
  const { code, cause, meta, message, originalCode, kind } = error as Record<string, unknown>
  if (isUnavailableCode(code) || isUnavailableCode(originalCode)) return true
  if (typeof kind === 'string' && DRIVER_KINDS.has(kind)) return true
  if (typeof message === 'string' && MESSAGE.test(message)) return true
  return [cause, meta, (meta as Record<string, unknown> | undefined)?.['driverAdapterError']].some((inner) =>
    isDatabaseUnavailable(inner, depth + 1),
  )
}

function isUnavailableCode(code: unknown): boolean {
  if (typeof code !== 'string') return false
  return code === OWN_CODE || PRISMA_CODES.has(code) || SYSTEM_CODES.has(code) || /^(08|53|57P)/.test(code)
}
