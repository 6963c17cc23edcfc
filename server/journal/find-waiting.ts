import 'server-only'
import { db } from '../db'
import { drainIntoJournal } from './drain-into-journal'
import type { JournalEntry, JournalOrigin } from './journal-entry'

interface Asked {
  readonly organizationId: string
  /** The connection that it is for, or will become. */
  readonly connectionId: string
  readonly origin: JournalOrigin
}

/** An answer to this very call that nobody could read yet, in the journal or in the spool: nothing is sent again then. */
export async function findWaiting({ organizationId, connectionId, origin }: Asked): Promise<JournalEntry | null> {
  await drainIntoJournal()
  const row = await db().grantJournal.findFirst({
    where: { connectionId, organizationId, origin, state: 'received', answerSealed: { not: null } },
    orderBy: { receivedAt: 'desc' },
  })
  return row?.answerSealed ? { ...row, answerSealed: row.answerSealed, origin } : null
}
