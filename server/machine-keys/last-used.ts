import 'server-only'
import { storable } from '@/lib/text/storable'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { log } from '../log'
import { getRuntime, once } from '../runtime'
import { writeRequests } from './count-requests'
import type { KeyContext } from './machine-caller'

/** A key that rested is written within a round, one in constant use once a minute. */
const ROUND_MS = 5_000
const WRITE_EVERY_MS = 60_000

interface Use {
  readonly at: Date
  readonly context: KeyContext
}

interface Uses {
  readonly latest: Map<string, Use>
  /** Epoch milliseconds of the last writing, by key, for a minute. */
  readonly writtenAt: Map<string, number>
}

const uses = () => once<Uses>('machine-key-uses', () => ({ latest: new Map(), writtenAt: new Map() }))

/** Remembers when, from where and for what a key was used; written by the writer, never by the call. */
export function noteUse(keyId: string, context: KeyContext, at: Date): void {
  uses().latest.set(keyId, { at, context })
}

/**
 * Writes what {@link noteUse} collected: each key at most once a minute, all in one statement; the rest when stopped. And
 * how often each key came from where.
 */
export function startLastUsedWriter(): { stop(): Promise<void> } {
  let round = Promise.resolve()
  const timer = setInterval(() => {
    round = round.then(() => writeLastUsed('due')).then(() => writeRequests())
  }, ROUND_MS)
  return {
    async stop() {
      clearInterval(timer)
      await round
      await writeLastUsed('all')
      await writeRequests()
    },
  }
}

/** One round: the uses that are due, or all. What could not be written stays for the next. */
export async function writeLastUsed(which: 'due' | 'all'): Promise<void> {
  const { latest, writtenAt } = uses()
  const nowMs = getRuntime().clock().getTime()
  for (const [keyId, atMs] of writtenAt) if (Math.abs(nowMs - atMs) >= WRITE_EVERY_MS) writtenAt.delete(keyId)
  const taken = [...latest].filter(([keyId]) => which === 'all' || !writtenAt.has(keyId))
  if (taken.length === 0) return
  try {
    await write(taken)
  } catch (err) {
    if (!isDatabaseUnavailable(err)) log().error({ err }, 'the last uses of machine keys could not be written')
    return
  }
  for (const [keyId, use] of taken) {
    writtenAt.set(keyId, nowMs)
    // A later use has taken its place meanwhile, and waits for its own minute.
    if (latest.get(keyId) === use) latest.delete(keyId)
  }
}

/** Rows are locked in the order of their ids: two processes that write the same keys wait for each other, and never both. */
async function write(taken: readonly [string, Use][]): Promise<void> {
  await getRuntime().pool.query(
    `WITH used AS (
       SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[]) AS t (id, at, address, user_agent, route)
     ), held AS (
       SELECT k.id FROM machine_keys k JOIN used ON used.id = k.id ORDER BY k.id FOR NO KEY UPDATE OF k
     )
     UPDATE machine_keys k
     SET last_used_at = used.at, last_used_address = used.address, last_used_user_agent = used.user_agent, last_used_route = used.route
     FROM used JOIN held ON held.id = used.id
     WHERE k.id = used.id AND (k.last_used_at IS NULL OR k.last_used_at < used.at)`,
    [
      taken.map(([keyId]) => keyId),
      taken.map(([, { at }]) => at),
      taken.map(([, { context }]) => context.address),
      taken.map(([, { context }]) => storable(context.userAgent)),
      taken.map(([, { context }]) => context.route),
    ],
  )
}
