import 'server-only'
import { openGateway } from '../api-clients/open-gateway'
import { requireKeys } from '../crypto/require-keys'
import { seal } from '../crypto/seal'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { openAnswer, type JournalEntry } from '../journal/journal-entry'
import { processRefreshResponse } from '../octorate/refresh'
import { getRuntime } from '../runtime'
import { addLineage } from './store-grant'
import { accessTokenContext, refreshTokenContext } from './token-context'

/**
 * Reads a journalled answer to a refresh and saves its tokens, if the refresh token that was sent is still the stored
 * one: a late answer is adopted, an older one never replaces a newer. An answer without a refresh token keeps the stored
 * one (contract, "Refresh").
 *
 * @throws upstream errors when the answer is no grant.
 */
export async function settleRefresh(entry: JournalEntry): Promise<void> {
  const connection = await db().connection.findFirst({
    where: { id: entry.connectionId ?? '', organizationId: entry.organizationId },
    include: { apiClient: true },
  })
  if (!connection) throw new AppError('not_found')
  const answer = openAnswer(entry)
  const grant = processRefreshResponse(answer, openGateway(connection.apiClient).policy)
  const now = getRuntime().clock()
  const place = { organizationId: entry.organizationId, connectionId: connection.id }
  const accessVersion = connection.accessTokenVersion + 1
  const refreshVersion = connection.refreshTokenVersion + 1
  await db().$transaction(async (tx) => {
    const claimed = await tx.grantJournal.updateMany({
      where: { id: entry.id, state: { not: 'applied' } },
      data: { state: 'applied', settledAt: now, answerSealed: null, lastError: null },
    })
    if (claimed.count === 0) return
    const stored = await tx.connection.updateMany({
      where: {
        id: connection.id,
        refreshTokenVersion: entry.sentVersion ?? -1,
        accessTokenVersion: connection.accessTokenVersion,
        state: { not: 'disconnected' },
      },
      data: {
        accessTokenSealed: seal(requireKeys(), accessTokenContext({ ...place, version: accessVersion }), grant.accessToken.reveal()),
        accessTokenVersion: accessVersion,
        accessIssuedAt: answer.receivedAt,
        accessExpiresAt: grant.expiresAt,
        expirySource: grant.expirySource,
        expiryFlagged: grant.expiryFlagged,
        ...(grant.refreshToken
          ? {
              refreshTokenSealed: seal(requireKeys(), refreshTokenContext({ ...place, version: refreshVersion }), grant.refreshToken.reveal()),
              refreshTokenVersion: refreshVersion,
            }
          : {}),
        lastRefreshAt: now,
        lastRefreshOutcome: 'ok',
        state: 'connected',
        cause: null,
        nextRefreshAt: null,
        ...(connection.state === 'connected' ? {} : { stateSince: now }),
      },
    })
    if (stored.count === 1) await addLineage(tx, { ...place, origin: 'refresh', grant, answer, now })
  })
}
