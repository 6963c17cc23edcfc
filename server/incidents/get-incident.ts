import 'server-only'
import { INCIDENT_STEPS, type Incident } from '@/contracts/incidents'
import { listSecretAges } from '../api-clients/list-secret-ages'
import { listActs } from '../audit/list-acts'
import type { Viewer } from '../auth/viewer'
import { countInIncident } from '../connections/count-in-incident'
import { db } from '../db'
import { findOrganizationFreeze } from '../freezes/incident-freeze'
import { AppError } from '../http/app-error'
import { findIncidentLetters } from '../letters/incident-letters'
import { countKeysBefore } from '../machine-keys/count-usable-keys'
import { countSessionsBefore } from '../people/end-all-sessions'
import { findNames } from '../users/find-names'
import { peopleOf, stepsOf, toSummary, type IncidentRow } from './to-summary'

const MOST_ACTS = 500

/** An incident with what was settled, how things stand now, and who did what. @throws AppError `not_found` */
export async function getIncident(viewer: Viewer, id: string): Promise<Incident> {
  const { organizationId } = viewer
  const row = await db().incident.findFirst({ where: { id, organizationId }, include: { steps: true } })
  if (!row) throw new AppError('not_found')
  const [people, state, report] = await Promise.all([
    findNames(organizationId, peopleOf([row])),
    readState(viewer, row),
    listActs({ organizationId, from: row.openedAt, to: row.closedAt, most: MOST_ACTS }),
  ])
  const settledOf = (step: string) => {
    const settled = row.steps.find((each) => each.step === step)
    return settled ? { isDone: settled.isDone, note: settled.note, touched: settled.touched, by: people.get(settled.userId) ?? null, at: settled.at.toISOString() } : null
  }
  return {
    ...toSummary(row, people),
    steps: stepsOf(row.kind).map((step) => ({ step, settled: settledOf(step) })),
    state,
    report: report.items.map(({ detail, ...act }) => ({ ...act, ...settledIn(detail) })),
    reportIsCut: report.isCut,
  }
}

/** Which step an act of the report has settled, and over how many connections. */
function settledIn(detail: unknown): Pick<Incident['report'][number], 'step' | 'touched'> {
  const { step, touched } = (detail ?? {}) as { step?: unknown; touched?: unknown }
  return { step: INCIDENT_STEPS.find((known) => known === step) ?? null, touched: typeof touched === 'number' ? touched : null }
}

async function readState(viewer: Viewer, { kind, openedAt }: IncidentRow): Promise<Incident['state']> {
  const { organizationId } = viewer
  const onlySandbox = kind === 'drill'
  const [freeze, apiClients, letters, machineKeys, sessions, counts] = await Promise.all([
    findOrganizationFreeze(viewer, onlySandbox),
    listSecretAges({ organizationId, onlySandbox }),
    findIncidentLetters(organizationId, openedAt),
    countKeysBefore({ organizationId, onlySandbox, madeBefore: openedAt }),
    onlySandbox ? 0 : countSessionsBefore(viewer, openedAt),
    countInIncident({ organizationId, onlySandbox, since: openedAt }),
  ])
  return {
    freeze, machineKeys, sessions, ...counts,
    apiClients: apiClients.map(({ id, name, environment, secretRotatedAt }) => ({
      id, name, environment, hasNewSecret: secretRotatedAt > openedAt, letter: letters.get(id) ?? 'none',
    })),
  }
}
