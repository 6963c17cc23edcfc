import 'server-only'
import type { AdminTokens, AdminTokenSummary } from '@/contracts/admin-tokens'
import { reminderFor } from '@/lib/admin-token-reminder'
import { requireApiClient } from '../api-clients/find-api-client'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import type { AdminToken } from '../generated/prisma/client'
import { getRuntime } from '../runtime'

const SHOWN = 50

/** The history of an API client's admin tokens, the newest first. @throws AppError `not_found` */
export async function listAdminTokens(viewer: Viewer, apiClientId: string): Promise<AdminTokens> {
  await requireApiClient(viewer, apiClientId)
  const rows = await db().adminToken.findMany({
    where: { apiClientId, organizationId: viewer.organizationId },
    orderBy: [{ issuedAt: 'desc' }, { id: 'desc' }],
    take: SHOWN,
  })
  const now = getRuntime().clock()
  const current = rows.find(({ retiredAt }) => retiredAt === null)
  return { items: rows.map((row) => toSummary(row, now)), reminderDays: current ? reminderFor(current.expiresAt, now) : null }
}

function toSummary({ id, tokenLast4, issuedAt, expiresAt, retiredAt, testedAt, accepted }: AdminToken, now: Date): AdminTokenSummary {
  return {
    id,
    last4: tokenLast4,
    state: expiresAt <= now ? 'expired' : retiredAt ? 'retired' : 'current',
    issuedAt: issuedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    retiredAt: retiredAt?.toISOString() ?? null,
    test: testedAt && accepted !== null ? { at: testedAt.toISOString(), accepted } : null,
  }
}
