import 'server-only'
import { livesLongEnough, secondsLeft } from '@/lib/token-life'
import { requireWholeConnection } from '../connections/require-whole-connection'
import { readSealedTokenRow, readTokenRow, type TokenRow, type TokenRowKey } from '../connections/token-rows'
import { AppError } from '../http/app-error'
import type { MachineCaller } from '../machine-keys/machine-caller'
import { requireLivingKey } from '../machine-keys/require-living-key'
import { requestRefresh } from '../refresh/request-refresh'
import { getRuntime } from '../runtime'
import { forgetToken, openToken, recallToken, type HeldToken } from './held-token'

export interface TokenWish {
  /** Seconds of life that it should have left. */
  readonly minTtl: number
  /** An older one is refreshed first, however long it lives; unlimited when it is left out. */
  readonly mostAgeMs?: number
}

/** Longer than a refresh may take at Octorate. */
const WAIT_FOR_NEW_MS = 25_000
/** Who has a token that still lives is not kept waiting for a better one. */
const WAIT_FOR_BETTER_MS = 2_000
const RETRY_AFTER_SECONDS = 5

/**
 * The access token of a connection that the key may use, living for at least a second more. One that has less life left
 * than wanted is refreshed first, once for all who ask; when Octorate gives none, one that still lives is good enough.
 * The row is read at every call, so state, version and expiry are the database's.
 *
 * @throws AppError `not_found`, `machine_key_properties`, `reconnect_required`, `already_disconnected`, `frozen`,
 * `temporarily_unavailable`, `machine_key_invalid` when the key was revoked while it waited, and what a refresh may throw.
 */
export async function findToken(caller: MachineCaller, id: string, wish: TokenWish): Promise<HeldToken> {
  const key = { id, organizationId: caller.organizationId, environment: caller.environment }
  const row = await requireRow(key)
  await requireWholeConnection(caller, id)
  requireUsable(row)
  const now = getRuntime().clock().getTime()
  const isLivingOne = isLiving(row, now) && !isUnknownTo(caller, row)
  if (isLivingOne && (isGoodEnough(row, wish, now) || isWaitingForOctorate(row, now))) return take(key, row)
  const unavailable = await refreshFirst(key, { seenVersion: row.version, waitMs: isLivingOne ? WAIT_FOR_BETTER_MS : WAIT_FOR_NEW_MS })
  await requireLivingKey(caller)
  // What the token covers may have become known with the refresh.
  await requireWholeConnection(caller, id)
  const after = await requireRow(key)
  requireUsable(after)
  if (isLiving(after, getRuntime().clock().getTime()) && !isUnknownTo(caller, after)) return take(key, after)
  throw unavailable ?? new AppError('temporarily_unavailable', { retryAfterSeconds: RETRY_AFTER_SECONDS })
}

async function requireRow(key: TokenRowKey): Promise<TokenRow> {
  const row = await readTokenRow(key)
  if (!row) throw new AppError('not_found')
  if (!row.hasToken) forgetToken(key.id)
  return row
}

/** An imported token that was never tried may cover more than its importer said. */
function isUnknownTo({ properties }: MachineCaller, row: TokenRow): boolean {
  return properties !== null && row.isUnverified
}

function requireUsable({ state, isFrozen }: TokenRow): void {
  if (state === 'disconnected') throw new AppError('already_disconnected')
  if (isFrozen) throw new AppError('frozen')
  if (state === 'reconnect_required') throw new AppError('reconnect_required')
}

function isLiving(row: TokenRow, nowMs: number): boolean {
  return row.hasToken && secondsLeft(row, nowMs) >= 1
}

/** The last refresh failed and the next try is planned: asking once more would only keep the caller waiting. */
function isWaitingForOctorate({ state, nextRefreshAtMs }: TokenRow, nowMs: number): boolean {
  return state === 'refresh_failing' && nextRefreshAtMs !== null && nextRefreshAtMs > nowMs
}

function isGoodEnough(row: TokenRow, { minTtl, mostAgeMs = Number.POSITIVE_INFINITY }: TokenWish, nowMs: number): boolean {
  return livesLongEnough(row, minTtl, nowMs) && nowMs - row.issuedAtMs <= mostAgeMs
}

/** @returns why there is no new token, for who has no other; null when there is one, or the row says what happened. */
async function refreshFirst(key: TokenRowKey, wish: { seenVersion: number; waitMs: number }): Promise<unknown> {
  try {
    const result = await requestRefresh({ id: key.id, organizationId: key.organizationId }, { reason: 'hand_out', ...wish })
    if (result.outcome !== 'temporarily_unavailable') return result.outcome === 'reconnect_required' ? new AppError('reconnect_required') : null
    return new AppError('temporarily_unavailable', { retryAfterSeconds: result.retryAfterSeconds })
  } catch (error) {
    return error
  }
}

async function take(key: TokenRowKey, row: TokenRow): Promise<HeldToken> {
  const known = recallToken(key)
  if (known?.version === row.version && known.expiresAtMs === row.expiresAtMs) return known
  const stored = await readSealedTokenRow(key)
  if (!stored) throw new AppError('not_found')
  requireUsable(stored)
  const opened = openToken(key, stored)
  if (opened && isLiving(stored, getRuntime().clock().getTime())) return opened
  throw new AppError('temporarily_unavailable', { retryAfterSeconds: RETRY_AFTER_SECONDS })
}
