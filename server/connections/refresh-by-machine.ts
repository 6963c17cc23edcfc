import 'server-only'
import { countCall, type RateWindow } from '@/lib/rate-window'
import { RecentMap } from '@/lib/recent-map'
import { recordAudit } from '../audit/record-audit'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { MachineActor } from '../http/machine-actor'
import { requestRefresh } from '../refresh/request-refresh'
import type { RefreshOutcome } from '../refresh/refresh-outcome'
import { getRuntime, once } from '../runtime'
import { getMachineConnection } from './get-machine-connection'
import { requireWholeConnection } from './require-whole-connection'

/** Longer than a refresh may take at Octorate. */
const WAIT_MS = 25_000
/** A back end that asks in a loop would use up the calls that Octorate allows for the property (contract, "Errors"). */
const MOST_IN_MINUTE = { calls: 5, windowMs: 60_000 } as const
const MOST_REMEMBERED = 20_000

/**
 * Gets a new access token for a connection now, whatever is left of the old one, as a back end wished: five times in a
 * minute and process. While a failed refresh backs off, a program's wish changes nothing; a person's does.
 *
 * @throws AppError `not_found`, `machine_key_properties`, `reconnect_required`, `already_disconnected`, `rate_limited`,
 * `temporarily_unavailable`, and what a refresh may throw.
 */
export async function refreshByMachine({ caller, context }: MachineActor, id: string) {
  await getMachineConnection(caller, id)
  await requireWholeConnection(caller, id)
  requireCalm(id)
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
  const { accessExpiresAt } = await getMachineConnection(caller, id)
  if (accessExpiresAt === null) throw new AppError('already_disconnected')
  return { connectionId: id, accessExpiresAt }
}

function requireCalm(id: string): void {
  const windows = once('refreshes by back ends', () => new RecentMap<string, RateWindow>(MOST_REMEMBERED))
  const { window, isAllowed, resetSeconds } = countCall(windows.get(id), MOST_IN_MINUTE, getRuntime().clock().getTime())
  windows.set(id, window)
  if (!isAllowed) throw new AppError('rate_limited', { retryAfterSeconds: resetSeconds })
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
