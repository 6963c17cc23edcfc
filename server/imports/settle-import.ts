import 'server-only'
import { identifyConnection } from '@/lib/connection-identity'
import { openGateway } from '../api-clients/open-gateway'
import { storeImported, type StoredImport } from '../connections/store-imported'
import { transaction } from '../database/transaction'
import { db, type Transaction } from '../db'
import type { RefreshToken } from '../crypto/tokens'
import { AppError } from '../http/app-error'
import { isUpstreamError } from '../http/from-upstream'
import { discover } from '../journal/discover'
import { claimEntry } from '../journal/entry-state'
import { openAnswer, type JournalEntry } from '../journal/journal-entry'
import { laterPerhaps } from '../journal/settle-code'
import type { TokenGrant } from '../octorate/code-exchange'
import { processRefreshResponse } from '../octorate/refresh'
import { getRuntime } from '../runtime'
import { closeLine } from './close-line'
import { judgeLine } from './judge-line'
import { openLineToken, sealLineToken, tokenFingerprint } from './line-token'

/** No browser waits; it still stays within the claim of the line. */
const UNHURRIED = { pagesWithinMs: 30_000 }

/**
 * Reads a journalled answer to the try of an imported token, asks what it covers and saves the connection, with the
 * line's own copy wiped in the same transaction. Any process may do it, as often as it takes; whoever comes second finds
 * it done.
 *
 * @throws AppError `no_properties`, upstream errors, and what may pass.
 */
export async function settleImport(entry: JournalEntry): Promise<void> {
  const line = await findLine(entry)
  if (!line) return void (await transaction((tx) => claimEntry(tx, entry, getRuntime().clock())))
  const answer = openAnswer(entry)
  const gateway = openGateway(line.import.apiClient)
  const grant = processRefreshResponse(answer, gateway.policy)
  const discovery = await discover({ ...gateway, ...UNHURRIED }, gateway.transport, grant.accessToken).catch(async (error: unknown) => {
    // An access token that has ended can't ask any more: the line goes back to be tried, with the newest refresh token.
    const now = getRuntime().clock()
    if (isUpstreamError(error) && grant.expiresAt <= now) await transaction((tx) => keepNewToken(tx, entry, { line, grant, now }))
    throw laterPerhaps(error, true)
  })
  const identity = identifyConnection(discovery.properties)
  const now = getRuntime().clock()
  if (!identity) {
    await transaction((tx) => keepNewToken(tx, entry, { line, grant, now }))
    throw new AppError('no_properties')
  }
  const sent = openLineToken(line, line.refreshTokenSealed)
  const covers = line.propertyId === null || discovery.properties.some(({ upstreamId }) => upstreamId === line.propertyId)
  await transaction(async (tx) => {
    if (!(await claimEntry(tx, entry, now)) || !(await lockPending(tx, line))) return
    const { organizationId, apiClientId } = entry
    const stored = await storeImported(
      tx,
      {
        organizationId, apiClientId, identity, now, refreshToken: sent, newId: line.connectionId,
        environment: line.import.apiClient.environment,
        connectedByUserId: line.import.actorKind === 'user' ? line.import.actorId : null,
      },
      { grant, answer, discovery },
    )
    await closeLine(tx, line, { ...endingOf(stored, covers), now })
  })
}

/** Writes on the line what an answer that was settled by another process than the one that sent it came to. */
export async function judgeImport(entry: JournalEntry, error: unknown): Promise<void> {
  const line = await findLine(entry)
  if (line) await judgeLine(line, error)
}

function endingOf({ outcome, connectionId }: StoredImport, covers: boolean) {
  if (outcome === 'duplicate') return { state: 'duplicate', reason: 'already_connected', connectionId } as const
  if (outcome === 'overtaken') return { state: 'failed', reason: 'disconnected_meanwhile', connectionId } as const
  return { state: 'stored', reason: covers ? null : 'property_differs', connectionId } as const
}

async function findLine({ connectionId, organizationId }: JournalEntry) {
  const line = await db().importLine.findFirst({
    where: { connectionId: connectionId ?? '', state: 'pending', import: { organizationId } },
    include: { import: { include: { apiClient: true } } },
  })
  const sealed = line?.refreshTokenSealed
  return line && sealed ? { ...line, organizationId, refreshTokenSealed: sealed } : null
}

type FoundLine = NonNullable<Awaited<ReturnType<typeof findLine>>>

/** False when somebody else has closed it by now. */
async function lockPending(tx: Transaction, { importId, number }: FoundLine): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ state: string }[]>`
    SELECT state::text FROM import_lines WHERE import_id = ${importId}::uuid AND number = ${number} FOR UPDATE`
  return row?.state === 'pending'
}

interface Uncovered {
  readonly line: FoundLine
  readonly grant: TokenGrant
  readonly now: Date
}

/** The token covers nothing, but Octorate may have replaced it: the line keeps the one that is good now. */
async function keepNewToken(tx: Transaction, entry: JournalEntry, { line, grant, now }: Uncovered): Promise<void> {
  if (!(await claimEntry(tx, entry, now)) || !(await lockPending(tx, line))) return
  const token: RefreshToken | null = grant.refreshToken
  if (!token) return
  await tx.importLine.update({
    where: { importId_number: { importId: line.importId, number: line.number } },
    data: { refreshTokenSealed: sealLineToken(line, token.reveal()), refreshFingerprint: tokenFingerprint(token.reveal()) },
  })
}
