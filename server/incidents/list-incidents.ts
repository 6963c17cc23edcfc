import 'server-only'
import type { IncidentSummary } from '@/contracts/incidents'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { findNames } from '../users/find-names'
import { peopleOf, toSummary } from './to-summary'

const MOST = 100

/** Incidents and drills, those that are worked on and then the newest first. */
export async function listIncidents({ organizationId }: Pick<Viewer, 'organizationId'>): Promise<{ items: IncidentSummary[] }> {
  const rows = await db().incident.findMany({
    where: { organizationId },
    include: { steps: true },
    orderBy: [{ closedAt: { sort: 'desc', nulls: 'first' } }, { openedAt: 'desc' }],
    take: MOST,
  })
  const people = await findNames(organizationId, peopleOf(rows))
  return { items: rows.map((row) => toSummary(row, people)) }
}
