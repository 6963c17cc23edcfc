import 'server-only'
import type { ConnectionCause } from '@/lib/connection-status'
import { inGroups } from '../database/in-groups'
import { wasAwayJustNow } from '../database/outage'
import type { ConnectionState } from '../generated/prisma/client'
import { getRuntime, once } from '../runtime'
import { OVER_ON_ARRIVAL } from './claim-one'
import { freeToTake } from './lease'
import type { RefreshSubject } from './refresh-subject'

/** What somebody needs to know who wants a refresh that another process may be doing. */
export interface RefreshState {
  readonly state: ConnectionState
  readonly cause: ConnectionCause | null
  readonly lastRefreshOutcome: string
  readonly nextRefreshAt: Date | null
  readonly refreshFailures: number
  readonly accessTokenVersion: number
  readonly hasRefreshToken: boolean
  readonly upstreamId: string
  /** Since when Octorate refuses the API client; null while it takes it. */
  readonly clientRefusedAt: Date | null
  /** Only a person refreshes it. */
  readonly isPaused: boolean
  /** Another process, or another refresh of this one, holds the lease. */
  readonly isHeld: boolean
  /** When the access token came, if it was over by then; null for one that was not. */
  readonly uselessSince: Date | null
  /** Milliseconds that the next request for this API client would wait in its lane. */
  readonly queueMs: number
}

/** One look at a connection; all who look at the same time share one statement. @returns null when it is not there. */
export function readState(subject: RefreshSubject): Promise<RefreshState | null> {
  return once('refresh states', () => inGroups(readAll, { atOnce: 1, most: 500 }))(subject)
}

async function readAll(subjects: readonly RefreshSubject[]): Promise<readonly (RefreshState | null)[]> {
  const { rows } = await getRuntime().pool.query<RefreshState & RefreshSubject>(
    `SELECT c.id, c.organization_id AS "organizationId", c.state, c.cause, c.last_refresh_outcome AS "lastRefreshOutcome",
       c.next_refresh_at AS "nextRefreshAt", c.refresh_failures AS "refreshFailures", c.access_token_version AS "accessTokenVersion",
       c.refresh_token_sealed IS NOT NULL AS "hasRefreshToken", a.upstream_id AS "upstreamId", a.refused_at AS "clientRefusedAt",
       c.refresh_paused_at IS NOT NULL AS "isPaused", c.lease_until IS NOT NULL AND NOT ${freeToTake('$3', '$4')} AS "isHeld",
       CASE WHEN ${OVER_ON_ARRIVAL} THEN c.access_issued_at END AS "uselessSince",
       coalesce(greatest(extract(epoch FROM l.next_slot_at - clock_timestamp()) * 1000, 0), 0)::float8 AS "queueMs"
     FROM connections c
     JOIN unnest($1::uuid[], $2::uuid[]) AS wanted(id, organization_id) ON wanted.id = c.id AND wanted.organization_id = c.organization_id
     JOIN api_clients a ON a.id = c.api_client_id
     LEFT JOIN refresh_lanes l ON l.api_client_id = c.api_client_id`,
    [subjects.map(({ id }) => id), subjects.map(({ organizationId }) => organizationId), wasAwayJustNow(), getRuntime().processId],
  )
  const found = new Map(rows.map((row) => [`${row.id} ${row.organizationId}`, row]))
  return subjects.map(({ id, organizationId }) => found.get(`${id} ${organizationId}`) ?? null)
}
