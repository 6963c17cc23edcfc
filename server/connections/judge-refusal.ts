import 'server-only'
import { openGateway } from '../api-clients/open-gateway'
import { logIn } from '../admin-tokens/hold-admin-token'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { isUpstreamError } from '../http/from-upstream'
import { toAppError } from '../http/to-app-error'
import { log } from '../log'
import { UpstreamRefusal } from '../octorate/errors/upstream-refusal'
import { maySayGrantIsDead } from '../octorate/refresh'
import { UpstreamUnreachable } from '../octorate/errors/upstream-unreachable'
import type { RefreshFailingCause } from '@/lib/connection-status'
import { getRuntime } from '../runtime'
import type { LeasedConnection } from './lease'

/** A refused grant is tried once more after this long before a hotelier is asked for anything. */
const CONFIRM_AFTER_MS = 30_000
export const CONFIRMING = 'confirming'

/**
 * Decides what a failed refresh means and writes it on the connection. Only a refusal of the refresh token itself, with
 * an API client that can still log in, and confirmed by a second refusal half a minute later, asks for a reconnect;
 * quota, outage, environment and our own secret never do (contract, "Errors").
 */
export async function judgeRefusal(lease: LeasedConnection, error: unknown): Promise<AppError> {
  try {
    if (!isUpstreamError(error)) return toAppError(error)
    if (!(error instanceof UpstreamRefusal && maySayGrantIsDead(error))) return await fail(lease, causeOf(error), toAppError(error))
    try {
      await logIn(openGateway(lease.apiClient))
    } catch (loginError) {
      const isClient = loginError instanceof AppError && loginError.code === 'api_client_refused'
      return await fail(lease, isClient ? 'api_client_refused' : causeOf(loginError), toAppError(loginError))
    }
    return await confirmOrWait(lease, error)
  } catch (err) {
    log().error({ err, connection: lease.id }, 'the outcome of a refresh could not be written down')
    return toAppError(error)
  }
}

function causeOf(error: unknown): RefreshFailingCause {
  if (error instanceof UpstreamUnreachable) return 'upstream_unreachable'
  if (!(error instanceof UpstreamRefusal)) return 'unexpected_answer'
  if (error.kind === 'quota' || error.kind === 'wrong_environment' || error.kind === 'permission_missing') return error.kind
  return 'unexpected_answer'
}

async function fail(lease: LeasedConnection, cause: RefreshFailingCause, error: AppError): Promise<AppError> {
  await write(lease, { state: 'refresh_failing', cause, nextRefreshAt: null })
  return error
}

async function confirmOrWait(lease: LeasedConnection, error: UpstreamRefusal): Promise<AppError> {
  const extras = { cause: error, upstreamRequestId: error.requestId }
  const waited = lease.lastRefreshOutcome === CONFIRMING && lease.nextRefreshAt && lease.nextRefreshAt <= getRuntime().clock()
  if (waited || lease.state === 'reconnect_required') {
    await write(lease, { state: 'reconnect_required', cause: null, nextRefreshAt: null })
    return new AppError('reconnect_required', extras)
  }
  const now = getRuntime().clock()
  const first = lease.lastRefreshOutcome === CONFIRMING ? lease.nextRefreshAt : null
  await write(lease, {
    state: 'refresh_failing',
    cause: 'unknown',
    lastRefreshOutcome: CONFIRMING,
    nextRefreshAt: first ?? new Date(now.getTime() + CONFIRM_AFTER_MS),
  })
  return new AppError('refresh_refused_once', extras)
}

interface Change {
  readonly state: 'refresh_failing' | 'reconnect_required'
  readonly cause: RefreshFailingCause | null
  readonly nextRefreshAt: Date | null
  readonly lastRefreshOutcome?: string
}

async function write(lease: LeasedConnection, change: Change): Promise<void> {
  const now = getRuntime().clock()
  const isSame = lease.state === change.state && lease.cause === change.cause
  await db().connection.updateMany({
    where: { id: lease.id, refreshTokenVersion: lease.refreshTokenVersion, accessTokenVersion: lease.accessTokenVersion, state: { not: 'disconnected' } },
    data: {
      lastRefreshOutcome: change.cause ?? change.state,
      ...change,
      lastRefreshAt: now,
      ...(isSame ? {} : { stateSince: now }),
    },
  })
}
