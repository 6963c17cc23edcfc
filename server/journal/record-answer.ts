import 'server-only'
import { crashPoint } from '../crash-point'
import { db } from '../db'
import { log } from '../log'
import type { RawAnswer } from '../octorate/raw-answer'
import { getRuntime } from '../runtime'
import { makeJournalEntry, type JournalEntry, type JournalSubject } from './journal-entry'
import { spool } from './spool'

/** Time that the process which received an answer has to itself; afterwards any process may finish the work. */
const OWN_TIME_MS = 60_000

/**
 * Commits a token answer, sealed, before anybody reads it: from here on a crash loses nothing. Whatever
 * keeps the database from taking it, it goes to the local spool then: the answer may be the only copy of a token.
 */
export async function recordAnswer(subject: JournalSubject, answer: RawAnswer): Promise<JournalEntry> {
  const entry = makeJournalEntry(subject, answer)
  if (entry.connectionId) await crashPoint('sealed', entry.connectionId)
  try {
    await insertEntry(entry, new Date(getRuntime().clock().getTime() + OWN_TIME_MS))
  } catch (error) {
    await spool(entry)
    log().warn({ entry: entry.id, err: error }, 'the journal took no entry: a token answer waits in the local spool')
  }
  return entry
}

/** Adds an entry to the journal, once. */
export async function insertEntry(entry: JournalEntry, nextTryAt: Date): Promise<void> {
  await db().grantJournal.createMany({ data: [{ ...entry, state: 'received', nextTryAt }], skipDuplicates: true })
}
