import 'server-only'
import { requireKeys } from '../crypto/require-keys'
import { open } from '../crypto/seal'
import type { Transaction } from '../db'
import { refreshTokenContext } from './token-context'

interface HandBack {
  readonly organizationId: string
  readonly ids: readonly string[]
  /** Whether a stored refresh token is the one that was brought. */
  readonly isUntouched: (connectionId: string, refreshToken: string) => boolean
  readonly now: Date
}

export interface HandedBack {
  /** Their tokens are wiped here. */
  readonly wiped: readonly string[]
  /** Octorate gave another refresh token since: the old system's copy is dead. */
  readonly replaced: readonly string[]
  /** A refresh is under way at this moment, or its answer waits to be read: nobody knows yet. */
  readonly busy: readonly string[]
}

/**
 * Wipes the tokens of those connections whose refresh token is still the one that was brought, so that this console and
 * the old system never use one token at once. One that is being refreshed is left alone, for its answer may hold the
 * only copy of a new token.
 */
export async function handBackConnections(tx: Transaction, given: HandBack): Promise<HandedBack> {
  const { organizationId, now } = given
  const rows = await lockConnections(tx, given)
  const ids = { wiped: [] as string[], replaced: [] as string[], busy: [] as string[] }
  for (const { id, sealed, version, busy } of rows) {
    const stored = busy ? null : open(requireKeys(), refreshTokenContext({ organizationId, connectionId: id, version }), sealed)
    if (stored === null) ids.busy.push(id)
    else (given.isUntouched(id, stored) ? ids.wiped : ids.replaced).push(id)
  }
  await tx.connection.updateMany({
    where: { id: { in: ids.wiped }, organizationId },
    data: {
      state: 'disconnected', cause: 'handed_back', stateSince: now, disconnectedAt: now, nextRefreshAt: null,
      accessTokenSealed: null, refreshTokenSealed: null,
    },
  })
  // Refused ones are kept as evidence for a day: they may hold a token too.
  await tx.grantJournal.updateMany({ where: { connectionId: { in: ids.wiped }, organizationId, state: 'refused' }, data: { answerSealed: null } })
  return ids
}

interface LockedRow {
  readonly id: string
  readonly sealed: string
  readonly version: number
  readonly busy: boolean
}

/** In the order of their ids, so that two of these never wait for each other. */
async function lockConnections(tx: Transaction, { organizationId, ids }: HandBack): Promise<LockedRow[]> {
  return tx.$queryRaw<LockedRow[]>`
    SELECT id::text, refresh_token_sealed AS sealed, refresh_token_version AS version,
      (lease_owner IS NOT NULL AND lease_until > clock_timestamp()) OR EXISTS (
        SELECT 1 FROM grant_journal WHERE grant_journal.connection_id = connections.id AND grant_journal.state = 'received'
      ) AS busy
    FROM connections
    WHERE id = ANY(${[...ids]}::uuid[]) AND organization_id = ${organizationId}::uuid AND state <> 'disconnected' AND refresh_token_sealed IS NOT NULL
    ORDER BY id FOR UPDATE`
}
