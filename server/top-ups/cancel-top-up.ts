import 'server-only'
import type { TopUp } from '@/contracts/top-ups'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { requireTopUp } from './list-top-ups'

/**
 * Puts back what was not refreshed yet: it is due as it was before, but for what has no token since it was dropped. What
 * is in hand at this moment ends as it ends.
 *
 * @throws AppError `not_found`, `top_up_over`
 */
export async function cancelTopUp({ viewer, context }: Actor, id: string): Promise<TopUp> {
  const { organizationId, userId } = viewer
  const { state } = await requireTopUp(viewer, id)
  if (state !== 'running') throw new AppError('top_up_over')
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const changed = await tx.topUp.updateMany({ where: { id, organizationId, cancelledAt: null }, data: { cancelledAt: now } })
    if (changed.count === 0) throw new AppError('top_up_over')
    const putBack = await tx.$executeRaw`
      WITH open AS (
        SELECT c.id, m.due_before FROM connections c JOIN top_up_connections m ON m.connection_id = c.id AND m.top_up_id = ${id}::uuid
        WHERE c.organization_id = ${organizationId}::uuid AND c.state = 'connected' AND c.access_token_version = m.seen_version
          AND c.next_refresh_at = m.due_at AND NOT (c.access_token_sealed IS NULL AND c.access_dropped_at IS NOT NULL)
          AND (c.lease_until IS NULL OR c.lease_until <= clock_timestamp())
        FOR UPDATE OF c SKIP LOCKED
      ), back AS (
        UPDATE connections c SET next_refresh_at = open.due_before, updated_at = ${now} FROM open WHERE open.id = c.id RETURNING c.id
      )
      DELETE FROM top_up_connections m USING back WHERE m.connection_id = back.id AND m.top_up_id = ${id}::uuid`
    await tx.topUp.updateMany({ where: { id, organizationId }, data: { putBack } })
    await recordAudit(tx, {
      action: 'top_up.cancelled', outcome: 'success', organizationId, actor: { kind: 'user', id: userId }, context,
      target: { kind: 'top_up', id }, detail: { putBack }, at: now,
    })
  })
  return requireTopUp(viewer, id)
}
