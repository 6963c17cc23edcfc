import 'server-only'
import type { ConnectionDetail } from '@/contracts/connections'
import { exchangeStepSchema } from '@/contracts/authorizations'
import { differenceSchema } from '@/contracts/links'
import type { ExpirySource } from '@/lib/oauth/token-response'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { getRuntime } from '../runtime'
import { isLinkOffered } from '../links/is-link-offered'
import { findNames } from '../users/find-names'
import { toContact } from './to-contact'
import { CONNECTION_COLUMNS, toSummary } from './to-dto'

export const MOST_LINEAGE = 50

/**
 * A connection of the viewer's organization with its properties, lineage and last consent flow.
 *
 * @throws AppError `not_found`, whether it is not there or not theirs.
 */
export async function getConnection(viewer: Viewer, id: string): Promise<ConnectionDetail> {
  const { organizationId } = viewer
  const row = await db().connection.findFirst({
    where: { id, organizationId },
    select: {
      ...CONNECTION_COLUMNS,
      contactName: true, contactEmail: true, contactLanguage: true, contactPhone: true,
      consentedByName: true, consentedByEmail: true, consentedByUsername: true, expirySource: true, expiryFlagged: true,
      nextRefreshAt: true, refreshFailures: true, refreshPausedAt: true,
      propertiesComplete: true,
      apiClient: { select: { id: true, name: true, refusedAt: true, foreignRedirectUri: true, deletedAt: true } },
      properties: { orderBy: [{ name: 'asc' }, { upstreamId: 'asc' }] },
      lineage: { orderBy: [{ at: 'desc' }, { id: 'desc' }], take: MOST_LINEAGE },
    },
  })
  if (!row) throw new AppError('not_found')
  const [people, hasRefreshToken, authorization] = await Promise.all([
    findNames(organizationId, [row.connectedByUserId]),
    db().connection.count({ where: { id, organizationId, refreshTokenSealed: { not: null } } }),
    db().authorization.findFirst({
      where: { connectionId: id, organizationId },
      orderBy: { createdAt: 'desc' },
      select: { id: true, createdAt: true, steps: true, difference: true },
    }),
  ])
  const { consentedByName: name, consentedByEmail: email, consentedByUsername: username } = row
  return {
    ...toSummary(row, people, getRuntime().clock()),
    properties: row.properties.map(({ upstreamId, name, city, country, currency, timeZone, sandbox, linked }) => ({
      upstreamId, name, city, country, currency, timeZone, sandbox, linked,
    })),
    propertiesComplete: row.propertiesComplete,
    consentedBy: name ?? email ?? username ? { name, email, username } : null,
    expirySource: row.expirySource as ExpirySource,
    expiryFlagged: row.expiryFlagged,
    hasRefreshToken: hasRefreshToken > 0,
    nextRefreshAt: row.nextRefreshAt?.toISOString() ?? null,
    refreshPausedAt: row.refreshPausedAt?.toISOString() ?? null,
    refreshFailures: row.refreshFailures,
    lineage: row.lineage.map((entry) => ({
      id: entry.id,
      at: entry.at.toISOString(),
      origin: entry.origin,
      accessFingerprint: entry.accessFingerprint,
      refreshReplaced: entry.refreshReplaced,
      accessExpiresAt: entry.accessExpiresAt.toISOString(),
      expirySource: entry.expirySource as ExpirySource,
      driftMs: entry.driftMs,
      durationMs: entry.durationMs,
      upstreamRequestId: entry.upstreamRequestId,
    })),
    contact: toContact(row),
    isLinkOffered: isLinkOffered(row, getRuntime().clock()),
    authorization: authorization && {
      id: authorization.id,
      startedAt: authorization.createdAt.toISOString(),
      steps: exchangeStepSchema.array().parse(authorization.steps),
      difference: differenceSchema.nullable().parse(authorization.difference),
    },
  }
}
