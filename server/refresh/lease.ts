import 'server-only'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { noteOutage } from '../database/outage'
import type { ApiClient, Connection } from '../generated/prisma/client'
import { drainIntoJournal } from '../journal/drain-into-journal'
import { getRuntime } from '../runtime'

/** Outlives the 20 s that a refresh may take, and what it waits before. */
export const LEASE_MS = 30_000
/** A refresh that could not be sent within this after its turn is given back: the rest is the call's. */
const SEND_WITHIN_MS = 7_000

type ConnectionFacts = Pick<
  Connection,
  | 'id' | 'organizationId' | 'apiClientId' | 'state' | 'lastRefreshOutcome' | 'nextRefreshAt' | 'refreshFailures'
  | 'accessTokenVersion' | 'refreshTokenVersion' | 'refreshTokenSealed' | 'fence'
> & { readonly cause: string | null }

/** The right to refresh a connection: whoever holds the newest fence may send. */
export interface Lease extends ConnectionFacts {
  readonly apiClient: Pick<
    ApiClient,
    'id' | 'organizationId' | 'clientId' | 'clientSecretSealed' | 'clientSecretVersion' | 'upstreamId' | 'apiVersion' | 'refusedAt'
  >
  /** An answer to this very refresh token waits in the journal. */
  readonly hasWaiting: boolean
  /** Milliseconds of the gap in the API client's lane, for whoever narrows or widens it. */
  readonly gapMs: number
  /** When it may be sent, on the clock of `performance.now()`. */
  readonly sendAt: number
}

/** The columns of a lease, from `leased l` (the changed row) joined with `api_clients a` and a slot `s`. */
export const LEASE_COLUMNS = `
  l.id, l.organization_id AS "organizationId", l.api_client_id AS "apiClientId", l.state, l.cause,
  l.last_refresh_outcome AS "lastRefreshOutcome", l.next_refresh_at AS "nextRefreshAt", l.refresh_failures AS "refreshFailures",
  l.access_token_version AS "accessTokenVersion", l.refresh_token_version AS "refreshTokenVersion",
  l.refresh_token_sealed AS "refreshTokenSealed", l.fence,
  a.client_id AS "clientId", a.client_secret_sealed AS "clientSecretSealed", a.client_secret_version AS "clientSecretVersion",
  a.upstream_id AS "upstreamId", a.api_version AS "apiVersion", a.refused_at AS "refusedAt",
  EXISTS (
    SELECT 1 FROM grant_journal j
    WHERE j.connection_id = l.id AND j.state = 'received' AND j.origin = 'refresh' AND j.sent_version = l.refresh_token_version
  ) AS "hasWaiting",
  s.gap_ms AS "gapMs",
  greatest(extract(epoch FROM s.slot_at - clock_timestamp()) * 1000, 0)::float8 AS "waitMs"`

export type LeaseRow = ConnectionFacts &
  Omit<Lease['apiClient'], 'id' | 'organizationId'> & { readonly hasWaiting: boolean; readonly gapMs: number; readonly waitMs: number }

export function toLease(row: LeaseRow): Lease {
  const { clientId, clientSecretSealed, clientSecretVersion, upstreamId, apiVersion, refusedAt, waitMs, ...connection } = row
  const { apiClientId: id, organizationId } = connection
  return {
    ...connection,
    apiClient: { id, organizationId, clientId, clientSecretSealed, clientSecretVersion, upstreamId, apiVersion, refusedAt },
    sendAt: performance.now() + waitMs,
  }
}

interface Newborn extends Pick<Connection, 'id' | 'organizationId' | 'refreshTokenSealed' | 'nextRefreshAt'> {
  readonly apiClient: Lease['apiClient']
  /** Before the statement that stored it was sent: its lease is not older. */
  readonly sendAt: number
}

/** The lease of a connection that was stored as leased, in a lane that nothing paces: all else about it is as it is made. */
export function leaseOfNew({ apiClient, ...connection }: Newborn): Lease {
  return {
    ...connection, apiClientId: apiClient.id, state: 'connected', cause: null, lastRefreshOutcome: 'ok', refreshFailures: 0,
    accessTokenVersion: 1, refreshTokenVersion: 1, fence: 1, apiClient, hasWaiting: false, gapMs: 0,
  }
}

/** Whether so much of the lease is left that a refresh sent now ends within it. */
export function isFresh({ sendAt }: Lease): boolean {
  return performance.now() - sendAt <= SEND_WITHIN_MS
}

/**
 * Whose lease may be taken: nobody's, or one that has lapsed. After an outage the answer to a token that was sent before may
 * be on its holder's disk still, and the token must not be sent again: then only the holder takes its own lease up, for a while.
 */
export function freeToTake(wasAway: string, processId: string): string {
  return `(c.lease_until IS NULL OR (c.lease_until <= clock_timestamp() AND (NOT ${wasAway}::boolean OR c.lease_owner = ${processId})))`
}

const TRY_AGAIN_MS = 200

interface Hold {
  /** Whether its refresh token was sent, so that an answer may be on its way into the journal. */
  readonly isSent: boolean
  /** What prolongs it; counts from the turn unless given. */
  readonly keep?: () => Promise<boolean>
  /** How long it is tried, on the clock of `performance.now()`. */
  readonly until?: number
}

/**
 * What prolongs a lease as soon as half of it is over: a slow answer may come when little of it is left. It never throws.
 *
 * @returns whether it was prolonged this time.
 */
export function keeperOf(lease: Lease): () => Promise<boolean> {
  let until = lease.sendAt + LEASE_MS
  return async () => {
    if (performance.now() < until - LEASE_MS / 2 || !(await prolong(lease))) return false
    until = performance.now() + LEASE_MS
    return true
  }
}

/**
 * Gives it back, unless somebody else holds it by now; but first an answer that waits in the spool goes into the journal,
 * where the next holder finds it. While the database is away both are tried again by themselves, for as long as a lease
 * lasts: nobody has to wait for that. Where it takes changes but no answers, as a full disk may, the lease is kept.
 */
export async function releaseLease(lease: Lease, { isSent, keep = keeperOf(lease), until = performance.now() + LEASE_MS }: Hold): Promise<void> {
  const { pool, processId } = getRuntime()
  try {
    // Until it lapses, no other process sends the token whose answer is here and nowhere else.
    if (isSent && (await drainIntoJournal()).has(lease.id)) return
    await pool.query(
      `UPDATE connections SET lease_owner = NULL, lease_until = NULL
       WHERE id = $1 AND organization_id = $2 AND lease_owner = $3 AND fence = $4`,
      [lease.id, lease.organizationId, processId, lease.fence],
    )
  } catch (error) {
    if (!isDatabaseUnavailable(error) || pool.ending) return
    noteOutage()
    const held = { isSent, keep, until: isSent && (await keep()) ? performance.now() + LEASE_MS : until }
    if (performance.now() > held.until) return
    setTimeout(() => void releaseLease(lease, held), TRY_AGAIN_MS).unref()
  }
}

async function prolong({ id, organizationId, fence }: Lease): Promise<boolean> {
  const { pool, processId } = getRuntime()
  const asked = pool.query(
    `UPDATE connections SET lease_until = clock_timestamp() + $5 * interval '1 millisecond'
     WHERE id = $1 AND organization_id = $2 AND lease_owner = $3 AND fence = $4`,
    [id, organizationId, processId, fence, LEASE_MS],
  )
  return asked.then(({ rowCount }) => rowCount === 1, () => false)
}
