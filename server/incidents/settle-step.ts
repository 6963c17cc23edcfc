import 'server-only'
import type { Incident, IncidentStep, IncidentTarget } from '@/contracts/incidents'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import type { Transaction } from '../db'
import type { Actor } from '../http/define-handler'
import { AppError } from '../http/app-error'
import { getRuntime } from '../runtime'
import { getIncident } from './get-incident'
import { requireOpenIncident } from './require-open-incident'
import { stepsOf, type IncidentRow } from './to-summary'

interface Settled {
  readonly step: IncidentStep
  readonly isDone: boolean
  readonly note?: string | undefined
  /** Connections that it has changed so far, and which it was about. */
  readonly touched?: number
  readonly target?: IncidentTarget
}

/** A person says that a step is done, or not needed; the last word counts. @throws AppError `not_found`, `incident_over` */
export async function settleStep(actor: Actor, id: string, settled: Settled): Promise<Incident> {
  await transaction(async (tx) => {
    const incident = await requireOpenIncident(tx, actor.viewer, id)
    if (!stepsOf(incident.kind).includes(settled.step)) throw new AppError('not_found')
    await writeStep(tx, actor, { incident, settled })
  })
  return getIncident(actor.viewer, id)
}

/** Within the transaction of what was done. */
export async function writeStep(tx: Transaction, { viewer, context }: Actor, { incident, settled }: { incident: IncidentRow; settled: Settled }): Promise<void> {
  const { step, isDone, note = null, touched, target } = settled
  const now = getRuntime().clock()
  const data = { isDone, note, userId: viewer.userId, at: now, ...(touched === undefined ? {} : { touched }) }
  await tx.incidentStep.upsert({
    where: { incidentId_step: { incidentId: incident.id, step } },
    create: { incidentId: incident.id, step, ...data },
    update: data,
  })
  await recordAudit(tx, {
    action: 'incident.step_settled', outcome: 'success', organizationId: viewer.organizationId, actor: { kind: 'user', id: viewer.userId },
    target: { kind: 'incident', id: incident.id }, context, at: now,
    detail: { step, isDone, ...(note === null ? {} : { note }), ...(touched === undefined ? {} : { touched }), ...(target ? { target } : {}) },
  })
}
