import 'server-only'
import { identifyConnection } from '@/lib/connection-identity'
import { correctCoverage } from '../connections/correct-coverage'
import { openAccessToken } from '../connections/open-access-token'
import type { AccessToken } from '../crypto/tokens'
import { transaction } from '../database/transaction'
import { isUpstreamError } from '../http/from-upstream'
import { discover } from '../journal/discover'
import type { Property } from '../octorate/property'
import { gatewayOf } from '../refresh/gateways'
import { requestRefresh } from '../refresh/request-refresh'
import { requestsFirst } from '../requests-first'
import { getRuntime } from '../runtime'
import type { RunningMigration } from './claim-key-lines'
import { closeKeyLine } from './close-key-line'
import { judgeOutcome, judgeRead } from './judge-verified'
import { readFirstPage } from './read-first-page'
import { saveVerified } from './save-verified'
import type { Stored } from './settle-migration'
import { speedUp, stopKeyMigration } from './steer'

/** A line whose token is stored. */
export interface StoredLine {
  readonly organizationId: string
  readonly migration: RunningMigration
  readonly number: number
  readonly propertyId: string
  readonly connectionId: string
  readonly oldKeyId: string
  readonly tries: number
}

const WAIT_MS = 25_000

/**
 * Verifies a stored token by a refresh, which shows that the API client is the right one, and by one read of the property.
 * Both are asked at the same time; where the refresh ended the token that the read went with, it is read again. Only then
 * does the line count; the first one that fails either for good stops the run.
 */
export async function verifyLine(line: StoredLine, known?: Omit<Stored, 'connectionId'>): Promise<void> {
  const { organizationId, connectionId, migration, propertyId } = line
  const token = known?.accessToken ?? (await openAccessToken({ organizationId, connectionId }))
  const [outcome, read] = await Promise.all([
    requestRefresh({ id: connectionId, organizationId }, {
      reason: 'import', waitMs: WAIT_MS, ...(known?.version === undefined ? {} : { seenVersion: known.version }), ...(known?.lease ? { lease: known.lease } : {}),
    }),
    token ? readWith(line, token) : null,
  ])
  await requestsFirst()
  if (outcome.outcome !== 'refreshed') return judgeOutcome(line, outcome)
  const properties = isRead(read) ? read : await readAgain(line)
  if (!isRead(properties)) return judgeRead(line, properties)
  const property = properties.find(({ upstreamId }) => upstreamId === propertyId)
  if (!property) {
    await stopKeyMigration(migration, 'line_not_verified')
    return closeKeyLine(line, { state: 'failed', reason: 'property_not_covered' })
  }
  if (properties.length > 1) await writeWhole(line)
  await saveVerified({ line, property: properties.length > 1 ? null : property })
  await speedUp(migration)
}

type Read = readonly Property[] | Error | null

const isRead = (read: Read): read is readonly Property[] => Array.isArray(read)

async function readWith({ migration }: StoredLine, token: AccessToken): Promise<Read> {
  try {
    return await readFirstPage(gatewayOf(migration.apiClient), token)
  } catch (error) {
    if (isUpstreamError(error)) return error
    throw error
  }
}

/** With the token that the refresh brought. */
async function readAgain(line: StoredLine): Promise<Read> {
  const token = await openAccessToken(line)
  return token && readWith(line, token)
}

/** The token covers more than its property: what the connection is, is looked at as for any other. */
async function writeWhole(line: StoredLine): Promise<void> {
  const { organizationId, connectionId, migration } = line
  const token = await openAccessToken({ organizationId, connectionId })
  if (!token) return
  const gateway = gatewayOf(migration.apiClient)
  const discovery = await discover(gateway, gateway.transport, token)
  const identity = identifyConnection(discovery.properties)
  if (!identity) return
  const now = getRuntime().clock()
  await transaction((tx) => correctCoverage(tx, { connectionId, organizationId, apiClientId: migration.apiClientId, identity, discovery, now }))
}
