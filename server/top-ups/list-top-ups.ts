import 'server-only'
import type { TopUp } from '@/contracts/top-ups'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { Prisma } from '../generated/prisma/client'
import { AppError } from '../http/app-error'

type Whose = Pick<Viewer, 'organizationId'>

const MOST = 20

interface Row {
  readonly id: string
  readonly api_client_id: string | null
  readonly api_client_name: string | null
  readonly started_by: string | null
  readonly started_at: Date
  readonly planned_until: Date
  readonly cancelled_at: Date | null
  readonly put_back: number
  readonly members: number
  readonly renewed: number
  readonly waiting: number
  readonly holds_until: Date | null
}

/** The latest first. */
export async function listTopUps(whose: Whose): Promise<{ items: TopUp[] }> {
  return { items: await read(whose, Prisma.empty) }
}

/** @throws AppError `not_found` */
export async function requireTopUp(whose: Whose, id: string): Promise<TopUp> {
  const [found] = await read(whose, Prisma.sql`AND t.id = ${id}::uuid`)
  if (!found) throw new AppError('not_found')
  return found
}

/** How far each is, from the rows of its connections: nothing else is remembered. */
async function read({ organizationId }: Whose, which: Prisma.Sql): Promise<TopUp[]> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT t.id, t.api_client_id, a.name AS api_client_name, u.name AS started_by, t.started_at, t.planned_until, t.cancelled_at, t.put_back,
      count(c.id)::int AS members,
      count(c.id) FILTER (WHERE c.access_token_version > m.seen_version)::int AS renewed,
      count(c.id) FILTER (WHERE c.access_token_version = m.seen_version AND c.state = 'connected')::int AS waiting,
      min(c.access_expires_at) FILTER (WHERE c.access_token_version > m.seen_version AND c.state <> 'disconnected') AS holds_until
    FROM (SELECT * FROM top_ups t WHERE t.organization_id = ${organizationId}::uuid ${which} ORDER BY t.started_at DESC, t.id DESC LIMIT ${MOST}) t
    LEFT JOIN top_up_connections m ON m.top_up_id = t.id LEFT JOIN connections c ON c.id = m.connection_id
    LEFT JOIN api_clients a ON a.id = t.api_client_id LEFT JOIN users u ON u.id = t.started_by_user_id
    GROUP BY t.id, t.api_client_id, a.name, u.name, t.started_at, t.planned_until, t.cancelled_at, t.put_back
    ORDER BY t.started_at DESC, t.id DESC`
  return rows.map(toDto)
}

function toDto(row: Row): TopUp {
  const { members, renewed, waiting, put_back: putBack, api_client_id: apiClientId } = row
  return {
    id: row.id,
    state: row.cancelled_at ? 'cancelled' : waiting > 0 ? 'running' : 'finished',
    apiClient: apiClientId === null ? null : { id: apiClientId, name: row.api_client_name ?? '' },
    startedBy: row.started_by,
    startedAt: row.started_at.toISOString(),
    plannedUntil: row.planned_until.toISOString(),
    cancelledAt: row.cancelled_at?.toISOString() ?? null,
    counts: { total: members + putBack, renewed, waiting, putBack, failed: members - renewed - waiting },
    holdsUntil: row.holds_until?.toISOString() ?? null,
  }
}
