import 'server-only'
import { OPERATOR_ASKED } from '@/lib/connection-status'
import { adopts } from '@/lib/refresh/adopts'
import { dueAt } from '@/lib/refresh/due-at'
import { openGateway } from '../api-clients/open-gateway'
import { crashPoint } from '../crash-point'
import { transaction } from '../database/transaction'
import { db, type Transaction } from '../db'
import type { Connection } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import { claimEntry } from '../journal/entry-state'
import { openAnswer, type JournalEntry } from '../journal/journal-entry'
import type { TokenGrant } from '../octorate/code-exchange'
import type { RawAnswer } from '../octorate/raw-answer'
import { processRefreshResponse } from '../octorate/refresh'
import { getRuntime } from '../runtime'
import { sealRefreshToken, sealTokens } from './seal-tokens'
import { addLineage } from './store-grant'

/**
 * Reads a journalled answer to a refresh and saves its tokens, if the refresh token that was sent is still the stored
 * one: a late answer is adopted, an older one never replaces a newer. An answer without a refresh token keeps the stored
 * one (contract, "Refresh"). Of an answer that was asked for before an owner had the access token forgotten, or wanted a new
 * consent, only the refresh token is kept: nothing that may have been in the storage then comes back.
 *
 * @param fence of the lease under which it was sent, where that is known.
 * @returns whether the connection has an access token after that, this one or a newer.
 * @throws AppError `already_disconnected`; upstream errors when the answer is no grant.
 */
export async function settleRefresh(entry: JournalEntry, fence?: number): Promise<boolean> {
  const connection = await db().connection.findFirst({
    where: { id: entry.connectionId ?? '', organizationId: entry.organizationId },
    include: { apiClient: true },
  })
  if (!connection) throw new AppError('not_found')
  if (connection.state === 'disconnected') {
    // Whatever it says is not even kept as evidence: it may hold a token.
    await transaction((tx) => claimEntry(tx, entry, getRuntime().clock()))
    throw new AppError('already_disconnected')
  }
  const answer = openAnswer(entry)
  const grant = processRefreshResponse(answer, openGateway(connection.apiClient).policy)
  const now = getRuntime().clock()
  await crashPoint('settling', connection.id)
  return transaction(async (tx) => {
    if (!(await claimEntry(tx, entry, now))) return true
    const stored = await lockConnection(tx, connection.id)
    const { sentVersion } = entry
    const brought = { sentVersion, sentAt: answer.sentAt, bringsRefreshToken: grant.refreshToken !== null, expiresAt: grant.expiresAt }
    if (!stored || !adopts(stored, brought)) return Boolean(stored?.accessTokenSealed)
    const place = { organizationId: entry.organizationId, connectionId: connection.id }
    const isDropped = isFromBeforeDrop(stored, { fence, sentAt: answer.sentAt })
    if (!isDropped) await storeRefreshed(tx, stored, { grant, answer, now })
    // The connection stays without an access token, or with the newer one, and due as it was.
    else if (grant.refreshToken) await tx.connection.update({ where: { id: stored.id }, data: sealRefreshToken({ ...place, stored }, grant.refreshToken) })
    else return Boolean(stored.accessTokenSealed)
    await addLineage(tx, { ...place, origin: 'refresh', grant, answer, now })
    return !isDropped || stored.accessTokenSealed !== null
  })
}

async function lockConnection(tx: Transaction, id: string): Promise<Connection | null> {
  await tx.$queryRaw`SELECT 1 FROM connections WHERE id = ${id}::uuid FOR UPDATE`
  return tx.connection.findUnique({ where: { id } })
}

/**
 * By the fence, which needs no clock; another process that finds the answer in the journal goes by when it was sent.
 * While a new consent is asked for, every answer is from before: nothing is sent.
 */
function isFromBeforeDrop({ cause, accessDroppedAt, accessDroppedFence }: Connection, sent: { fence: number | undefined; sentAt: Date }): boolean {
  if (cause === OPERATOR_ASKED) return true
  if (accessDroppedAt === null || accessDroppedFence === null) return false
  return sent.fence === undefined ? sent.sentAt < accessDroppedAt : sent.fence <= accessDroppedFence
}

interface Refreshed {
  readonly grant: TokenGrant
  readonly answer: RawAnswer
  readonly now: Date
}

async function storeRefreshed(tx: Transaction, stored: Connection, { grant, answer, now }: Refreshed): Promise<void> {
  const target = { organizationId: stored.organizationId, connectionId: stored.id, stored }
  await tx.connection.update({
    where: { id: stored.id },
    data: {
      ...sealTokens(target, grant, answer),
      lastRefreshAt: now,
      lastRefreshOutcome: 'ok',
      state: 'connected',
      cause: null,
      nextRefreshAt: dueAt({ connectionId: stored.id, issuedAt: answer.receivedAt, expiresAt: grant.expiresAt }),
      refreshFailures: 0,
      ...(stored.state === 'connected' ? {} : { stateSince: now }),
    },
  })
}
