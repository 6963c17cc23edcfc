import 'server-only'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { isUpstreamError } from '../http/from-upstream'
import { toAppError } from '../http/to-app-error'
import { findWaiting } from '../journal/find-waiting'
import { inFlight } from '../journal/in-flight'
import type { JournalEntry } from '../journal/journal-entry'
import { putOffEntry } from '../journal/put-off-entry'
import { recordAnswer } from '../journal/record-answer'
import { log } from '../log'
import { sendMigrate } from '../octorate/migrate-key'
import type { RawAnswer } from '../octorate/raw-answer'
import { requestsFirst } from '../requests-first'
import type { ClaimedKeyLine } from './claim-key-lines'
import { judgeSent } from './judge-sent'
import { prepareToSend } from './prepare-to-send'
import { resolveUnknown } from './resolve-unknown'
import { readGranted, settleMigration, type Granted, type Stored } from './settle-migration'
import { verifyLine } from './verify-line'

export interface LineWork {
  /** What sending the key did is known: its token is committed, or what came instead is written on the line and heeded by the run. */
  readonly settled: Promise<void>
  /** Nothing is left that can be done now. */
  readonly done: Promise<void>
}

/**
 * Takes a line as far as it comes now: its key is sent, once; the raw answer is committed before anybody reads it; the
 * token is stored, and verified. Whatever goes wrong is written on the line; neither promise is rejected. What could not
 * even be written is found again by whichever process takes the line next.
 */
export function workOnLine(line: ClaimedKeyLine): LineWork {
  const sending = logged(line, () => receive(line))
  const done = sending.then((answered) => logged(line, () => goOn(line, answered ?? null)))
  return { settled: sending.then(() => undefined), done: done.then(() => undefined) }
}

async function logged<T>(line: ClaimedKeyLine, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    const { code, cause } = toAppError(error)
    log().warn({ migration: line.migration.id, line: line.number, refusal: code, err: cause ?? error }, 'a line of a migration could not be gone on with now')
    return undefined
  }
}

async function goOn(line: ClaimedKeyLine, answered: Answered | null): Promise<void> {
  await requestsFirst()
  if (line.was === 'stored') return verifyLine(line)
  const stored = answered && (await store(line, answered))
  if (!stored) return
  await requestsFirst()
  await verifyStored(line, stored)
}

interface Received {
  /** Committed; whoever reads it later opens the answer from here. */
  readonly entry: JournalEntry
  readonly answer?: RawAnswer
}

interface Answered {
  readonly entry: JournalEntry
  readonly granted: Granted
}

/**
 * Has the key sent, or finds what was answered to it before. What is no token is judged before another key is sent: it may
 * hold for all. @returns null when there is nothing to store: the line says why.
 */
async function receive(line: ClaimedKeyLine): Promise<Answered | null> {
  if (line.was === 'stored') return null
  const received = line.was === 'pending' ? await sendKey(line) : await findLeftBehind(line)
  if (!received) return null
  const { entry, answer } = received
  try {
    return { entry, granted: readGranted(line, entry, answer) }
  } catch (error) {
    return refuse(line, entry, error)
  }
}

/** @returns null when there is nothing to verify: the line says why. */
async function store(line: ClaimedKeyLine, { entry, granted }: Answered): Promise<Stored | null> {
  try {
    return await settleMigration(entry, { line, granted })
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error
    return refuse(line, entry, error)
  }
}

async function refuse(line: ClaimedKeyLine, entry: JournalEntry, error: unknown): Promise<null> {
  await putOffEntry(entry, error)
  await judgeSent(line, error)
  return null
}

/** What fails here leaves the line as stored: it is verified later. */
async function verifyStored(line: ClaimedKeyLine, stored: Stored): Promise<void> {
  await verifyLine({ ...line, connectionId: stored.connectionId }, stored).catch((err: unknown) => {
    log().warn({ migration: line.migration.id, line: line.number, err }, 'a migrated token could not be verified yet')
  })
}

/** An answer that a dead process committed is read; without one, nobody knows what the call did. */
async function findLeftBehind(line: ClaimedKeyLine): Promise<Received | null> {
  const entry = await findWaiting({ ...line, origin: 'migrate' })
  if (!entry) await resolveUnknown(line, 'process_died')
  return entry && { entry }
}

/** @returns null when no answer came: the line says why. */
async function sendKey(line: ClaimedKeyLine): Promise<Received | null> {
  const { organizationId, connectionId, propertyId, migration } = line
  const call = await prepareToSend(line)
  if (!call) return null
  const { gateway, oldKey } = call
  const subject = {
    organizationId, apiClientId: migration.apiClientId, origin: 'migrate', authorizationId: null, connectionId, sentVersion: null,
  } as const
  try {
    return await inFlight(async () => {
      const answer = await sendMigrate(gateway.transport, { url: gateway.urls.migrate, oldKey, propertyId })
      return { entry: await recordAnswer(subject, answer), answer }
    })
  } catch (error) {
    if (!isUpstreamError(error)) log().error({ migration: migration.id, line: line.number, err: error }, 'an answer could be saved nowhere')
    await judgeSent(line, error)
    return null
  }
}
