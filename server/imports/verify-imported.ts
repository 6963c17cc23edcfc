import 'server-only'
import { identifyConnection } from '@/lib/connection-identity'
import { openGateway } from '../api-clients/open-gateway'
import { correctCoverage } from '../connections/correct-coverage'
import { accessTokenContext } from '../connections/token-context'
import { requireKeys } from '../crypto/require-keys'
import { open } from '../crypto/seal'
import { accessToken } from '../crypto/tokens'
import { transaction } from '../database/transaction'
import { db } from '../db'
import { Prisma, type ApiClient, type Connection } from '../generated/prisma/client'
import { discover } from '../journal/discover'
import { log } from '../log'
import { getRuntime, once } from '../runtime'

const AT_ONCE = 10
/** After a look that told nothing. */
const AGAIN_AFTER_MS = 5 * 60_000

/**
 * Asks what connections cover that were taken on trust and have their first access token now. What was claimed and is
 * not so is put right, and the import's line says it.
 */
export async function verifyImported(now: Date): Promise<void> {
  const later = toVerifyLater(now)
  const rows = await db().connection.findMany({
    where: {
      origin: 'import', verifiedAt: null, state: 'connected', accessTokenSealed: { not: null }, accessExpiresAt: { gt: now },
      id: { notIn: [...later.keys()] },
    },
    include: { apiClient: true },
    orderBy: { id: 'asc' },
    take: AT_ONCE,
  })
  await Promise.all(
    rows.map(async (row) => {
      const isVerified = await verify(row).catch((err: unknown) => {
        log().warn({ connection: row.id, err }, 'what an imported token covers could not be read')
        return false
      })
      if (!isVerified) later.set(row.id, now.getTime() + AGAIN_AFTER_MS)
    }),
  )
}

/** Whether there are any. */
export function anyToVerify(now: Date): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT 1 FROM connections
    WHERE origin = 'import' AND verified_at IS NULL AND state = 'connected' AND access_token_sealed IS NOT NULL AND access_expires_at > ${now}
      AND id <> ALL (${[...toVerifyLater(now).keys()]}::uuid[])
  )`
}

/** Those that this process has just looked at in vain, and until when it leaves them. */
function toVerifyLater(now: Date): Map<string, number> {
  const later = once('imports to verify later', () => new Map<string, number>())
  for (const [id, until] of later) if (until <= now.getTime()) later.delete(id)
  return later
}

async function verify(row: Connection & { readonly apiClient: ApiClient }): Promise<boolean> {
  const { id: connectionId, organizationId, accessTokenVersion: version, accessTokenSealed } = row
  if (!accessTokenSealed) return false
  const gateway = openGateway(row.apiClient)
  const token = accessToken(open(requireKeys(), accessTokenContext({ organizationId, connectionId, version }), accessTokenSealed))
  const discovery = await discover(gateway, gateway.transport, token)
  const identity = identifyConnection(discovery.properties)
  if (!identity) return false
  const now = getRuntime().clock()
  const isAsClaimed = row.identity === identity.identity || discovery.properties.some(({ upstreamId }) => row.identity === `property:${upstreamId}`)
  await transaction(async (tx) => {
    await correctCoverage(tx, { connectionId, organizationId, apiClientId: row.apiClientId, identity, discovery, now })
    if (isAsClaimed) return
    await tx.importLine.updateMany({ where: { connectionId, state: 'stored' }, data: { reason: 'property_differs', updatedAt: now } })
  })
  return true
}
