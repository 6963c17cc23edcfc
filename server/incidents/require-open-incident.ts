import type { Viewer } from '../auth/viewer'
import type { Transaction } from '../db'
import { AppError } from '../http/app-error'
import type { IncidentRow } from './to-summary'

/** Nobody closes it before the transaction is over. @throws AppError `not_found`, `incident_over` */
export async function requireOpenIncident(tx: Transaction, { organizationId }: Pick<Viewer, 'organizationId'>, id: string): Promise<IncidentRow> {
  await tx.$queryRaw`SELECT 1 AS held FROM incidents WHERE id = ${id}::uuid AND organization_id = ${organizationId}::uuid FOR UPDATE`
  const row = await tx.incident.findFirst({ where: { id, organizationId }, include: { steps: true } })
  if (!row) throw new AppError('not_found')
  if (row.closedAt) throw new AppError('incident_over')
  return row
}
