import 'server-only'
import { dueAt, LONGEST_LIFE_MS } from '@/lib/refresh/due-at'
import { getRuntime } from '../runtime'

const AT_ONCE = 1_000
/** The rest has its turn a minute later. */
const MOST_GROUPS = 50
/**
 * A token that was issued later than now by more than this, and by more than a fifth of its life, tells that the clock went
 * back. By less, the refresh after four fifths of its life at most comes in time all the same: clocks of several machines
 * differ by minutes.
 */
const CLOCK_WENT_BACK_MS = 5 * 60_000
const CLOCK_WENT_BACK_SHARE = 0.2

interface Row {
  readonly id: string
  readonly access_issued_at: Date
  readonly access_expires_at: Date
}

/**
 * Gives every connection that can be refreshed a time at which it is due: those of an earlier version, which have none;
 * those whose time lies farther ahead than any token's; and those whose token, after the clock went back, seems to come
 * from the future, so that nobody knows when it ends. An import that was taken on trust waits for its first use.
 *
 * @returns how many it mended.
 */
export async function keepDueTimes(): Promise<number> {
  let mended = 0
  for (let groups = 0; groups < MOST_GROUPS; groups += 1) {
    const count = await mendSome(getRuntime().clock())
    mended += count
    if (count < AT_ONCE) break
  }
  return mended
}

async function mendSome(now: Date): Promise<number> {
  const { pool } = getRuntime()
  const { rows } = await pool.query<Row>(
    `SELECT id, access_issued_at, access_expires_at FROM connections
     WHERE state IN ('connected', 'refresh_failing') AND refresh_token_sealed IS NOT NULL
       AND NOT (origin = 'import' AND verified_at IS NULL AND access_token_sealed IS NULL)
       AND (next_refresh_at IS NULL OR next_refresh_at > $2 OR (access_issued_at > $3 AND next_refresh_at > $1
         AND access_issued_at - $1::timestamptz > $5::float8 * (access_expires_at - access_issued_at)))
     LIMIT $4`,
    [now, new Date(now.getTime() + LONGEST_LIFE_MS), new Date(now.getTime() + CLOCK_WENT_BACK_MS), AT_ONCE, CLOCK_WENT_BACK_SHARE],
  )
  if (rows.length === 0) return 0
  await pool.query(
    `UPDATE connections c SET next_refresh_at = given.due_at, updated_at = $3
     FROM unnest($1::uuid[], $2::timestamptz[]) AS given(id, due_at)
     WHERE c.id = given.id AND c.state IN ('connected', 'refresh_failing')`,
    [rows.map(({ id }) => id), rows.map((row) => dueOf(row, now)), now],
  )
  return rows.length
}

function dueOf({ id, access_issued_at: issuedAt, access_expires_at: expiresAt }: Row, now: Date): Date {
  const due = dueAt({ connectionId: id, issuedAt, expiresAt })
  const aheadMs = issuedAt.getTime() - now.getTime()
  const bearableMs = Math.max(CLOCK_WENT_BACK_MS, CLOCK_WENT_BACK_SHARE * (expiresAt.getTime() - issuedAt.getTime()))
  return aheadMs > bearableMs ? now : due
}
