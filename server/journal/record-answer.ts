import 'server-only'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { db } from '../db'
import { log } from '../log'
import type { RawAnswer } from '../octorate/raw-answer'
import { getRuntime } from '../runtime'
import { makeJournalEntry, type JournalEntry, type JournalSubject } from './journal-entry'
import { spool } from './spool'

/** Time that the process which received an answer has to itself; afterwards any process may finish the work. */
const OWN_TIME_MS = 60_000

/**
 * Commits a token answer, sealed, before anybody reads it: from here on a crash loses nothing. While the database is
 * down it goes to the local spool instead.
 */
export async function recordAnswer(subject: JournalSubject, answer: RawAnswer): Promise<JournalEntry> {
  const entry = makeJournalEntry(subject, answer)
  try {
    await insertEntry(entry, new Date(getRuntime().clock().getTime() + OWN_TIME_MS))
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error
    await spool(entry)
    log().warn({ entry: entry.id }, 'the database is down: a token answer waits in the local spool')
  }
  return entry
}

/** Adds an entry to the journal, once. */
export async function insertEntry(entry: JournalEntry, nextTryAt: Date): Promise<void> {
  await db().grantJournal.createMany({ data: [{ ...entry, state: 'received', nextTryAt }], skipDuplicates: true })
}
