import 'server-only'
import { RecentMap } from '@/lib/recent-map'
import { getRuntime, once } from '../runtime'
import type { Known } from './write-ledger'

/** Some 150 bytes each; one that was forgotten is looked up again. */
const MOST_KNOWN = 50_000

const SQL = `SELECT o.machine_key_id || ' ' || o.connection_id || ' ' || o.address AS origin
  FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS wanted (key_id, connection_id, address)
  JOIN hand_out_origins o ON o.machine_key_id = wanted.key_id AND o.connection_id = wanted.connection_id AND o.address = wanted.address`

const known = () => once('known origins of hand-outs', () => new RecentMap<string, true>(MOST_KNOWN))

/** Whether the audit log has the first hand-out of this key, connection and address already, as far as memory knows. */
export function isKnownOrigin(origin: string): boolean {
  return known().get(origin) === true
}

export function rememberOrigin(origin: string): void {
  known().set(origin, true)
}

/**
 * Looks those up that memory does not know: nearly all have been seen by another process, or by this one before its start.
 *
 * @returns whether all of them are known now
 */
export async function learnOrigins(group: readonly Known[]): Promise<boolean> {
  const entries = group.filter(({ origin }) => !isKnownOrigin(origin)).map(({ entry }) => entry)
  if (entries.length === 0) return true
  const { rows } = await getRuntime().pool.query<{ origin: string }>(SQL, [
    entries.map(({ actor }) => actor.caller.keyId), entries.map(({ connectionId }) => connectionId), entries.map(({ actor }) => actor.context.address),
  ])
  for (const { origin } of rows) rememberOrigin(origin)
  return group.every(({ origin }) => isKnownOrigin(origin))
}
