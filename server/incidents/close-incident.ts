import 'server-only'
import type { Incident } from '@/contracts/incidents'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { isOrganizationFrozen } from '../freezes/incident-freeze'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { getIncident } from './get-incident'
import { requireOpenIncident } from './require-open-incident'
import { stepsOf } from './to-summary'

/**
 * Ends the work on an incident. Steps that nobody settled are named in the audit log.
 *
 * @throws AppError `not_found`, `incident_over`; `freeze_holds` while its freeze does, which would be forgotten
 */
export async function closeIncident({ viewer, context }: Actor, id: string): Promise<Incident> {
  const { organizationId, userId } = viewer
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const { kind, steps } = await requireOpenIncident(tx, viewer, id)
    if (await isOrganizationFrozen(tx, { organizationId, onlySandbox: kind === 'drill' })) throw new AppError('freeze_holds')
    await tx.incident.updateMany({ where: { id, organizationId }, data: { closedAt: now, closedByUserId: userId } })
    const left = stepsOf(kind).filter((step) => !steps.some((settled) => settled.step === step))
    await recordAudit(tx, {
      action: 'incident.closed', outcome: 'success', organizationId, actor: { kind: 'user', id: userId },
      target: { kind: 'incident', id }, detail: { kind, left }, context, at: now,
    })
  })
  return getIncident(viewer, id)
}
