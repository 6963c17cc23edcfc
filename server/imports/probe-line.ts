import 'server-only'
import { openGateway } from '../api-clients/open-gateway'
import { transaction } from '../database/transaction'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { db } from '../db'
import { toAppError } from '../http/to-app-error'
import { refuseEntry, retryEntryLater } from '../journal/entry-state'
import { inFlight } from '../journal/in-flight'
import type { JournalEntry } from '../journal/journal-entry'
import { maySettleLater } from '../journal/may-settle-later'
import { insertEntry, recordAnswer } from '../journal/record-answer'
import { drainSpool } from '../journal/spool'
import { log } from '../log'
import { sendRefresh } from '../octorate/refresh'
import { getRuntime } from '../runtime'
import type { ClaimedLine } from './claim-line'
import { closeLine } from './close-line'
import { findDouble } from './find-double'
import { judgeLine } from './judge-line'
import { openLineToken } from './line-token'
import { settleImport } from './settle-import'

/**
 * Tries a line's token at Octorate, once: the raw answer is committed before anybody reads it, then it becomes a
 * connection. Whatever goes wrong is written on the line; nothing is thrown.
 */
export async function probeLine(line: ClaimedLine): Promise<void> {
  try {
    const entry = (await findWaiting(line)) ?? (await sendUnlessDouble(line))
    if (!entry) return
    try {
      await settleImport(entry)
    } catch (error) {
      await writeDown(entry, error)
      throw error
    }
  } catch (error) {
    const { code, cause } = toAppError(error)
    log().info({ import: line.importId, line: line.number, refusal: code, err: cause }, 'a line of an import could not be brought in now')
    await judgeLine(line, error).catch((err: unknown) => {
      log().warn({ import: line.importId, line: line.number, err }, 'the outcome of a line could not be written down')
    })
  }
}

/** An answer to this very line that nobody could read yet: the token is not sent again. */
async function findWaiting({ connectionId, organizationId }: ClaimedLine): Promise<JournalEntry | null> {
  await drainSpool((entry) => insertEntry(entry, getRuntime().clock()))
  const row = await db().grantJournal.findFirst({
    where: { connectionId, organizationId, origin: 'import', state: 'received', answerSealed: { not: null } },
    orderBy: { receivedAt: 'desc' },
  })
  return row?.answerSealed ? { ...row, answerSealed: row.answerSealed, origin: 'import' } : null
}

async function sendUnlessDouble(line: ClaimedLine): Promise<JournalEntry | null> {
  const double = await findDouble(line)
  if (double) {
    await transaction((tx) => closeLine(tx, line, { state: 'duplicate', ...double, now: getRuntime().clock() }))
    return null
  }
  const gateway = openGateway(line.import.apiClient)
  const subject = {
    organizationId: line.organizationId, apiClientId: line.import.apiClientId, origin: 'import', authorizationId: null,
    connectionId: line.connectionId, sentVersion: null,
  } as const
  const token = openLineToken(line, line.refreshTokenSealed)
  return inFlight(async () =>
    recordAnswer(subject, await sendRefresh(gateway.transport, { url: gateway.urls.refresh, refreshToken: token, ...gateway.credentials })),
  )
}

async function writeDown(entry: JournalEntry, error: unknown): Promise<void> {
  if (isDatabaseUnavailable(error)) return
  if (maySettleLater(error)) await retryEntryLater(entry.id, toAppError(error).code)
  else await refuseEntry(entry.id, toAppError(error).code)
}
