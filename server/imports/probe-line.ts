import 'server-only'
import { openGateway } from '../api-clients/open-gateway'
import { transaction } from '../database/transaction'
import { toAppError } from '../http/to-app-error'
import { findWaiting } from '../journal/find-waiting'
import { inFlight } from '../journal/in-flight'
import type { JournalEntry } from '../journal/journal-entry'
import { putOffEntry } from '../journal/put-off-entry'
import { recordAnswer } from '../journal/record-answer'
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
    const entry = (await findWaiting({ ...line, origin: 'import' })) ?? (await sendUnlessDouble(line))
    if (!entry) return
    try {
      await settleImport(entry)
    } catch (error) {
      await putOffEntry(entry, error)
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
