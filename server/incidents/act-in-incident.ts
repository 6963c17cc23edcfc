import 'server-only'
import type { z } from 'zod'
import type { endAllSessions as endpoint, Incident, IncidentStep } from '@/contracts/incidents'
import { transaction } from '../database/transaction'
import type { Transaction } from '../db'
import { freezeOrganization, thawOrganization } from '../freezes/incident-freeze'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { revokeAllKeys } from '../machine-keys/revoke-all-keys'
import { endAllSessions as endSessions } from '../people/end-all-sessions'
import { requireFreshProof } from '../sign-in/require-fresh-proof'
import { getIncident } from './get-incident'
import { requireOpenIncident } from './require-open-incident'
import { writeStep } from './settle-step'
import { stepsOf, type IncidentRow } from './to-summary'

/** Stops every hand-out; in a drill, of what is in Octorate's test mode. @throws AppError `not_found`, `incident_over` */
export function freezeInIncident(actor: Actor, id: string): Promise<Incident> {
  return act(actor, { id, step: 'freeze' }, (tx, { kind, summary }) => freezeOrganization(tx, actor, { onlySandbox: kind === 'drill', reason: summary.slice(0, 300) }))
}

/** @throws AppError `not_found`, `incident_over`, and what a fresh proof throws */
export async function thawInIncident(actor: Actor, id: string, { reason, password }: { reason: string; password: string }): Promise<Incident> {
  await requireFreshProof(actor, password)
  return act(actor, { id, step: 'thaw', note: reason }, (tx, { kind }) => thawOrganization(tx, actor, { onlySandbox: kind === 'drill', reason }))
}

/** Revokes every machine key; in a drill, those of Octorate's test mode. @throws AppError as {@link thawInIncident} */
export async function endMachineKeys(actor: Actor, id: string, password: string): Promise<Incident> {
  await requireFreshProof(actor, password)
  return act(actor, { id, step: 'machine_keys' }, (tx, { kind }) => revokeAllKeys(tx, actor, { onlySandbox: kind === 'drill' }))
}

/** Ends every session but the one that asks. @throws AppError as {@link thawInIncident}; `not_found` in a drill */
export async function endAllSessions(actor: Actor, id: string, { password, begunBefore }: z.output<typeof endpoint.body>): Promise<Incident> {
  await requireFreshProof(actor, password)
  return act(actor, { id, step: 'sessions' }, (tx) => endSessions(tx, actor, begunBefore === undefined ? null : new Date(begunBefore)))
}

interface Step {
  readonly id: string
  readonly step: IncidentStep
  readonly note?: string
}

/** Does a step and settles it, in one transaction. */
async function act(actor: Actor, { id, step, note }: Step, work: (tx: Transaction, incident: IncidentRow) => Promise<unknown>): Promise<Incident> {
  await transaction(async (tx) => {
    const incident = await requireOpenIncident(tx, actor.viewer, id)
    if (!stepsOf(incident.kind).includes(step)) throw new AppError('not_found')
    await work(tx, incident)
    await writeStep(tx, actor, { incident, settled: { step, isDone: true, note } })
  })
  return getIncident(actor.viewer, id)
}
