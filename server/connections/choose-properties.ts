import 'server-only'
import type { ConnectionDetail } from '@/contracts/connections'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { getConnection } from './get-connection'

/**
 * Chooses which of the covered properties are linked. The token goes on covering all of them: Octorate knows no smaller
 * grant than the one that the hotelier gave.
 *
 * @throws AppError `not_found`; `invalid_input` when a property is named that the connection does not cover.
 */
export async function chooseProperties(
  { viewer, context }: Actor,
  id: string,
  { linked }: { linked: readonly string[] },
): Promise<ConnectionDetail> {
  const before = await getConnection(viewer, id)
  const covered = new Set(before.properties.map((property) => property.upstreamId))
  if (linked.some((upstreamId) => !covered.has(upstreamId))) {
    throw new AppError('invalid_input', { issues: [{ path: 'linked', message: 'names a property that is not covered' }] })
  }
  const { organizationId } = viewer
  await transaction(async (tx) => {
    const chosen = [...linked]
    await tx.property.updateMany({ where: { connectionId: id, organizationId, upstreamId: { in: chosen } }, data: { linked: true } })
    await tx.property.updateMany({ where: { connectionId: id, organizationId, upstreamId: { notIn: chosen } }, data: { linked: false } })
    await recordAudit(tx, {
      action: 'connection.properties_chosen',
      outcome: 'success',
      organizationId,
      actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'connection', id },
      detail: { linked: chosen.length, covered: covered.size },
      context,
      at: getRuntime().clock(),
    })
  })
  return getConnection(viewer, id)
}
