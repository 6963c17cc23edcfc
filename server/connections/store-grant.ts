import 'server-only'
import { randomUUID } from 'node:crypto'
import type { ConnectionIdentity } from '@/lib/connection-identity'
import { OPERATOR_ASKED } from '@/lib/connection-status'
import { dueAt } from '@/lib/refresh/due-at'
import { storable } from '@/lib/text/storable'
import type { Transaction } from '../db'
import type { Connection, Environment } from '../generated/prisma/client'
import type { Discovery } from '../journal/discover'
import type { TokenGrant } from '../octorate/code-exchange'
import type { RawAnswer } from '../octorate/raw-answer'
import { lineageOf, type LineageEntry } from './lineage'
import { sealTokens } from './seal-tokens'

export interface NewGrant {
  readonly organizationId: string
  readonly apiClientId: string
  readonly environment: Environment
  /** Null when no person connected it. */
  readonly connectedByUserId: string | null
  readonly identity: ConnectionIdentity
  readonly discovery: Discovery
  readonly grant: TokenGrant
  readonly answer: RawAnswer
  readonly now: Date
  readonly origin: 'code' | 'import' | 'migrate'
  /** False while what it covers is only claimed. */
  readonly isVerified?: boolean
  /** When somebody decided about an answer that had waited for that. */
  readonly decidedAt?: Date | undefined
  /** For a connection that is not there yet. */
  readonly newId?: string
}

/**
 * Saves a grant from a consent, or from another system, as a connection: a new one, or the one that this API client already has for the same
 * property or network. Tokens only ever go forward by a version; a refresh token that did not come keeps the stored one.
 */
export async function storeGrant(tx: Transaction, given: NewGrant): Promise<string> {
  const { organizationId, apiClientId, grant, now } = given
  const before = await lockIdentity(tx, apiClientId, given.identity.identity)
  if (before && (await isOvertaken(tx, before, given))) return before.id
  const connectionId = before?.id ?? given.newId ?? randomUUID()
  const tokens = sealTokens({ organizationId, connectionId, stored: before }, grant, given.answer)
  const hasRefreshToken = grant.refreshToken !== null || Boolean(before?.refreshTokenSealed)
  const isDropped = before !== null && isFromBeforeDrop(before, given.answer.receivedAt)
  const isMarked = before?.cause === OPERATOR_ASKED && given.origin !== 'code'
  const facts = {
    ...tokens,
    name: storable(given.identity.name),
    searchText: searchText(given.identity.name, given.discovery.properties),
    environment: given.environment,
    state: 'connected' as const,
    cause: null,
    stateSince: now,
    consentedByName: orNull(given.discovery.user?.name),
    consentedByEmail: orNull(given.discovery.user?.email),
    consentedByUsername: orNull(given.discovery.user?.username),
    connectedByUserId: given.connectedByUserId ?? before?.connectedByUserId ?? null,
    lastRefreshAt: now,
    lastRefreshOutcome: 'ok',
    nextRefreshAt: hasRefreshToken ? dueAt({ connectionId, issuedAt: given.answer.receivedAt, expiresAt: grant.expiresAt }) : null,
    // A token from elsewhere is kept, but it is not the consent that an owner asked for.
    ...(isMarked && { state: before.state, cause: before.cause, stateSince: before.stateSince, accessTokenSealed: null, accessExpiresAt: now, nextRefreshAt: null }),
    ...(isDropped && { accessTokenSealed: null, accessExpiresAt: now, nextRefreshAt: hasRefreshToken && !isMarked ? now : null }),
    refreshFailures: 0,
    verifiedAt: given.isVerified === false ? null : now,
    disconnectedAt: null,
    propertiesComplete: given.discovery.isComplete,
  }
  if (before) await tx.connection.update({ where: { id: connectionId }, data: facts })
  else {
    await tx.connection.create({
      data: { ...facts, id: connectionId, organizationId, apiClientId, identity: given.identity.identity, origin: given.origin },
    })
  }
  await replaceProperties(tx, connectionId, { organizationId, properties: given.discovery.properties })
  await addLineage(tx, { organizationId, connectionId, origin: given.origin, grant, answer: given.answer, now })
  return connectionId
}

/** Locks the connection, or the place where it will be, so that two grants for one property follow each other. */
export async function lockIdentity(tx: Transaction, apiClientId: string, identity: string): Promise<Connection | null> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${apiClientId} ${identity}`}, 0))`
  await tx.$queryRaw`SELECT 1 FROM connections WHERE api_client_id = ${apiClientId}::uuid AND identity = ${identity} FOR UPDATE`
  return tx.connection.findUnique({ where: { apiClientId_identity: { apiClientId, identity } } })
}

/**
 * An answer that waited while a newer consent came, or while somebody disconnected or asked for a new consent, changes
 * nothing any more. A refresh of the older grant meanwhile does not count: its token is newer, its grant is not.
 */
export async function isOvertaken(tx: Transaction, before: Connection, { answer, decidedAt }: Pick<NewGrant, 'answer' | 'decidedAt'>): Promise<boolean> {
  const { receivedAt } = answer
  if (before.disconnectedAt !== null) return before.disconnectedAt > (decidedAt ?? receivedAt)
  if (before.cause === OPERATOR_ASKED && before.stateSince > (decidedAt ?? receivedAt)) return true
  if (before.accessIssuedAt <= receivedAt) return false
  // Brought on trust after the answer came: no grant of that is on record.
  if (before.accessTokenSealed === null && before.accessDroppedAt === null) return true
  const newer = await tx.tokenLineage.count({ where: { connectionId: before.id, origin: { not: 'refresh' }, at: { gt: receivedAt } } })
  return newer > 0
}

/** Whether an access token that came at an instant may have been among those that an owner had forgotten since. */
function isFromBeforeDrop({ accessDroppedAt }: Connection, receivedAt: Date): boolean {
  return accessDroppedAt !== null && accessDroppedAt > receivedAt
}

/** Remembers where a token came from: fingerprints, never tokens. */
export async function addLineage(tx: Transaction, entry: LineageEntry): Promise<void> {
  await tx.tokenLineage.create({ data: lineageOf(entry) })
}

interface Covered {
  readonly organizationId: string
  readonly properties: Discovery['properties']
}

/** Keeps what the token covers; what a person had left out stays left out. */
export async function replaceProperties(tx: Transaction, connectionId: string, { organizationId, properties }: Covered): Promise<void> {
  const leftOut = await tx.property.findMany({ where: { connectionId, linked: false }, select: { upstreamId: true } })
  const unlinked = new Set(leftOut.map((property) => property.upstreamId))
  await tx.property.deleteMany({ where: { connectionId } })
  await tx.property.createMany({
    data: properties.map((property) => ({
      organizationId,
      connectionId,
      upstreamId: storable(property.upstreamId),
      name: storable(property.name),
      city: orNull(property.city),
      country: orNull(property.country),
      currency: orNull(property.currency),
      timeZone: orNull(property.timeZone),
      sandbox: property.sandboxProperty,
      linked: !unlinked.has(storable(property.upstreamId)),
    })),
  })
}

/** What a search looks through: names and ids, in lower case. */
export function searchText(name: string, properties: readonly { readonly name: string; readonly upstreamId: string }[]): string {
  const words = properties.flatMap((property) => [storable(property.name), storable(property.upstreamId)])
  return [storable(name), ...words].join('\n').toLowerCase().slice(0, 100_000)
}

function orNull(text: string | null | undefined): string | null {
  return text ? storable(text) : null
}
