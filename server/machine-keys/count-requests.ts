import 'server-only'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { log } from '../log'
import { getRuntime, once } from '../runtime'

const HOUR_MS = 60 * 60_000
const KEPT_DAYS = 92
const DAY_MS = 24 * HOUR_MS

interface Counted {
  readonly keyId: string
  readonly organizationId: string
  readonly address: string
  readonly hourMs: number
  count: number
}

/** By key, then by address and hour. */
const counts = () => once<Map<string, Map<string, Counted>>>('machine-key-requests', () => new Map())

/**
 * Counts a request that showed a valid key, whether or not its address was let in: a restriction is tried out against what
 * really came, and hand-outs alone would leave out everything else that a key does. Written by the writer of last uses.
 */
export function countRequest({ keyId, organizationId }: { keyId: string; organizationId: string }, address: string, at: Date): void {
  const hourMs = Math.floor(at.getTime() / HOUR_MS) * HOUR_MS
  const ofKey = counts().get(keyId) ?? new Map<string, Counted>()
  if (ofKey.size === 0) counts().set(keyId, ofKey)
  const name = `${address} ${hourMs}`
  const counted = ofKey.get(name)
  if (counted) counted.count += 1
  else ofKey.set(name, { keyId, organizationId, address, hourMs, count: 1 })
}

/** Writes what was counted, in one statement. What could not be written is counted on. */
export async function writeRequests(): Promise<void> {
  const taken = [...counts().values()].flatMap((ofKey) => [...ofKey.values()])
  counts().clear()
  if (taken.length === 0) return
  try {
    await write(taken)
  } catch (err) {
    for (const { count, hourMs, address, ...key } of taken) {
      countRequest(key, address, new Date(hourMs))
      const again = counts().get(key.keyId)?.get(`${address} ${hourMs}`)
      if (again) again.count += count - 1
    }
    if (!isDatabaseUnavailable(err)) log().error({ err }, 'the requests of machine keys could not be counted')
  }
}

/** Forgets what is older than any question that is asked of it. */
export async function pruneRequests(now: Date): Promise<void> {
  await getRuntime().pool.query('DELETE FROM key_requests WHERE hour < $1', [new Date(now.getTime() - KEPT_DAYS * DAY_MS)])
}

/** Rows in the order of their key: two processes that count the same ones wait for each other, and never both. */
async function write(taken: readonly Counted[]): Promise<void> {
  await getRuntime().pool.query(
    `INSERT INTO key_requests (machine_key_id, organization_id, address, hour, count)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::int[]) AS t (key, organization, address, hour, count)
     ORDER BY key, hour, address
     ON CONFLICT (machine_key_id, hour, address) DO UPDATE SET count = key_requests.count + excluded.count`,
    [
      taken.map(({ keyId }) => keyId),
      taken.map(({ organizationId }) => organizationId),
      taken.map(({ address }) => address),
      taken.map(({ hourMs }) => new Date(hourMs)),
      taken.map(({ count }) => count),
    ],
  )
}
