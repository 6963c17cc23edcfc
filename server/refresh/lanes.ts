import 'server-only'
import { gapOf, narrow, REFUSED_GAP_MS, widen } from '@/lib/refresh/pace'
import { Prisma } from '../generated/prisma/client'
import { getRuntime, once } from '../runtime'
import type { Lease } from './lease'

/** Answers that were under way when the first one came say nothing new about the quota. */
const WIDEN_ONCE_IN_MS = 1_000

const baseGap = () => gapOf(getRuntime().env.KEYRACK_REFRESH_RATE)

const WITHOUT_LANE = 'FROM api_clients a WHERE a.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM refresh_lanes l WHERE l.api_client_id = a.id)'

/** Every API client has its lane, made before its first refresh is due. */
export async function openLanes(): Promise<void> {
  await getRuntime().pool.query(
    `INSERT INTO refresh_lanes (api_client_id, next_slot_at, gap_ms)
     SELECT a.id, clock_timestamp(), $1 ${WITHOUT_LANE} ORDER BY a.id ON CONFLICT DO NOTHING`,
    [baseGap()],
  )
}

/** Whether an API client has none yet. */
export function anyWithoutLane(): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 ${Prisma.raw(WITHOUT_LANE)})`
}

/** The quota is used up: half as many from now on. */
export async function widenLane({ apiClientId, gapMs }: Lease): Promise<void> {
  const widened = once('lanes widened', () => new Map<string, number>())
  const now = performance.now()
  if (now - (widened.get(apiClientId) ?? -Infinity) < WIDEN_ONCE_IN_MS) return
  widened.set(apiClientId, now)
  await getRuntime().pool.query('UPDATE refresh_lanes SET gap_ms = $2 WHERE api_client_id = $1 AND gap_ms < $2', [apiClientId, widen(gapMs)])
}

/** A refresh succeeded: a little faster again, down to the configured rate. */
export async function narrowLane({ apiClientId, gapMs }: Lease): Promise<void> {
  const base = baseGap()
  if (gapMs <= base) return
  await getRuntime().pool.query('UPDATE refresh_lanes SET gap_ms = $3 WHERE api_client_id = $1 AND gap_ms = $2', [apiClientId, gapMs, narrow(gapMs, base)])
}

/** Octorate refuses the API client: one refresh a minute asks whether it still does. */
export async function haltLane({ apiClientId }: Lease): Promise<void> {
  await getRuntime().pool.query(
    `UPDATE refresh_lanes SET gap_ms = $2, next_slot_at = clock_timestamp() + $2::float8 * interval '1 millisecond' WHERE api_client_id = $1`,
    [apiClientId, REFUSED_GAP_MS],
  )
}
