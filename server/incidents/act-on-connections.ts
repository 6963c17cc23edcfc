import 'server-only'
import type { AuditAction } from '@/contracts/audit-actions'
import type { Incident, IncidentStep, IncidentTarget } from '@/contracts/incidents'
import { recordAudits } from '../audit/record-audit'
import { askForConsent } from '../connections/ask-for-consent'
import { dropAccessTokens as dropSome } from '../connections/drop-access-tokens'
import { isTargetThere, type Batch, type Scope } from '../connections/in-scope'
import { LONG_TIMEOUT_MS, transaction } from '../database/transaction'
import type { Transaction } from '../db'
import { forgetToken } from '../hand-outs/held-token'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { wipeEvidence } from '../journal/entry-state'
import { getRuntime } from '../runtime'
import { requireFreshProof } from '../sign-in/require-fresh-proof'
import { getIncident } from './get-incident'
import { requireOpenIncident } from './require-open-incident'
import { writeStep } from './settle-step'
import type { IncidentRow } from './to-summary'

/** Few enough that a refresh that ends meanwhile hardly waits. */
const MOST_AT_ONCE = 500

interface Wish {
  readonly target: IncidentTarget
  readonly password: string
}

/**
 * Every access token in scope is forgotten, once in an incident; in a drill, those of Octorate's test mode. No process
 * hands it out any more, for each asks the row.
 *
 * @throws AppError `not_found`, `incident_over`, and what a fresh proof throws
 */
export function dropAccessTokens(actor: Actor, id: string, wish: Wish): Promise<Incident> {
  return touchAll(actor, id, { ...wish, step: 'access_tokens', action: 'access_token.dropped', touch: dropSome })
}

/** Every connection in scope needs a new consent of its hotelier. @throws AppError as {@link dropAccessTokens} */
export function markForReconnect(actor: Actor, id: string, wish: Wish): Promise<Incident> {
  return touchAll(actor, id, { ...wish, step: 'mark', action: 'connection.reconnect_required', touch: askForConsent })
}

interface Act extends Wish {
  readonly step: IncidentStep
  readonly action: AuditAction
  readonly touch: (tx: Transaction, scope: Scope, batch: Batch) => Promise<string[]>
}

/**
 * Some after the other, past those that somebody has in hand; when no others are left, these are waited for. What is
 * done stays done when it ends in the middle: the same act goes on there. The step is settled with the last look.
 */
async function touchAll(actor: Actor, id: string, act: Act): Promise<Incident> {
  await requireFreshProof(actor, act.password)
  for (let [begunAt, waits, isOver] = [getRuntime().clock(), false, false]; !isOver; ) {
    const ids = await transaction((tx) => touchSome(tx, actor, { ...act, id, begunAt, waits }), { timeout: LONG_TIMEOUT_MS })
    for (const each of ids) forgetToken(each)
    isOver = waits && ids.length === 0
    waits = ids.length === 0
  }
  return getIncident(actor.viewer, id)
}

interface Turn extends Act {
  readonly id: string
  readonly begunAt: Date
  readonly waits: boolean
}

async function touchSome(tx: Transaction, actor: Actor, { id, target, touch, begunAt, waits, ...act }: Turn): Promise<string[]> {
  const { viewer, context } = actor
  const { organizationId, userId } = viewer
  const incident = await requireOpenIncident(tx, viewer, id)
  const scope = { organizationId, target, onlySandbox: incident.kind === 'drill' }
  if (!(await isTargetThere(tx, scope))) throw new AppError('not_found')
  const since = incident.openedAt
  const now = latest(getRuntime().clock(), since)
  const ids = await touch(tx, scope, { since, begunAt: latest(begunAt, since), now, waits, most: MOST_AT_ONCE })
  await wipeEvidence(tx, ids)
  await recordAudits(
    tx,
    ids.map((connection) => ({
      action: act.action, outcome: 'success', organizationId, actor: { kind: 'user', id: userId },
      target: { kind: 'connection', id: connection }, detail: { incident: id }, context, at: now,
    })),
  )
  if (waits && ids.length === 0) {
    const touched = await countTouched(tx, incident, act.action)
    await writeStep(tx, actor, { incident, settled: { step: act.step, isDone: true, touched, target } })
  }
  return ids
}

/** By the proofs, for an act that broke off has left some. */
function countTouched(tx: Transaction, { id, organizationId, openedAt }: IncidentRow, action: AuditAction): Promise<number> {
  return tx.auditEvent.count({ where: { organizationId, action, at: { gte: openedAt }, detail: { path: ['incident'], equals: id } } })
}

/** Where the clock of this machine goes behind that of the one that opened the incident, its opening counts. */
function latest(a: Date, b: Date): Date {
  return a > b ? a : b
}
