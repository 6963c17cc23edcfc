import 'server-only'
import type { z } from 'zod'
import type { Incident, openIncident as endpoint } from '@/contracts/incidents'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { getIncident } from './get-incident'

/** Begins the work on a breach, or a drill of it: one of each kind at a time. @throws AppError `incident_open` */
export async function openIncident({ viewer, context }: Actor, { kind, summary }: z.output<typeof endpoint.body>): Promise<Incident> {
  const { organizationId, userId } = viewer
  const now = getRuntime().clock()
  const id = await transaction(async (tx) => {
    const [opened] = await tx.incident.createManyAndReturn({
      data: [{ organizationId, kind, summary, openedByUserId: userId, openedAt: now }],
      skipDuplicates: true,
    })
    if (!opened) throw new AppError('incident_open')
    await recordAudit(tx, {
      action: 'incident.opened', outcome: 'success', organizationId, actor: { kind: 'user', id: userId },
      target: { kind: 'incident', id: opened.id }, detail: { kind, summary }, context, at: now,
    })
    return opened.id
  })
  return getIncident(viewer, id)
}
