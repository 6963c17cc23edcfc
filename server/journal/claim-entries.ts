import 'server-only'
import { db } from '../db'
import { Prisma } from '../generated/prisma/client'
import { JOURNAL_ORIGINS, type JournalEntry } from './journal-entry'

const AT_ONCE = 20
/** A process has this long for an entry that it took, before another may. */
const CLAIM_MS = 60_000

/** Takes entries whose time has come; each is one process's. */
export async function claimEntries(now: Date): Promise<JournalEntry[]> {
  const due = await db().grantJournal.findMany({
    where: { state: 'received', nextTryAt: { lte: now } },
    orderBy: { nextTryAt: 'asc' },
    take: AT_ONCE,
  })
  const mine: JournalEntry[] = []
  for (const { id, nextTryAt, answerSealed, origin, ...row } of due) {
    const claimed = await db().grantJournal.updateMany({
      where: { id, state: 'received', nextTryAt },
      data: { nextTryAt: new Date(now.getTime() + CLAIM_MS) },
    })
    const journalled = JOURNAL_ORIGINS.find((known) => known === origin)
    if (claimed.count === 1 && answerSealed !== null && journalled) mine.push({ ...row, id, answerSealed, origin: journalled })
  }
  return mine
}

/** Whether there are any. */
export function anyDueEntry(now: Date): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM grant_journal WHERE state = 'received' AND next_try_at <= ${now})`
}
