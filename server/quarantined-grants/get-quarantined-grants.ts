import 'server-only'
import type { QuarantinedGrantSummary } from '@/contracts/quarantined-grants'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { QUARANTINE_COLUMNS, toSummary } from './to-dto'

const MOST_SHOWN = 100

/** Consents that wait for somebody, oldest first. */
export async function listQuarantinedGrants({ organizationId }: Viewer): Promise<{ items: QuarantinedGrantSummary[] }> {
  const rows = await db().quarantinedGrant.findMany({
    where: { organizationId, state: { in: ['held', 'probing'] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: MOST_SHOWN,
    select: QUARANTINE_COLUMNS,
  })
  return { items: rows.map(toSummary) }
}

/** @throws AppError `not_found` */
export async function getQuarantinedGrant({ organizationId }: Viewer, id: string): Promise<QuarantinedGrantSummary> {
  const row = await db().quarantinedGrant.findFirst({ where: { id, organizationId }, select: QUARANTINE_COLUMNS })
  if (!row) throw new AppError('not_found')
  return toSummary(row)
}
