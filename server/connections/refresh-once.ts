import 'server-only'
import { findUpstream } from '../api-clients/list-upstreams'
import { openGateway } from '../api-clients/open-gateway'
import { requireKeys } from '../crypto/require-keys'
import { open } from '../crypto/seal'
import { refreshToken } from '../crypto/tokens'
import { crashPoint } from '../crash-point'
import { AppError } from '../http/app-error'
import { toAppError } from '../http/to-app-error'
import { refuseEntry, retryEntryLater } from '../journal/entry-state'
import type { JournalEntry } from '../journal/journal-entry'
import { maySettleLater } from '../journal/may-settle-later'
import { inFlight } from '../journal/in-flight'
import { insertEntry, recordAnswer } from '../journal/record-answer'
import { sendRefresh } from '../octorate/refresh'
import { drainSpool } from '../journal/spool'
import { db } from '../db'
import { getRuntime, once } from '../runtime'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { judgeRefusal } from './judge-refusal'
import { claimLease, releaseLease, type LeasedConnection } from './lease'
import { settleRefresh } from './settle-refresh'
import { refreshTokenContext } from './token-context'

export type RefreshResult = { readonly outcome: 'refreshed' } | { readonly outcome: 'failed'; readonly error: AppError }

/** Callers in this process join the refresh that is under way; other processes are kept out by the lease. */
export function refreshOnce(subject: { id: string; organizationId: string }): Promise<RefreshResult> {
  const flights = once('refresh flights', () => new Map<string, Promise<RefreshResult>>())
  const underWay = flights.get(subject.id)
  if (underWay) return underWay
  const flight = refresh(subject).finally(() => flights.delete(subject.id))
  flights.set(subject.id, flight)
  return flight
}

async function refresh(subject: { id: string; organizationId: string }): Promise<RefreshResult> {
  let lease: LeasedConnection | null = null
  try {
    lease = await claimLease(subject)
    await crashPoint('claimed', lease.id)
    if (await settleWaiting(lease)) return { outcome: 'refreshed' }
    const entry = await send(lease)
    try {
      await settleRefresh(entry)
    } catch (error) {
      await writeDown(entry, error)
      throw error
    }
    await crashPoint('settled', lease.id)
    return { outcome: 'refreshed' }
  } catch (error) {
    const judged = lease ? await judgeRefusal(lease, error) : toAppError(error)
    return { outcome: 'failed', error: judged }
  } finally {
    if (lease) {
      await releaseLease(lease).catch(() => undefined)
      await crashPoint('released', lease.id)
    }
  }
}

/**
 * An answer to this very refresh token may wait in the journal: a process died, or the database was away, before it was
 * read. It is settled first, for sending the token again could end its successor.
 */
async function settleWaiting({ id, organizationId, refreshTokenVersion }: LeasedConnection): Promise<boolean> {
  await drainSpool((entry) => insertEntry(entry, getRuntime().clock()))
  const waiting = await db().grantJournal.findMany({
    where: { connectionId: id, organizationId, origin: 'refresh', state: 'received', sentVersion: refreshTokenVersion },
    orderBy: { receivedAt: 'desc' },
  })
  for (const { answerSealed, ...row } of waiting) {
    if (answerSealed === null) continue
    const entry: JournalEntry = { ...row, answerSealed, origin: 'refresh' }
    try {
      await settleRefresh(entry)
      return true
    } catch (error) {
      await writeDown(entry, error)
    }
  }
  return false
}

/** Sends the stored refresh token and commits the raw answer before anybody reads it. */
async function send(lease: LeasedConnection): Promise<JournalEntry> {
  if (!findUpstream(lease.apiClient.upstreamId)) throw new AppError('upstream_not_allowed')
  if (!lease.refreshTokenSealed) throw new AppError('refresh_token_missing')
  const { id: connectionId, organizationId, refreshTokenVersion: version } = lease
  const gateway = openGateway(lease.apiClient)
  const stored = refreshToken(
    open(requireKeys(), refreshTokenContext({ organizationId, connectionId, version }), lease.refreshTokenSealed),
  )
  const subject = { organizationId, apiClientId: lease.apiClientId, origin: 'refresh', authorizationId: null, connectionId, sentVersion: version } as const
  await crashPoint('opened', connectionId)
  return inFlight(async () => {
    const sending = sendRefresh(gateway.transport, { url: gateway.urls.refresh, refreshToken: stored, ...gateway.credentials })
    const [answer] = await Promise.all([sending, crashPoint('sent', connectionId)])
    await crashPoint('received', connectionId)
    const entry = await recordAnswer(subject, answer)
    await crashPoint('journalled', connectionId)
    return entry
  })
}

async function writeDown(entry: JournalEntry, error: unknown): Promise<void> {
  if (isDatabaseUnavailable(error)) return
  if (maySettleLater(error)) await retryEntryLater(entry.id, toAppError(error).code)
  else await refuseEntry(entry.id, toAppError(error).code)
}
