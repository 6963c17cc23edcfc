import 'server-only'
import { recordAudit } from '../audit/record-audit'
import type { Who } from '../admin-tokens/hold-admin-token'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { transaction } from '../database/transaction'
import type { PropertyCreation } from '../generated/prisma/client'
import { toAppError } from '../http/to-app-error'
import { UpstreamUnreachable } from '../octorate/errors/upstream-unreachable'
import { getRuntime } from '../runtime'

/**
 * Writes down why a property was not created: refused, or, when no full answer came or none that can be read, unknown. One that was settled
 * meanwhile stays as it is, and so does one whose answer waits to be read: it may be there, and its token with it.
 */
export async function closeCreation(creation: PropertyCreation, error: unknown, who: Who): Promise<void> {
  if (isDatabaseUnavailable(error)) return
  const { code } = toAppError(error)
  const isUnknown = (error instanceof UpstreamUnreachable && error.maybeProcessed) || code === 'upstream_unreadable'
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const { connectionId, organizationId } = creation
    if ((await tx.grantJournal.count({ where: { connectionId, organizationId, origin: 'create', state: 'received' } })) > 0) return
    const { count } = await tx.propertyCreation.updateMany({
      where: { id: creation.id, organizationId: creation.organizationId, state: 'sending' },
      data: { state: isUnknown ? 'unknown' : 'refused', failure: code, settledAt: now },
    })
    if (count === 0) return
    await recordAudit(tx, {
      action: 'property.not_created', outcome: 'failure', organizationId: creation.organizationId, actor: who.actor,
      target: { kind: 'property_creation', id: creation.id }, detail: { failure: code },
      ...(who.context ? { context: who.context } : {}), at: now,
    })
  })
}
