import { INCIDENT_STEPS, NOT_IN_A_DRILL, type IncidentKind, type IncidentStep, type IncidentSummary } from '@/contracts/incidents'
import type { Incident, IncidentStep as StepRow } from '../generated/prisma/client'

export type IncidentRow = Incident & { readonly steps: readonly StepRow[] }

/** The steps that an incident of this kind has. */
export function stepsOf(kind: IncidentKind): readonly IncidentStep[] {
  return kind === 'drill' ? INCIDENT_STEPS.filter((step) => !NOT_IN_A_DRILL.includes(step)) : INCIDENT_STEPS
}

export function toSummary(row: IncidentRow, people: ReadonlyMap<string, string>): IncidentSummary {
  const steps = stepsOf(row.kind)
  return {
    id: row.id,
    kind: row.kind,
    summary: row.summary,
    openedBy: people.get(row.openedByUserId) ?? null,
    openedAt: row.openedAt.toISOString(),
    closedBy: (row.closedByUserId && people.get(row.closedByUserId)) ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    stepsSettled: steps.filter((step) => row.steps.some((settled) => settled.step === step)).length,
    stepsTotal: steps.length,
  }
}

export function peopleOf(rows: readonly IncidentRow[]): (string | null)[] {
  return rows.flatMap(({ openedByUserId, closedByUserId, steps }) => [openedByUserId, closedByUserId, ...steps.map(({ userId }) => userId)])
}
