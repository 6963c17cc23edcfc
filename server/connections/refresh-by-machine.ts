import 'server-only'
import { secondsLeft } from '@/lib/token-life'
import { recordAudit } from '../audit/record-audit'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { MachineActor } from '../http/machine-actor'
import type { MachineCaller } from '../machine-keys/machine-caller'
import { requestRefresh } from '../refresh/request-refresh'
import type { RefreshOutcome } from '../refresh/refresh-outcome'
import { getRuntime } from '../runtime'
import { getMachineConnection } from './get-machine-connection'
import { requireWholeConnection } from './require-whole-connection'
import { readTokenRow } from './token-rows'

/** Longer than a refresh may take at Octorate. */
const WAIT_MS = 25_000
/** A back end that asks in a loop would use up the calls that Octorate allows for the property (contract, "Errors"). */
const NEW_ENOUGH_MS = 10_000

/**
 * Gets a new access token for a connection now, whatever is left of the old one, as a back end wished. One that came
 * within the last ten seconds is new enough. While a failed refresh backs off, a program's wish changes nothing; a
 * person's does.
 *
 * @throws AppError `not_found`, `machine_key_properties`, `reconnect_required`, `already_disconnected`,
 * `temporarily_unavailable`, and what a refresh may throw.
 */
export async function refreshByMachine({ caller, context }: MachineActor, id: string) {
  await getMachineConnection(caller, id)
  await requireWholeConnection(caller, id)
  if (!(await isNew(caller, id))) await refresh({ caller, context }, id)
  const { accessExpiresAt } = await getMachineConnection(caller, id)
  if (accessExpiresAt === null) throw new AppError('already_disconnected')
  return { connectionId: id, accessExpiresAt }
}

async function isNew({ organizationId, environment }: MachineCaller, id: string): Promise<boolean> {
  const row = await readTokenRow({ id, organizationId, environment })
  if (row?.state !== 'connected' || !row.hasToken) return false
  const nowMs = getRuntime().clock().getTime()
  // The clocks of two processes differ a little.
  return Math.abs(nowMs - row.issuedAtMs) < NEW_ENOUGH_MS && secondsLeft(row, nowMs) >= 1
}

async function refresh({ caller, context }: MachineActor, id: string): Promise<void> {
  const { organizationId } = caller
  const refusal = refusalOf(await requestRefresh({ id, organizationId }, { reason: 'report', waitMs: WAIT_MS }))
  await recordAudit(db(), {
    action: refusal ? 'connection.refresh_refused' : 'connection.refreshed',
    outcome: refusal ? 'failure' : 'success',
    organizationId,
    actor: { kind: 'machine_key', id: caller.keyId },
    target: { kind: 'connection', id },
    detail: refusal ? { reason: refusal.code } : {},
    context,
    at: getRuntime().clock(),
  })
  if (refusal) throw refusal
}

function refusalOf(result: RefreshOutcome): AppError | null {
  switch (result.outcome) {
    case 'refreshed':
      return null
    case 'reconnect_required':
      return new AppError('reconnect_required')
    case 'disconnected':
      return new AppError('already_disconnected')
    case 'temporarily_unavailable':
      return new AppError('temporarily_unavailable', { retryAfterSeconds: result.retryAfterSeconds })
  }
}
