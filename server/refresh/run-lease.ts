import 'server-only'
import { requireKeys } from '../crypto/require-keys'
import { open } from '../crypto/seal'
import { refreshToken } from '../crypto/tokens'
import { crashPoint } from '../crash-point'
import { settleRefresh } from '../connections/settle-refresh'
import { refreshTokenContext } from '../connections/token-context'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { inFlight } from '../journal/in-flight'
import type { JournalEntry } from '../journal/journal-entry'
import { putOffEntry } from '../journal/put-off-entry'
import { recordAnswer } from '../journal/record-answer'
import { answersWait } from '../journal/waiting-answers'
import { metrics } from '../metrics/metrics'
import type { RawAnswer } from '../octorate/raw-answer'
import { processRefreshResponse, sendRefresh } from '../octorate/refresh'
import { aboutConnection } from '../operations/about-connection'
import { isStopping } from '../stopping'
import { afterSuccess } from './after-success'
import { waitingFor } from './asked'
import { circuitWaitMs, enterCircuit } from './circuits'
import { gatewayOf } from './gateways'
import { judge } from './judge'
import { isFresh, keeperOf, releaseLease, type Lease } from './lease'
import type { RefreshResult } from './refresh-result'
import type { RefreshReason } from './refresh-subject'
import { settleFast } from './settle-fast'
import { untilTurn } from './until-turn'

/**
 * Refreshes the connection of a lease: waits for its turn in the lane, sends the stored refresh token, commits the raw
 * answer before anybody reads it, saves what it brought or writes down why it brought nothing. Never throws; nobody
 * outside can stop it once it is sent.
 */
export async function runLease(lease: Lease, reason: RefreshReason | 'due'): Promise<RefreshResult> {
  let [isHeld, isSent] = [true, lease.hasWaiting]
  const keep = keeperOf(lease)
  try {
    await crashPoint('claimed', lease.id)
    const waited = lease.hasWaiting ? await settleWaiting(lease) : null
    if (waited !== null) return outcomeOf(waited)
    await (reason === 'due' || reason === 'probe' ? untilTurn(lease) : waitingFor(lease.apiClientId, () => untilTurn(lease)))
    const refusal = refusalAtTurn(lease, reason)
    if (refusal) return { outcome: 'failed', error: refusal }
    isSent = true
    const stored = await store(lease, await send(lease, keep))
    isHeld = !stored.isReleased
    await crashPoint('settled', lease.id)
    metrics().refreshes.inc({ outcome: 'refreshed' })
    await afterSuccess(lease, stored.callsLeft).catch(() => undefined)
    return outcomeOf(stored)
  } catch (error) {
    return await judge(lease, error)
  } finally {
    if (isHeld) await releaseLease(lease, { isSent, keep })
    await crashPoint('released', lease.id)
  }
}

interface Settled {
  /** False when an owner had the access token forgotten, or asked for a new consent, while it was on its way; or nobody knows. */
  readonly hasToken: boolean
}

/** Whoever waits for a token asks once more then: the row says what holds. */
function outcomeOf({ hasToken }: Settled): RefreshResult {
  return hasToken ? { outcome: 'refreshed' } : { outcome: 'failed', error: new AppError('refresh_in_progress', { retryAfterSeconds: 1 }) }
}

/**
 * An answer to this very refresh token may wait in the journal: a process died, or the database was away, before it was
 * read. It is settled first, for sending the token again could end its successor. Null when there is none that can be used.
 */
async function settleWaiting({ id, organizationId, refreshTokenVersion }: Lease): Promise<Settled | null> {
  const waiting = await db().grantJournal.findMany({
    where: { connectionId: id, organizationId, origin: 'refresh', state: 'received', sentVersion: refreshTokenVersion },
    orderBy: { receivedAt: 'desc' },
  })
  // Somebody else has settled it since the lease was taken, whose token is used up then.
  if (waiting.length === 0) return { hasToken: false }
  for (const { answerSealed, ...row } of waiting) {
    if (answerSealed === null) continue
    const entry: JournalEntry = { ...row, answerSealed, origin: 'refresh' }
    try {
      return { hasToken: await settleRefresh(entry) }
    } catch (error) {
      // Nobody knows whether it is stored by now: the token stays unsent until the answer could be looked at.
      if (isDatabaseUnavailable(error)) throw error
      await putOffEntry(entry, error)
    }
  }
  return null
}

/** The process stops, the turn came too late to end within the lease, or database or upstream fell silent meanwhile. */
function refusalAtTurn(lease: Lease, reason: RefreshReason | 'due'): AppError | null {
  const { upstreamId } = lease.apiClient
  if (isStopping() || !isFresh(lease)) return new AppError('refresh_in_progress', { retryAfterSeconds: 1 })
  // What was claimed before is not sent either: each answer would have to find room on this disk.
  if (answersWait()) return new AppError('database_unavailable', { retryAfterSeconds: 2 })
  if (enterCircuit(upstreamId, reason === 'manual')) return null
  return new AppError('upstream_unreachable', { retryAfterSeconds: Math.max(1, Math.ceil(circuitWaitMs(upstreamId) / 1000)) })
}

interface Received {
  /** Committed; whoever settles it later opens the answer from here. */
  readonly entry: JournalEntry
  readonly answer: RawAnswer
}

/** Sends the stored refresh token and commits the raw answer; the lease is prolonged while nothing takes it. */
async function send(lease: Lease, keep: () => Promise<boolean>): Promise<Received> {
  const { id: connectionId, organizationId, refreshTokenVersion: version } = lease
  if (!lease.refreshTokenSealed) throw new AppError('refresh_token_missing')
  const gateway = gatewayOf(lease.apiClient)
  const stored = refreshToken(
    open(requireKeys(), refreshTokenContext({ organizationId, connectionId, version }), lease.refreshTokenSealed),
  )
  const subject = { organizationId, apiClientId: lease.apiClientId, origin: 'refresh', authorizationId: null, connectionId, sentVersion: version } as const
  await crashPoint('opened', connectionId)
  return inFlight(async () => {
    const sending = aboutConnection(connectionId, () =>
      sendRefresh(gateway.transport, { url: gateway.urls.refresh, refreshToken: stored, ...gateway.credentials }),
    )
    const [answer] = await Promise.all([sending, crashPoint('sent', connectionId)])
    await crashPoint('received', connectionId)
    const entry = await recordAnswer(subject, answer, keep)
    await crashPoint('journalled', connectionId)
    return { entry, answer }
  })
}

/** @returns whether the lease was given back with it, and how many calls Octorate said are left. */
async function store(lease: Lease, { entry, answer }: Received): Promise<Settled & { isReleased: boolean; callsLeft: number | null }> {
  try {
    const grant = processRefreshResponse(answer, gatewayOf(lease.apiClient).policy)
    await crashPoint('settling', lease.id)
    const isStored = await settleFast({ lease, entry, answer, grant }).catch((error: unknown) => {
      if (isDatabaseUnavailable(error)) throw error
      return false
    })
    // The row is not what it was when it was leased, or the answer waits in the spool: each case is looked at by itself.
    const hasToken = isStored || (await settleRefresh(entry, lease.fence))
    return { hasToken, isReleased: isStored, callsLeft: answer.headers.rateLimitRemaining }
  } catch (error) {
    await putOffEntry(entry, error)
    throw error
  }
}

