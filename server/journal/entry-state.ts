import 'server-only'
import { db, type Transaction } from '../db'
import { getRuntime } from '../runtime'
import type { JournalEntry } from './journal-entry'

const FIRST_RETRY_MS = 5_000
const LONGEST_RETRY_MS = 5 * 60_000
const LONGEST_RETRY_AFTER_A_DAY_MS = 60 * 60_000
const DAY_MS = 24 * 60 * 60_000

/** The answer can't be used now; any process tries again after a while that doubles, at most five minutes; after a day, an hour. */
export async function retryEntryLater(id: string, reason: string): Promise<void> {
  const now = getRuntime().clock()
  const row = await db().grantJournal.findUnique({ where: { id }, select: { tries: true, receivedAt: true } })
  const isOld = row !== null && now.getTime() - row.receivedAt.getTime() >= DAY_MS
  const delayMs = Math.min(FIRST_RETRY_MS * 2 ** (row?.tries ?? 0), isOld ? LONGEST_RETRY_AFTER_A_DAY_MS : LONGEST_RETRY_MS)
  await db().grantJournal.updateMany({
    where: { id, state: 'received' },
    data: { nextTryAt: new Date(now.getTime() + delayMs), tries: { increment: 1 }, lastError: reason },
  })
}

/**
 * The answer was a definite no, or can't be read: it stays sealed for a day as evidence and is not tried again. One that
 * waits in the spool still is put into the journal as refused, so that nobody reads it once more when the spool is drained.
 */
export async function refuseEntry(entry: JournalEntry, reason: string): Promise<void> {
  const now = getRuntime().clock()
  const refused = { state: 'refused', settledAt: now, lastError: reason } as const
  const { count } = await db().grantJournal.updateMany({ where: { id: entry.id, state: 'received' }, data: refused })
  if (count === 0) await db().grantJournal.createMany({ data: [{ ...entry, ...refused, nextTryAt: now }], skipDuplicates: true })
}

/** What waits or is kept as evidence for a connection that was disconnected is not kept any more: it may hold a token. */
export async function wipeAnswers(
  tx: Pick<Transaction, 'grantJournal'>,
  { id, organizationId }: { readonly id: string; readonly organizationId: string },
): Promise<void> {
  await tx.grantJournal.updateMany({
    where: { connectionId: id, organizationId, state: { not: 'applied' } },
    data: { state: 'refused', answerSealed: null, settledAt: getRuntime().clock(), lastError: 'disconnected' },
  })
}

/** Answers that are kept as evidence of a refusal, of connections whose tokens are forgotten: they may hold one too. What waits to be read stays. */
export async function wipeEvidence(tx: Pick<Transaction, 'grantJournal'>, connectionIds: readonly string[]): Promise<void> {
  await tx.grantJournal.updateMany({ where: { state: 'refused', connectionId: { in: [...connectionIds] }, answerSealed: { not: null } }, data: { answerSealed: null } })
}

/**
 * Marks an entry as applied, in the transaction that saves its tokens, and wipes the answer. An entry that waits in the
 * spool still is put into the journal first, so that draining the spool later finds it done.
 *
 * @returns false when another process was faster.
 */
export async function claimEntry(tx: Transaction, entry: JournalEntry, now: Date): Promise<boolean> {
  await tx.grantJournal.createMany({ data: [{ ...entry, state: 'received', nextTryAt: now }], skipDuplicates: true })
  const claimed = await tx.grantJournal.updateMany({
    where: { id: entry.id, state: { not: 'applied' } },
    data: { state: 'applied', settledAt: now, answerSealed: null, lastError: null },
  })
  return claimed.count === 1
}
