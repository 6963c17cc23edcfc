import 'server-only'
import { WIDEST_GAP_MS } from '@/lib/refresh/pace'
import { Prisma } from '../generated/prisma/client'
import { drainIntoJournal } from '../journal/drain-into-journal'
import { answersWait } from '../journal/waiting-answers'
import { getRuntime } from '../runtime'
import { askedApiClients } from './asked'
import { blockedUpstreams, upstreamsToProbe } from './circuits'
import { claimDue } from './claim-due'
import { hasFlight, startFlight } from './flights'
import type { Lease } from './lease'
import { takePermit } from './permits'
import { refreshNow } from './refresh-now'
import type { RefreshResult } from './refresh-result'
import type { RefreshSubject } from './refresh-subject'
import { runLease } from './run-lease'

/** Second tries of doubted grants that are begun at a time. */
const MOST_CONFIRMATIONS = 20

/**
 * Claims at most `limit` connections that are due and starts their refreshes; where an upstream has fallen silent, one
 * probe instead. Second tries that decide about a reconnect are not put behind all the others: somebody waits for the
 * verdict. Nothing is started while answers wait that could be kept in memory only.
 *
 * @returns the refreshes that were started, none of which ever rejects.
 */
export async function refreshDue(limit: number): Promise<Promise<RefreshResult>[]> {
  const staying = await drainIntoJournal()
  if (answersWait()) return []
  const probes = await Promise.all(upstreamsToProbe().map(probe))
  const upstreams = openUpstreams()
  const confirmations = await confirm(upstreams)
  const leases = await claimDue({ limit, upstreams, busyApiClients: askedApiClients() })
  return [...probes.flat(), ...confirmations, ...leases.filter(({ id }) => !staying.has(id)).map(fly)]
}

/** Those that this process may call, and that it does not leave alone. */
function openUpstreams(): string[] {
  const alone = [...blockedUpstreams(), ...upstreamsToProbe()]
  return getRuntime().upstreams.map(({ id }) => id).filter((id) => !alone.includes(id))
}

/**
 * Whether `refreshDue` may find something: it is wider than the claims of what is due, and of second tries, in what it asks
 * of lanes and leases. A silent upstream is probed by a time that only this process knows, and so are answers that wait.
 */
export function anythingToRefresh(): Prisma.Sql {
  if (answersWait() || upstreamsToProbe().length > 0) return Prisma.sql`true`
  return Prisma.sql`EXISTS (
    SELECT 1 FROM api_clients a
    LEFT JOIN refresh_lanes l ON l.api_client_id = a.id
    CROSS JOIN LATERAL (
      SELECT 1 FROM connections c
      WHERE c.api_client_id = a.id AND c.next_refresh_at <= ${getRuntime().clock()}
        AND c.state IN ('connected', 'refresh_failing') AND c.refresh_paused_at IS NULL
        AND (c.refresh_token_sealed IS NOT NULL OR c.last_refresh_outcome = 'confirming')
        AND (c.lease_until IS NULL OR c.lease_until <= clock_timestamp())
      LIMIT 1
    ) due
    WHERE a.upstream_id = ANY (${openUpstreams()}::text[])
      AND (l.api_client_id IS NULL OR l.next_slot_at <= clock_timestamp() + ${WIDEST_GAP_MS}::float8 * interval '1 millisecond')
  )`
}

function fly(lease: Lease): Promise<RefreshResult> {
  // Somebody's own flight was about to claim it: it finds the lease taken, and this refresh done.
  const run = () => withPermit(() => runLease(lease, 'due'))
  return hasFlight(lease.id) ? run() : startFlight(lease.id, 'due', run)
}

async function withPermit<T>(work: () => Promise<T>): Promise<T> {
  const release = await takePermit('background')
  try {
    return await work()
  } finally {
    release()
  }
}

/** Those that were refused once, and whose half minute is over; where a lane stands still they stand with it. */
async function confirm(upstreams: readonly string[]): Promise<Promise<RefreshResult>[]> {
  const { pool, clock } = getRuntime()
  const { rows } = await pool.query<RefreshSubject>(
    `SELECT c.id, c.organization_id AS "organizationId" FROM connections c JOIN api_clients a ON a.id = c.api_client_id
     WHERE c.last_refresh_outcome = 'confirming' AND c.state = 'refresh_failing' AND c.next_refresh_at <= $1 AND c.refresh_paused_at IS NULL
       AND (c.lease_until IS NULL OR c.lease_until <= clock_timestamp()) AND a.upstream_id = ANY ($2::text[])
       AND NOT EXISTS (
         SELECT 1 FROM refresh_lanes l
         WHERE l.api_client_id = c.api_client_id AND l.next_slot_at > clock_timestamp() + $3 * interval '1 millisecond'
       )
     ORDER BY c.next_refresh_at LIMIT $4`,
    [clock(), upstreams, WIDEST_GAP_MS, MOST_CONFIRMATIONS],
  )
  return rows.map((subject) => refreshNow(subject, { reason: 'confirm' }))
}

/**
 * The connection of a silent upstream that comes first, due or not: its refresh asks whether Octorate is back. Where none
 * waits for that, because another process or a person had them refreshed, the next that is due asks: without a probe, this
 * process would leave the upstream alone for ever.
 */
async function probe(upstreamId: string): Promise<Promise<RefreshResult>[]> {
  const { pool, clock } = getRuntime()
  const { rows } = await pool.query<RefreshSubject>(
    `SELECT c.id, c.organization_id AS "organizationId" FROM connections c JOIN api_clients a ON a.id = c.api_client_id
     WHERE a.upstream_id = $1 AND c.refresh_token_sealed IS NOT NULL AND c.state IN ('connected', 'refresh_failing') AND c.refresh_paused_at IS NULL
       AND (c.cause = 'upstream_unreachable' OR c.next_refresh_at <= $2)
       AND (c.lease_until IS NULL OR c.lease_until <= clock_timestamp())
     ORDER BY a.refused_at IS NOT NULL, c.cause IS DISTINCT FROM 'upstream_unreachable', c.next_refresh_at LIMIT 1`,
    [upstreamId, clock()],
  )
  return rows.map((subject) => refreshNow(subject, { reason: 'probe' }))
}
