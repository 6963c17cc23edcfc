import 'server-only'
import type { ConnectionIdentity } from '@/lib/connection-identity'
import { OPERATOR_ASKED } from '@/lib/connection-status'
import { storable } from '@/lib/text/storable'
import { requireKeys } from '../crypto/require-keys'
import { seal } from '../crypto/seal'
import type { RefreshToken } from '../crypto/tokens'
import type { Transaction } from '../db'
import type { Connection, Environment } from '../generated/prisma/client'
import type { Discovery } from '../journal/discover'
import type { TokenGrant } from '../octorate/code-exchange'
import type { RawAnswer } from '../octorate/raw-answer'
import { lockIdentity, replaceProperties, searchText, storeGrant } from './store-grant'
import { refreshTokenContext } from './token-context'

interface Imported {
  readonly organizationId: string
  readonly apiClientId: string
  readonly environment: Environment
  readonly connectedByUserId: string | null
  readonly identity: ConnectionIdentity
  readonly refreshToken: RefreshToken
  /** For a connection that is not there yet. */
  readonly newId: string
  /** Where the token came from; an import unless said. */
  readonly origin?: 'import' | 'create'
  readonly now: Date
}

/** What Octorate answered when the token was tried. */
export interface Probed {
  readonly grant: TokenGrant
  readonly answer: RawAnswer
  readonly discovery: Discovery
}

export interface StoredImport {
  /** `duplicate`: a living connection is there and stays as it is; `overtaken`: it was disconnected since Octorate answered. */
  readonly outcome: 'stored' | 'duplicate' | 'overtaken'
  readonly connectionId: string
}

/**
 * Saves a refresh token from another system: a new connection, or tokens for one that has none any more. A living
 * connection for the same property or network is never touched.
 */
export async function storeImported(tx: Transaction, given: Imported, probed: Probed | null): Promise<StoredImport> {
  const before = await lockIdentity(tx, given.apiClientId, given.identity.identity)
  if (before && isLiving(before, probed !== null || given.origin === 'create')) return { outcome: 'duplicate', connectionId: before.id }
  if (!probed) return { outcome: 'stored', connectionId: await storeOnTrust(tx, given, before) }
  if (before?.disconnectedAt && before.disconnectedAt > probed.answer.receivedAt) return { outcome: 'overtaken', connectionId: before.id }
  const { grant, answer, discovery } = probed
  // An answer without a refresh token keeps the one that was sent (contract, "Refresh").
  const whole = { ...grant, refreshToken: grant.refreshToken ?? given.refreshToken }
  return { outcome: 'stored', connectionId: await storeGrant(tx, { ...given, grant: whole, answer, discovery, origin: 'import' }) }
}

/**
 * A grant that Octorate has just honoured, or just given, takes the place of a dead one; one on trust does not. Where an
 * owner asked for a new consent, a token from elsewhere is none.
 */
function isLiving({ state, cause }: Connection, isFromOctorate: boolean): boolean {
  return state !== 'disconnected' && !(state === 'reconnect_required' && cause !== OPERATOR_ASKED && isFromOctorate)
}

/** Without access token: the first use refreshes, and only then is it known what the token covers. */
async function storeOnTrust(tx: Transaction, given: Imported, before: Connection | null): Promise<string> {
  const { organizationId, apiClientId, environment, identity, now } = given
  const connectionId = before?.id ?? given.newId
  const refreshTokenVersion = (before?.refreshTokenVersion ?? 0) + 1
  const property = { upstreamId: identity.identity.replace(/^property:/, ''), name: identity.name }
  const facts = {
    name: storable(identity.name),
    searchText: searchText(identity.name, [property]),
    origin: given.origin ?? ('import' as const),
    environment,
    state: 'connected' as const,
    cause: null,
    stateSince: now,
    connectedByUserId: given.connectedByUserId,
    accessTokenSealed: null,
    accessTokenVersion: (before?.accessTokenVersion ?? 0) + 1,
    accessDroppedAt: null,
    accessDroppedFence: null,
    accessIssuedAt: now,
    accessExpiresAt: now,
    expirySource: 'assumed',
    expiryFlagged: false,
    refreshTokenSealed: seal(requireKeys(), refreshTokenContext({ organizationId, connectionId, version: refreshTokenVersion }), given.refreshToken.reveal()),
    refreshTokenVersion,
    lastRefreshAt: now,
    lastRefreshOutcome: 'not_tried',
    nextRefreshAt: null,
    verifiedAt: null,
    disconnectedAt: null,
  }
  if (before) await tx.connection.update({ where: { id: connectionId }, data: facts })
  else await tx.connection.create({ data: { ...facts, id: connectionId, organizationId, apiClientId, identity: identity.identity } })
  await replaceProperties(tx, connectionId, { organizationId, properties: [onTrust(property)] })
  return connectionId
}

function onTrust(property: { upstreamId: string; name: string }): Discovery['properties'][number] {
  return { ...property, city: null, country: null, currency: null, timeZone: null, sandboxProperty: false, network: { id: null, root: null, enabled: null } }
}
