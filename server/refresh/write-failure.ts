import 'server-only'
import { OPERATOR_ASKED, type RefreshFailingCause } from '@/lib/connection-status'
import { backOffMs, CONFIRM_AFTER_MS, patientMs } from '@/lib/refresh/back-off'
import { LADDER, nextState, type NextTry, type RungName } from '@/lib/refresh/ladder'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { db } from '../db'
import { metrics } from '../metrics/metrics'
import { getRuntime } from '../runtime'
import type { Lease } from './lease'

interface Failure {
  readonly rung: RungName
  /** From Octorate's Retry-After. */
  readonly retryAfterMs: number | null
}

/**
 * Writes on the connection what a failed refresh means and gives the lease back, unless a newer token was stored in the
 * meantime, or somebody disconnected or asked for a new consent: then it says nothing any more.
 *
 * @returns whether it was written, and when the next try is; null when none follows by itself.
 */
export async function writeFailure(lease: Lease, { rung, retryAfterMs }: Failure): Promise<{ isWritten: boolean; nextAt: Date | null }> {
  const { cause, outcome, next } = LADDER[rung]
  const state = nextState(lease.state, rung)
  const now = getRuntime().clock()
  const pauseMs = pauseOf(next, { failures: lease.refreshFailures + 1, retryAfterMs })
  const isDead = state === 'reconnect_required'
  const nextRefreshAt = isDead || pauseMs === null ? null : (firstDoubt(lease, rung) ?? new Date(now.getTime() + pauseMs))
  const change = { state, cause: isDead ? null : cause, outcome: isDead ? 'reconnect_required' : outcome, nextRefreshAt, now }
  metrics().refreshes.inc({ outcome: change.outcome })
  if (!isDead || lease.state === 'reconnect_required') {
    return { isWritten: (await write(db(), lease, change)) > 0, nextAt: nextRefreshAt }
  }
  return transaction(async (tx) => {
    if ((await write(tx, lease, change)) === 0) return { isWritten: false, nextAt: null }
    await recordAudit(tx, {
      action: 'connection.reconnect_required',
      outcome: 'failure',
      organizationId: lease.organizationId,
      actor: { kind: 'system' },
      target: { kind: 'connection', id: lease.id },
      detail: { failures: lease.refreshFailures + 1 },
      at: now,
    })
    return { isWritten: true, nextAt: null }
  })
}

/** Whoever presses again within the half minute neither hastens the verdict nor puts it off. */
function firstDoubt({ lastRefreshOutcome, nextRefreshAt }: Lease, rung: RungName): Date | null {
  return rung === 'doubted' && lastRefreshOutcome === LADDER.doubted.outcome ? nextRefreshAt : null
}

function pauseOf(next: NextTry, { failures, retryAfterMs }: { failures: number; retryAfterMs: number | null }): number | null {
  switch (next) {
    case 'back_off':
      return backOffMs({ failures, retryAfterMs, random: Math.random() })
    case 'patient':
      return patientMs({ retryAfterMs, random: Math.random() })
    case 'confirm':
      return CONFIRM_AFTER_MS
    case 'due':
    case 'never':
      return null
  }
}

interface Change {
  readonly state: Lease['state']
  readonly cause: RefreshFailingCause | null
  readonly outcome: string
  readonly nextRefreshAt: Date | null
  readonly now: Date
}

function write(tx: Pick<ReturnType<typeof db>, '$executeRaw'>, lease: Lease, { state, cause, outcome, nextRefreshAt, now }: Change): Promise<number> {
  const { processId } = getRuntime()
  return tx.$executeRaw`
    UPDATE connections SET
      state_since = CASE WHEN state = ${state}::connection_state AND cause IS NOT DISTINCT FROM ${cause} THEN state_since ELSE ${now} END,
      state = ${state}::connection_state, cause = ${cause}, last_refresh_at = ${now}, last_refresh_outcome = ${outcome},
      next_refresh_at = ${nextRefreshAt}, refresh_failures = refresh_failures + 1, updated_at = ${now},
      lease_owner = CASE WHEN lease_owner = ${processId} AND fence = ${lease.fence} THEN NULL ELSE lease_owner END,
      lease_until = CASE WHEN lease_owner = ${processId} AND fence = ${lease.fence} THEN NULL ELSE lease_until END
    WHERE id = ${lease.id}::uuid AND organization_id = ${lease.organizationId}::uuid AND state <> 'disconnected'
      AND cause IS DISTINCT FROM ${OPERATOR_ASKED}
      AND refresh_token_version = ${lease.refreshTokenVersion} AND access_token_version = ${lease.accessTokenVersion}`
}
