import type { QuarantinedGrantSummary } from '@/contracts/quarantined-grants'
import type { Prisma } from '../generated/prisma/client'
import type { Discovery } from '../journal/discover'

/** The columns of a summary: the sealed answer is not even read. */
export const QUARANTINE_COLUMNS = {
  id: true, state: true, expectedName: true, expectedId: true, identity: true, name: true, discovery: true, connectionId: true,
  authorizationId: true, createdAt: true, expiresAt: true, apiClientId: true,
  authorization: { select: { linkId: true, apiClient: { select: { id: true, name: true } } } },
} as const satisfies Prisma.QuarantinedGrantSelect

type Row = Prisma.QuarantinedGrantGetPayload<{ select: typeof QUARANTINE_COLUMNS }>

export function toSummary(row: Row): QuarantinedGrantSummary {
  const [kind, upstreamId = ''] = row.identity.split(/:(.*)/s)
  const { properties } = row.discovery as unknown as Discovery
  return {
    id: row.id,
    state: row.state,
    expected: { upstreamId: row.expectedId, name: row.expectedName },
    found: { upstreamId, name: row.name, isNetwork: kind === 'network', propertyCount: properties.length },
    apiClient: row.authorization.apiClient,
    connectionId: row.connectionId,
    linkId: row.authorization.linkId,
    authorizationId: row.authorizationId,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }
}
