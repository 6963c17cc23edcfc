import 'server-only'
import type { z } from 'zod'
import type { reportRejectedToken } from '@/contracts/machine-api'
import { loggableId } from '@/lib/loggable-id'
import { RecentMap } from '@/lib/recent-map'
import { recordAudit } from '../audit/record-audit'
import { requireWholeConnection } from '../connections/require-whole-connection'
import { readSealedTokenRow } from '../connections/token-rows'
import { equalInConstantTime } from '../crypto/digest'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { MachineActor } from '../http/machine-actor'
import { requestRefresh, type RefreshSubject } from '../refresh/request-refresh'
import type { RefreshOutcome } from '../refresh/refresh-outcome'
import { getRuntime, once } from '../runtime'
import { openToken, recallToken } from './held-token'

type Report = z.output<typeof reportRejectedToken.body>
type Outcome = z.input<typeof reportRejectedToken.output>['outcome']

/** Longer than a refresh may take at Octorate. */
const WAIT_MS = 25_000
/** If Octorate refuses every new token too, refreshing on every report would never end. */
const MOST_REFRESHES = 3
const WITHIN_MS = 60_000
const TOLD_AGAIN_AFTER_MS = 60 * 60_000
const MOST_REMEMBERED = 20_000

/**
 * A back end met a refusal at Octorate. One refresh follows when it concerns the current token and says that the token
 * itself is not taken: a 401, or a 403 `ApiLoginExpired`. Any other 403 (quota, permission, environment) has another
 * cause that no new token mends (contract, "Errors").
 *
 * @throws AppError `not_found`, `machine_key_properties`
 */
export async function reportRejection(actor: MachineActor, id: string, report: Report): Promise<{ outcome: Outcome }> {
  const { organizationId, environment } = actor.caller
  const key = { id, organizationId, environment }
  const row = await readSealedTokenRow(key)
  if (!row) throw new AppError('not_found')
  await requireWholeConnection(actor.caller, id)
  const known = recallToken(key)
  const current = known?.version === row.version ? known : openToken(key, row)
  const isCurrent = current !== null && row.hasToken && equalInConstantTime(current.fingerprint, report.fingerprint)
  const verdict = !isAboutTheToken(report) ? 'not_about_the_token' : isCurrent ? 'refreshing' : 'not_current'
  await tell(actor, id, { ...report, verdict })
  if (verdict !== 'refreshing') return { outcome: verdict }
  return { outcome: await refreshOnceFor({ id, organizationId }, { fingerprint: report.fingerprint, seenVersion: row.version }) }
}

/**
 * Reports of one token share one refresh, also those that arrive when it is over: who read the row before it was, would
 * send the next one.
 */
function refreshOnceFor(subject: RefreshSubject, { fingerprint, seenVersion }: { fingerprint: string; seenVersion: number }): Promise<Outcome> {
  const flights = once('refreshes after a report', () => new RecentMap<string, Promise<Outcome>>(MOST_REMEMBERED))
  const name = `${subject.id} ${fingerprint}`
  const known = flights.get(name)
  if (known) return known
  if (!mayRefresh(subject.id)) return Promise.resolve('temporarily_unavailable')
  const flight = requestRefresh(subject, { reason: 'report', waitMs: WAIT_MS, seenVersion }).then(toOutcome)
  flights.set(name, flight)
  const forget = () => flights.delete(name)
  flight.then((outcome) => outcome === 'refreshed' || forget(), forget)
  return flight
}

function isAboutTheToken({ status, type }: Report): boolean {
  return status === 401 || (status === 403 && type === 'ApiLoginExpired')
}

function mayRefresh(id: string): boolean {
  const now = getRuntime().clock().getTime()
  const refreshes = once('times of refreshes after a report', () => new RecentMap<string, readonly number[]>(MOST_REMEMBERED))
  const recent = (refreshes.get(id) ?? []).filter((at) => now - at < WITHIN_MS)
  if (recent.length >= MOST_REFRESHES) return false
  refreshes.set(id, [...recent, now])
  return true
}

function toOutcome(result: RefreshOutcome): Outcome {
  switch (result.outcome) {
    case 'refreshed':
      return 'refreshed'
    case 'reconnect_required':
      return 'refresh_refused'
    case 'disconnected':
      return 'not_current'
    case 'temporarily_unavailable':
      return result.cause === 'confirming' ? 'refresh_refused' : 'temporarily_unavailable'
  }
}

/** An audit event for each token and verdict, at most once an hour: a quota day brings thousands of the same. */
async function tell({ caller, context }: MachineActor, id: string, { status, type, fingerprint, verdict }: Report & { verdict: string }): Promise<void> {
  const told = once('told reports', () => new RecentMap<string, number>(MOST_REMEMBERED))
  const name = `${caller.keyId} ${id} ${fingerprint} ${status} ${verdict}`
  const at = getRuntime().clock()
  if (at.getTime() - (told.get(name) ?? -TOLD_AGAIN_AFTER_MS) < TOLD_AGAIN_AFTER_MS) return
  await recordAudit(db(), {
    action: 'access_token.rejection_reported',
    outcome: 'success',
    organizationId: caller.organizationId,
    actor: { kind: 'machine_key', id: caller.keyId },
    target: { kind: 'connection', id },
    detail: { status, type: type === null ? null : loggableId(type), fingerprint, verdict },
    context,
    at,
  })
  told.set(name, at.getTime())
}
