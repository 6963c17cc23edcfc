import 'server-only'
import { randomUUID } from 'node:crypto'
import type { TopUp, TopUpPlan } from '@/contracts/top-ups'
import { gapOf } from '@/lib/refresh/pace'
import { requireApiClient } from '../api-clients/find-api-client'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import type { Transaction } from '../db'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { openLanes } from '../refresh/lanes'
import { getRuntime } from '../runtime'
import { lookNow } from '../until-work'
import { askQuotas } from './ask-quotas'
import { findRunning } from './find-running'
import { requireTopUp } from './list-top-ups'
import { readPlan } from './read-plan'

/** Rows that somebody has in hand are free in a moment; one that stays in hand is being refreshed anyway. */
const MOST_LOOKS = 10
const LOOK_AGAIN_MS = 20

/**
 * Makes connections due now, the first to end first, each as much later than the one before as the pace of its API client
 * asks: what else falls due meanwhile comes in its turn. The engine does the rest, in whichever process, after any restart.
 *
 * @throws AppError `not_found`, `top_up_running`, `top_up_nothing`, `top_up_while_refused`, `top_up_quota`
 */
export async function startTopUp(actor: Actor, apiClientId: string | null): Promise<TopUp> {
  const { viewer, context } = actor
  const { organizationId, userId } = viewer
  if (apiClientId !== null) await requireApiClient(viewer, apiClientId)
  const wanted = await readPlan({ organizationId, apiClientId })
  const plan = await readPlan({ organizationId, apiClientId }, await askQuotas(actor, takenBy(wanted)))
  if (plan.refusal) throw new AppError(plan.refusal)
  await openLanes()
  const [id, now] = [randomUUID(), getRuntime().clock()]
  await transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM organizations WHERE id = ${organizationId}::uuid FOR NO KEY UPDATE`
    if ((await findRunning(tx, organizationId)) !== null) throw new AppError('top_up_running')
    const plannedUntil = new Date(now.getTime() + plan.seconds * 1000)
    await tx.topUp.create({ data: { id, organizationId, apiClientId, startedByUserId: userId, startedAt: now, plannedUntil } })
    await takeAll(tx, { id, organizationId, apiClientIds: takenBy(plan), now })
    await recordAudit(tx, {
      action: 'top_up.started', outcome: 'success', organizationId, actor: { kind: 'user', id: userId }, context,
      target: { kind: 'top_up', id }, detail: { apiClient: apiClientId, connections: await tx.topUpConnection.count({ where: { topUpId: id } }) }, at: now,
    })
  })
  lookNow()
  return requireTopUp(viewer, id)
}

function takenBy({ apiClients }: TopUpPlan): string[] {
  return apiClients.filter(({ refusal, connections }) => refusal === null && connections > 0).map(({ id }) => id)
}

interface Taking {
  readonly id: string
  readonly organizationId: string
  readonly apiClientIds: readonly string[]
  readonly now: Date
}

/** Past those that somebody has in hand, and again for these: nobody who settles many at once is waited for with some locked. */
async function takeAll(tx: Transaction, taking: Taking): Promise<void> {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    await take(tx, taking)
    if ((await countLeft(tx, taking)) === 0) return
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
}

async function take(tx: Transaction, { id, organizationId, apiClientIds, now }: Taking): Promise<void> {
  const base = gapOf(getRuntime().env.KEYRACK_REFRESH_RATE)
  await tx.$executeRaw`
    WITH locked AS (
      SELECT c.id, c.api_client_id, c.access_expires_at, c.next_refresh_at, c.access_token_version FROM connections c
      WHERE c.organization_id = ${organizationId}::uuid AND c.api_client_id = ANY (${apiClientIds}::uuid[])
        AND c.state = 'connected' AND c.refresh_token_sealed IS NOT NULL AND c.refresh_paused_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM top_up_connections m WHERE m.top_up_id = ${id}::uuid AND m.connection_id = c.id)
      FOR UPDATE SKIP LOCKED
    ), turns AS (
      SELECT locked.*, greatest(l.gap_ms, ${base}::float8) * (row_number() OVER (PARTITION BY locked.api_client_id ORDER BY access_expires_at, id) - 1) AS wait_ms
      FROM locked JOIN refresh_lanes l ON l.api_client_id = locked.api_client_id
    ), moved AS (
      UPDATE connections c SET next_refresh_at = least(c.next_refresh_at, ${now}::timestamptz + wait_ms * interval '1 millisecond'), updated_at = ${now}
      FROM turns WHERE turns.id = c.id
      RETURNING c.id, c.next_refresh_at AS due_at, turns.next_refresh_at AS due_before, turns.access_token_version AS seen_version
    )
    INSERT INTO top_up_connections (top_up_id, connection_id, organization_id, seen_version, due_before, due_at)
    SELECT ${id}::uuid, id, ${organizationId}::uuid, seen_version, due_before, due_at FROM moved`
}

async function countLeft(tx: Transaction, { id, organizationId, apiClientIds }: Taking): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM connections c
    WHERE c.organization_id = ${organizationId}::uuid AND c.api_client_id = ANY (${apiClientIds}::uuid[])
      AND c.state = 'connected' AND c.refresh_token_sealed IS NOT NULL AND c.refresh_paused_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM top_up_connections m WHERE m.top_up_id = ${id}::uuid AND m.connection_id = c.id)`
  return rows[0]?.count ?? 0
}
