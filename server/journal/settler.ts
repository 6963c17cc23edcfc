import 'server-only'
import { anyExpired, sweepExpired } from '../address-lists/sweep-expired'
import { anyAbandoned, closeAbandoned } from '../authorizations/close-abandoned'
import { endLeftAuthorization } from '../authorizations/end-left-authorization'
import { settleRefresh } from '../connections/settle-refresh'
import { db } from '../db'
import { Prisma } from '../generated/prisma/client'
import { judgeImport, settleImport } from '../imports/settle-import'
import { judgeMigration, settleMigration } from '../key-migrations/settle-migration'
import { anyToVerify, verifyImported } from '../imports/verify-imported'
import { pruneLineage } from '../connections/prune-lineage'
import { forgetWiped } from '../hand-outs/forget-wiped'
import { pruneLedger } from '../hand-outs/prune-ledger'
import { pruneOrigins } from '../hand-outs/prune-origins'
import { settleCreation } from '../property-creations/settle-creation'
import { anyQuarantined, settleQuarantined } from '../quarantined-grants/settle-quarantined'
import { toAppError } from '../http/to-app-error'
import { pruneAnswers } from '../idempotency/prune-answers'
import { log } from '../log'
import { pruneRequests } from '../machine-keys/count-requests'
import { pruneMails } from '../mail/prune-mails'
import { pruneOperations } from '../operations/prune-operations'
import { startRounds } from '../rounds'
import { getRuntime, once } from '../runtime'
import { pruneAttempts } from '../sign-in/throttle'
import { pruneTopUps } from '../top-ups/prune-top-ups'
import { anyDueEntry, claimEntries } from './claim-entries'
import { drainIntoJournal } from './drain-into-journal'
import { refuseEntry, retryEntryLater } from './entry-state'
import type { JournalEntry, JournalOrigin } from './journal-entry'
import { maySettleLater } from './may-settle-later'
import { pruneJournal } from './prune-journal'
import { settleCode } from './settle-code'
import { keepReserve } from './spool'
import { withinTime } from '../within-time'

/** Between two looks at the files of this machine. */
const FILES_MS = 5_000
/** What only has to be tidied up some time is so often. */
const TIDY_MS = 60_000
const EVIDENCE_KEPT_MS = 24 * 60 * 60_000
/** An answer that can be read is the only copy of a grant that never expires; after so long nobody waits for it. */
const GIVEN_UP_AFTER_MS = 30 * 24 * 60 * 60_000
const RARELY_MS = 60 * 60_000
/** A round that asks Octorate what a token covers may take longer than a stop may; what it leaves, the next start does. */
const STOPS_WITHIN_MS = 5_000

/**
 * Finishes what a crash, a failed look-up or a database that was down left, in every process: on the disk every five seconds,
 * and in the database as soon as its time comes. An entry is claimed by one of them at a time.
 */
export function startSettler(): { stop(): Promise<void> } {
  const complaint = 'the journal could not be settled'
  const files = startRounds({ everyMs: FILES_MS, complaint, round: keepFiles })
  const entries = startRounds({
    everyMs: TIDY_MS, when: anythingToSettle, complaint, round: (isStopped, why) => (why === 'time' ? settleRound(isStopped) : settleDue(isStopped)),
  })
  return { stop: async () => void (await withinTime(Promise.all([files.stop(), entries.stop()]), STOPS_WITHIN_MS)) }
}

async function keepFiles(): Promise<void> {
  await keepReserve()
  await drainIntoJournal()
}

/** One whole round: what is due, and what is old. Tests call it directly. */
export async function settleRound(isStopped: () => boolean = () => false): Promise<void> {
  await settleDue(isStopped)
  await tidyUp(getRuntime().clock())
}

/** The spool first, then whatever in the journal is due. */
async function settleDue(isStopped: () => boolean): Promise<void> {
  const now = getRuntime().clock()
  await drainIntoJournal()
  for (const entry of await claimEntries(now)) if (!isStopped()) await settleEntry(entry)
  await closeAbandoned(now)
  if (!isStopped()) await settleQuarantined(now)
  await sweepExpired(now)
  if (!isStopped()) await verifyImported(now)
}

/** Whether `settleDue` would find something in the database. */
function anythingToSettle(): Prisma.Sql {
  const now = getRuntime().clock()
  return Prisma.sql`${anyDueEntry(now)} OR ${anyAbandoned(now)} OR ${anyQuarantined(now)} OR ${anyExpired(now)} OR ${anyToVerify(now)}`
}

async function tidyUp(now: Date): Promise<void> {
  await pruneAttempts(now)
  await pruneAnswers(now)
  await pruneLedger(now)
  await pruneRequests(now)
  await forgetWiped(now)
  await pruneRarely(now)
  await pruneMails(now)
  await pruneOperations(now)
  await pruneJournal(now)
  await db().grantJournal.updateMany({
    where: { state: 'refused', answerSealed: { not: null }, settledAt: { lt: new Date(now.getTime() - EVIDENCE_KEPT_MS) } },
    data: { answerSealed: null },
  })
}

/** What grows slowly and is found by a walk is looked at once an hour. */
async function pruneRarely(now: Date): Promise<void> {
  const last = once('last of the rare prunes', () => ({ atMs: -Infinity }))
  if (Math.abs(now.getTime() - last.atMs) < RARELY_MS) return
  last.atMs = now.getTime()
  await pruneOrigins(now)
  await pruneLineage(now)
  await pruneTopUps(now)
}

const SETTLE: Readonly<Record<JournalOrigin, (entry: JournalEntry) => Promise<unknown>>> = {
  code: settleCode, refresh: (entry) => settleRefresh(entry), import: settleImport, create: settleCreation, migrate: settleMigration,
}

async function settleEntry(entry: JournalEntry): Promise<void> {
  try {
    await SETTLE[entry.origin](entry)
    log().info({ entry: entry.id, origin: entry.origin }, 'an answer left in the journal was settled')
  } catch (error) {
    const refusal = toAppError(error)
    log().warn({ entry: entry.id, refusal: refusal.code, err: refusal.cause ?? refusal }, 'an answer in the journal could not be settled')
    if (entry.origin === 'import') await judgeImport(entry, error)
    const isFresh = getRuntime().clock().getTime() - entry.receivedAt.getTime() < GIVEN_UP_AFTER_MS
    if (maySettleLater(error) && isFresh) await retryEntryLater(entry.id, refusal.code)
    else {
      await refuseEntry(entry, refusal.code)
      if (entry.authorizationId) {
        await endLeftAuthorization(entry.authorizationId, refusal.code)
      }
    }
    // Only now: a line may be put back to be sent again, and an answer that is still there would then be judged for that, too.
    if (entry.origin === 'migrate') await judgeMigration(entry, error)
  }
}
