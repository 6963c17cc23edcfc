import 'server-only'
import { OPERATION_CAUSES, type OperationCauses } from '@/contracts/operations'
import { db } from '../db'
import { getRuntime } from '../runtime'
import { visibleCalls, type OperationViewer } from './visible-calls'

const LOOKED_BACK_MS = 24 * 60 * 60_000
const MOST = 12

interface Group {
  readonly cause: string
  readonly call: string
  readonly count: bigint
  readonly connections: bigint
  readonly last_at: Date
}

/** Failures of the last day by cause and call, the most frequent first. */
export async function listOperationCauses(viewer: OperationViewer): Promise<OperationCauses> {
  const calls = visibleCalls(viewer)
  const since = new Date(getRuntime().clock().getTime() - LOOKED_BACK_MS)
  const groups = await db().$queryRaw<Group[]>`
    SELECT cause, call, count(*) AS count, count(DISTINCT connection_id) AS connections, max(at) AS last_at
    FROM operations WHERE organization_id = ${viewer.organizationId}::uuid AND at > ${since} AND cause IS NOT NULL
      AND (${calls}::text[] IS NULL OR call = ANY (${calls}::text[]))
    GROUP BY cause, call ORDER BY count(*) DESC, cause, call LIMIT ${MOST}`
  return {
    items: groups.map(({ cause, call, count, connections, last_at: lastAt }) => ({
      cause: OPERATION_CAUSES.find((known) => known === cause) ?? 'unknown',
      call, count: Number(count), connections: Number(connections), lastAt: lastAt.toISOString(),
    })),
  }
}
