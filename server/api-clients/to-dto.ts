import { strategySchema, type ApiClientDetail, type ApiClientSummary } from '@/contracts/api-clients'
import { upstreamUrls } from '@/lib/oauth/upstream-urls'
import type { AdminToken, ApiClient } from '../generated/prisma/client'
import { findUpstream } from './list-upstreams'
import { callbackUri, redirectUriOf } from './redirect-uri'

/** The columns that the browser may see something of; the sealed secret is not among them. */
export const API_CLIENT_COLUMNS = {
  id: true, name: true, clientId: true, clientSecretLast4: true, secretRotatedAt: true, environment: true,
  upstreamId: true, apiVersion: true, foreignRedirectUri: true, strategy: true, createdAt: true, refusedAt: true,
  adminTokens: {
    where: { retiredAt: null },
    orderBy: { issuedAt: 'desc' },
    take: 1,
    select: { tokenLast4: true, issuedAt: true, expiresAt: true },
  },
  _count: { select: { connections: { where: { state: { not: 'disconnected' } } } } },
} as const

export type ApiClientRow = Pick<
  ApiClient,
  | 'id' | 'name' | 'clientId' | 'clientSecretLast4' | 'secretRotatedAt' | 'environment' | 'upstreamId' | 'apiVersion'
  | 'foreignRedirectUri' | 'strategy' | 'createdAt' | 'refusedAt'
> & {
  readonly adminTokens: readonly Pick<AdminToken, 'tokenLast4' | 'issuedAt' | 'expiresAt'>[]
  readonly _count: { readonly connections: number }
}

export function toSummary(row: ApiClientRow): ApiClientSummary {
  const upstream = findUpstream(row.upstreamId)
  const [adminToken] = row.adminTokens
  return {
    id: row.id,
    name: row.name,
    clientId: row.clientId,
    environment: row.environment,
    upstream: { id: row.upstreamId, label: upstream?.label ?? row.upstreamId, sandbox: upstream?.sandbox ?? false },
    redirectUri: redirectUriOf(row).redirectUri,
    connectionCount: row._count.connections,
    adminTokenExpiresAt: adminToken?.expiresAt.toISOString() ?? null,
    refusedAt: row.refusedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }
}

export function toDetail(row: ApiClientRow): ApiClientDetail {
  const upstream = findUpstream(row.upstreamId)
  const [adminToken] = row.adminTokens
  return {
    ...toSummary(row),
    apiVersion: row.apiVersion,
    clientSecretLast4: row.clientSecretLast4,
    secretRotatedAt: row.secretRotatedAt.toISOString(),
    strategy: strategySchema.nullable().catch(null).parse(row.strategy),
    callbackUri: callbackUri(row.id),
    addresses: upstream && upstreamUrls({ ...upstream, apiVersion: row.apiVersion }),
    adminToken: adminToken
      ? { last4: adminToken.tokenLast4, issuedAt: adminToken.issuedAt.toISOString(), expiresAt: adminToken.expiresAt.toISOString() }
      : null,
  }
}
