import 'server-only'
import { crashPoint } from '../crash-point'
import { inGroups } from '../database/in-groups'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { log } from '../log'
import type { RawAnswer } from '../octorate/raw-answer'
import { getRuntime, once } from '../runtime'
import { inSpan } from '../tracing/in-span'
import { makeJournalEntry, type JournalEntry, type JournalSubject } from './journal-entry'
import { spool } from './spool'
import { inMemory, noteWaiting } from './waiting-answers'

/** Time that the process which received an answer has to itself; afterwards any process may finish the work. */
const OWN_TIME_MS = 60_000
const TRY_AGAIN_MS = 500

type Keep = () => Promise<unknown>
const noKeep: Keep = async () => undefined

/**
 * Commits a token answer, sealed, before anybody reads it: from here on a crash loses nothing. Whatever
 * keeps the database from taking it, it goes to the local spool then: the answer may be the only copy of a token.
 *
 * @param keep is asked again and again while it is in memory alone, to keep others from sending its token. Never rejects.
 */
export async function recordAnswer(subject: JournalSubject, answer: RawAnswer, keep: Keep = noKeep): Promise<JournalEntry> {
  const entry = makeJournalEntry(subject, answer)
  if (entry.connectionId) await crashPoint('sealed', entry.connectionId)
  try {
    await insert(entry)
  } catch (error) {
    if (isDatabaseUnavailable(error)) noteWaiting()
    // Until it is somewhere else, or others would be sent while it is being written.
    await inMemory(() => keepOnDisk(entry, error, keep))
  }
  return entry
}

function insert(entry: JournalEntry): Promise<void> {
  return insertEntry(entry, new Date(getRuntime().clock().getTime() + OWN_TIME_MS))
}

async function keepOnDisk(entry: JournalEntry, error: unknown, keep: Keep): Promise<void> {
  try {
    await spoolAnswer(entry, error)
    log().warn({ entry: entry.id, err: error }, 'the journal took no entry: a token answer waits in the local spool')
  } catch (err) {
    const place = { entry: entry.id, origin: entry.origin, connection: entry.connectionId }
    log().error({ ...place, err }, 'neither the journal nor the spool takes a token answer: it is in memory alone until there is room, and nothing more is sent')
    await untilKept(entry, keep)
    log().info(place, 'a token answer that was in memory alone is kept')
  }
}

async function spoolAnswer(entry: JournalEntry, error: unknown): Promise<void> {
  await spool(entry)
  // A walk through the spool may have come to its end before the file was there.
  if (isDatabaseUnavailable(error)) noteWaiting()
}

/** Whoever waits for the answer waits with it, so that its token is not sent again: nothing else remembers it. */
async function untilKept(entry: JournalEntry, keep: Keep): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS))
    const isKept = await insert(entry).catch((error: unknown) => spoolAnswer(entry, error)).then(() => true, () => false)
    if (isKept) return
    await keep()
  }
}

/** Adds an entry to the journal, once; those that come at the same time in one statement. */
export function insertEntry(entry: JournalEntry, nextTryAt: Date): Promise<void> {
  const insert = once('journal writer', () => inGroups(insertAll, { atOnce: 2, most: 64, crowdMs: 30 }))
  return inSpan({ name: 'database journal' }, () => insert({ ...entry, nextTryAt }))
}

async function insertAll(entries: readonly (JournalEntry & { readonly nextTryAt: Date })[]): Promise<readonly void[]> {
  const column = <Name extends keyof (typeof entries)[number]>(name: Name) => entries.map((entry) => entry[name])
  await getRuntime().pool.query(
    `INSERT INTO grant_journal (id, organization_id, api_client_id, origin, authorization_id, connection_id, sent_version,
       answer_sealed, state, received_at, next_try_at)
     SELECT id, organization_id, api_client_id, origin::grant_origin, authorization_id, connection_id, sent_version,
       answer_sealed, 'received', received_at, next_try_at
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::int[], $8::text[], $9::timestamptz[], $10::timestamptz[])
       AS t(id, organization_id, api_client_id, origin, authorization_id, connection_id, sent_version, answer_sealed, received_at, next_try_at)
     ON CONFLICT (id) DO NOTHING`,
    [
      column('id'), column('organizationId'), column('apiClientId'), column('origin'), column('authorizationId'),
      column('connectionId'), column('sentVersion'), column('answerSealed'), column('receivedAt'), column('nextTryAt'),
    ],
  )
  return entries.map(() => undefined)
}
