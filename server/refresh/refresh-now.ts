import 'server-only'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { noteOutage } from '../database/outage'
import { AppError } from '../http/app-error'
import { toAppError } from '../http/to-app-error'
import { drainIntoJournal } from '../journal/drain-into-journal'
import { answersWait } from '../journal/waiting-answers'
import { getRuntime } from '../runtime'
import { blockedUpstreams } from './circuits'
import { claimOne } from './claim-one'
import { joinFlight, startFlight } from './flights'
import type { Lease } from './lease'
import { kindOf, takePermit } from './permits'
import { readState, type RefreshState } from './read-state'
import type { RefreshResult } from './refresh-result'
import { isInsistent, type RefreshReason, type RefreshSubject } from './refresh-subject'
import { failureOf, refusalOf } from './refusal-of'
import { runLease } from './run-lease'

const FIRST_LOOK_MS = 20
const LONGEST_LOOK_MS = 250
/** Some five seconds, in which a row was free whenever we looked, and in somebody's hand whenever we claimed it. */
const MOST_TRIES = 25

interface Wish {
  readonly reason: RefreshReason
  /** Version of the access token that was found wanting; a newer one that is there already is as good as a refresh. */
  readonly seenVersion?: number | undefined
  /** Where the caller holds it already: it is run, and given back. */
  readonly lease?: Lease | undefined
}

/**
 * Refreshes a connection, or joins who is at it: callers of this process share one flight, other processes are kept out
 * by the lease, and their outcome is waited for. When a holder's lease lapses, this one takes over. Never throws.
 */
export function refreshNow(subject: RefreshSubject, wish: Wish): Promise<RefreshResult> {
  const { reason, lease } = wish
  // Whoever flies already waits for this very lease.
  if (lease) return startFlight(subject.id, reason, () => withPermit(reason, () => runLease(lease, reason)))
  return joinFlight(subject.id) ?? startFlight(subject.id, reason, () => fly(subject, wish))
}

async function fly(subject: RefreshSubject, { reason, seenVersion }: Wish): Promise<RefreshResult> {
  try {
    const staying = await drainIntoJournal()
    if (staying.has(subject.id) || answersWait()) return failed(new AppError('database_unavailable', { retryAfterSeconds: 5 }))
    let seen = seenVersion ?? (isInsistent(reason) ? null : ((await readState(subject))?.accessTokenVersion ?? null))
    let pauseMs = FIRST_LOOK_MS
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const tried = await tryToRun(subject, { reason, seenVersion: seen })
      if (tried) return tried
      const { first, last } = await untilFree(subject, seen)
      if (!first || !last) return failed(new AppError('not_found'))
      if (last.accessTokenVersion > (seen ?? first.accessTokenVersion)) return { outcome: 'refreshed' }
      const refusal = (first.isHeld && outcomeOf(first, last)) || refusalOf(last, reason)
      if (refusal) return failed(refusal)
      seen ??= last.accessTokenVersion
      // What kept it from being claimed was over when we looked, or somebody had its row in hand.
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
      pauseMs = Math.min(pauseMs * 1.5, LONGEST_LOOK_MS)
    }
    return failed(new AppError('refresh_in_progress', { retryAfterSeconds: 1 }))
  } catch (error) {
    if (isDatabaseUnavailable(error)) noteOutage()
    return failed(toAppError(error))
  }
}

/** Claims the connection and runs its refresh; null when there was nothing to claim. */
function tryToRun(subject: RefreshSubject, { reason, seenVersion }: { reason: RefreshReason; seenVersion: number | null }) {
  return withPermit(reason, async () => {
    const blocked = isInsistent(reason) ? [] : blockedUpstreams()
    const lease = await claimOne(subject, { reason, seenVersion, blockedUpstreams: blocked })
    return lease && (await runLease(lease, reason))
  })
}

async function withPermit<T>(reason: RefreshReason, work: () => Promise<T>): Promise<T> {
  const release = await takePermit(kindOf(reason))
  try {
    return await work()
  } finally {
    release()
  }
}

/** Looks at the connection until nobody holds it any more, or it has a newer token than `seen`. */
async function untilFree(subject: RefreshSubject, seen: number | null): Promise<{ first: RefreshState | null; last: RefreshState | null }> {
  const first = await readState(subject)
  let last = first
  for (let lookMs = FIRST_LOOK_MS; last?.isHeld; lookMs = Math.min(lookMs * 1.5, LONGEST_LOOK_MS)) {
    if (last.accessTokenVersion > (seen ?? last.accessTokenVersion)) break
    await new Promise((resolve) => setTimeout(resolve, lookMs))
    last = await readState(subject)
  }
  return { first, last }
}

/** What the holder of a lease wrote before it gave the lease back; null when it died, or had nothing to say. */
function outcomeOf(before: RefreshState, after: RefreshState): AppError | null {
  const { state, refreshFailures, nextRefreshAt } = after
  const hasFailed = state === 'reconnect_required' || refreshFailures > before.refreshFailures
  if (!hasFailed) return null
  return failureOf(after, nextRefreshAt ? nextRefreshAt.getTime() - getRuntime().clock().getTime() : 0)
}

function failed(error: AppError): RefreshResult {
  return { outcome: 'failed', error }
}
