import 'server-only'
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
import { sealTokens } from './seal-tokens'
import { addLineage } from './store-grant'

/**
 * Reads a journalled answer to a refresh and saves its tokens, if the refresh token that was sent is still the stored
 * one: a late answer is adopted, an older one never replaces a newer. An answer without a refresh token keeps the stored
 * one (contract, "Refresh").
 *
 * @throws AppError `already_disconnected`; upstream errors when the answer is no grant.
 */
export async function settleRefresh(entry: JournalEntry): Promise<void> {
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
  await transaction(async (tx) => {
    if (!(await claimEntry(tx, entry, now))) return
    const stored = await lockConnection(tx, connection.id)
    const { sentVersion } = entry
    const brought = { sentVersion, sentAt: answer.sentAt, bringsRefreshToken: grant.refreshToken !== null, expiresAt: grant.expiresAt }
    if (!stored || !adopts(stored, brought)) return
    await storeRefreshed(tx, stored, { grant, answer, now })
    const place = { organizationId: entry.organizationId, connectionId: connection.id }
    await addLineage(tx, { ...place, origin: 'refresh', grant, answer, now })
  })
}

async function lockConnection(tx: Transaction, id: string): Promise<Connection | null> {
  await tx.$queryRaw`SELECT 1 FROM connections WHERE id = ${id}::uuid FOR UPDATE`
  return tx.connection.findUnique({ where: { id } })
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
