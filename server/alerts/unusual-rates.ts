import 'server-only'
import type { Transaction } from '../db'
import { tellKeyHints } from './key-hints'

const HOUR_MS = 60 * 60_000
/** So many requests in an hour are told at least: ten times little is little. */
export const LEAST_REQUESTS = 500
/** Times the mean of the hours in which the key was used. */
export const TIMES_THE_MEAN = 10
/** Times its busiest hour too: who reads everything once a night has a low mean, and does nothing unusual. */
export const TIMES_THE_BUSIEST = 2
const COMPARED_MS = 7 * 24 * HOUR_MS
/** What a younger key usually does is not known. */
const LEAST_HISTORY_MS = 24 * HOUR_MS
/** Requests are counted a few seconds late, and looked at half a minute later: so long an hour that has ended is the current one. */
const COUNTED_LATE_MS = 60_000

interface Rate {
  readonly machine_key_id: string
  readonly requests: number
  readonly mean: number
  readonly busiest: number
}

/** Announces keys that ask far more in this hour than in any of the seven days before it. */
export async function tellUnusualRates(tx: Transaction, now: Date): Promise<boolean> {
  const hourMs = Math.floor((now.getTime() - COUNTED_LATE_MS) / HOUR_MS) * HOUR_MS
  const hour = new Date(hourMs)
  const rates = await tx.$queryRaw<Rate[]>`
    SELECT machine_key_id, requests, mean, busiest
    FROM (
      SELECT machine_key_id, sum(count)::float8 AS requests FROM key_requests WHERE hour = ${hour}
      GROUP BY machine_key_id HAVING sum(count) >= ${LEAST_REQUESTS}
    ) busy
    CROSS JOIN LATERAL (
      SELECT coalesce(avg(requests), 0)::float8 AS mean, coalesce(max(requests), 0)::float8 AS busiest
      FROM (
        SELECT sum(count) AS requests FROM key_requests before
        WHERE before.machine_key_id = busy.machine_key_id AND before.hour >= ${new Date(hourMs - COMPARED_MS)} AND before.hour < ${hour}
        GROUP BY before.hour
      ) hours
    ) usual
    WHERE requests >= mean * ${TIMES_THE_MEAN}::float8 AND requests >= busiest * ${TIMES_THE_BUSIEST}::float8
      AND EXISTS (SELECT 1 FROM key_requests old WHERE old.machine_key_id = busy.machine_key_id AND old.hour <= ${new Date(hourMs - LEAST_HISTORY_MS)})`
  await tellKeyHints(tx, {
    kind: 'unusual_rate', now,
    hints: rates.map(({ machine_key_id: machineKeyId, requests, mean, busiest }) => ({
      machineKeyId, seen: { hour: hour.toISOString(), requests, usual: { mean: Math.round(mean), busiest } },
    })),
  })
  return false
}
