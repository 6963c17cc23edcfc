import 'server-only'
import type { ConnectionBucket } from '@/contracts/connections'
import { EXPIRING_MARGIN_MS } from '@/lib/connection-status'
import { db } from '../db'
import type { Prisma } from '../generated/prisma/client'

const ADMIN_TOKEN_ENDS_MS = 30 * 24 * 60 * 60_000

/** Connections that somebody should look at, for one reason. */
export function whereBucket(bucket: ConnectionBucket, now: Date): Prisma.ConnectionWhereInput {
  const within = (ms: number) => new Date(now.getTime() + ms)
  switch (bucket) {
    case 'reconnect':
      return { state: 'reconnect_required' }
    case 'failing':
      return { state: 'refresh_failing' }
    case 'unplanned':
      return {
        state: { in: ['connected', 'refresh_failing'] },
        accessExpiresAt: { lt: within(EXPIRING_MARGIN_MS) },
        OR: [{ nextRefreshAt: null }, { nextRefreshAt: { gt: db().connection.fields.accessExpiresAt } }],
      }
    case 'admin_token':
      return {
        state: { not: 'disconnected' },
        apiClient: { adminTokens: { some: { retiredAt: null, expiresAt: { lt: within(ADMIN_TOKEN_ENDS_MS) } } } },
      }
    case 'unused':
      return { state: { not: 'disconnected' }, use: null }
  }
}
