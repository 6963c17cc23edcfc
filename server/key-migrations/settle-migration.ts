import 'server-only'
import type { AccessToken } from '../crypto/tokens'
import { transaction } from '../database/transaction'
import { db } from '../db'
import { claimEntry } from '../journal/entry-state'
import { openAnswer, type JournalEntry } from '../journal/journal-entry'
import type { TokenGrant } from '../octorate/code-exchange'
import { processMigrateResponse } from '../octorate/migrate-key'
import type { RawAnswer } from '../octorate/raw-answer'
import { gatewayOf } from '../refresh/gateways'
import type { Lease } from '../refresh/lease'
import { getRuntime } from '../runtime'
import { judgeSent, type JudgedLine } from './judge-sent'
import { storeFast } from './store-fast'
import { storeSlowly } from './store-slowly'

/** A token that is stored, and not verified yet. */
export interface Stored {
  readonly connectionId: string
  readonly accessToken: AccessToken
  /** Of the access token, where it is known. */
  readonly version?: number
  /** Of the connection, which whoever sent the key verifies now. */
  readonly lease?: Lease
}

/** What is known of the line that an answer is for. */
export type SettledLine = JudgedLine & { readonly connectionId: string; readonly name: string | null }

/** What was answered to a key, and the tokens in it. */
export interface Granted {
  readonly answer: RawAnswer
  readonly grant: TokenGrant
}

/** What whoever sent the key knows; anybody else looks for it. */
interface Known {
  readonly line: SettledLine
  readonly granted?: Granted
}

/** @throws upstream errors when the answer, opened from its entry unless given, is no grant. */
export function readGranted({ migration }: SettledLine, entry: JournalEntry, answer: RawAnswer = openAnswer(entry)): Granted {
  return { answer, grant: processMigrateResponse(answer, gatewayOf(migration.apiClient).policy) }
}

/**
 * Reads a journalled answer to a migration call and saves its tokens as a connection. What the property is called and
 * whether it is covered is asked afterwards; the only copy of a token must not wait for that. Any process may do it, as
 * often as it takes; whoever comes second finds it done.
 *
 * @returns null when somebody else has done it.
 * @throws upstream errors when the answer is no grant.
 */
export async function settleMigration(entry: JournalEntry, known?: Known): Promise<Stored | null> {
  const line = known?.line ?? (await findLine(entry))
  if (!line) {
    await transaction((tx) => claimEntry(tx, entry, getRuntime().clock()))
    return null
  }
  const granted = known?.granted ?? readGranted(line, entry)
  const { grant } = granted
  const given = { line, entry, ...granted }
  const created = await storeFast({ ...given, isVerifiedNow: known !== undefined })
  if (created) return { ...created, accessToken: grant.accessToken, version: 1 }
  const replaced = await storeSlowly(given)
  return replaced === null ? null : { connectionId: replaced, accessToken: grant.accessToken }
}

/** Writes on the line what an answer that was settled by another process than the one that sent it came to. */
export async function judgeMigration(entry: JournalEntry, error: unknown): Promise<void> {
  const line = await findLine(entry)
  if (line) await judgeSent(line, error)
}

async function findLine({ connectionId, organizationId }: JournalEntry): Promise<SettledLine | null> {
  const row = await db().keyLine.findFirst({
    where: { connectionId: connectionId ?? '', state: { not: 'skipped' }, migration: { organizationId } },
    include: { migration: { include: { apiClient: true } } },
  })
  return row && { ...row, organizationId }
}
