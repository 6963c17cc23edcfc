import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import type { Logger } from 'pino'
import { PrismaClient } from './generated/prisma/client'
import { once, getRuntime } from './runtime'

export type Database = PrismaClient
/** The client inside a transaction. */
export type Transaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0]

/** Whoever waits longer for a connection is told to come back: with a pool that is dry, all would wait for all. */
const CONNECT_TIMEOUT_MS = 2_000
const STATEMENT_TIMEOUT_MS = 10_000
const LOCK_TIMEOUT_MS = 5_000
/** The server ends a statement before; who hears nothing by then has lost it, though no socket said so. */
const SILENCE_MS = 12_000
/** A dead way to the server is noticed though nobody asks anything. */
const KEEP_ALIVE_MS = 10_000

/** The one Prisma client of this process, over the one pool. */
export function db(): Database {
  return once('prisma', () => new PrismaClient({ adapter: new PrismaPg(getRuntime().pool) }))
}

/** Makes the pool. Idle and checked-out clients that lose their server are logged and dropped, never thrown. */
export function makePool(connectionString: string, size: number, log: Logger): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: size,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    query_timeout: SILENCE_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'keyrack',
    // Prisma writes instants without a zone: in a database that lives in another, they would be moved by its hours.
    onConnect: async (client) => void (await client.query("SET TimeZone TO 'UTC'")),
  })
  const report = (err: Error) => log.warn({ err }, 'a database connection was lost')
  pool.on('error', report)
  pool.on('connect', (client) => client.on('error', report))
  return pool
}
