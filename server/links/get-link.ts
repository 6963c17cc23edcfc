import 'server-only'
import { differenceSchema, type LinkDetail } from '@/contracts/links'
import { exchangeStepSchema } from '@/contracts/authorizations'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { findMail } from '../mail/find-mail'
import { getRuntime } from '../runtime'
import { findNames } from '../users/find-names'
import { getLinkSettings } from './link-settings'
import { LINK_COLUMNS, toSummary } from './to-dto'

/** A link of the viewer's organization with its last walk. @throws AppError `not_found` */
export async function getLink(viewer: Pick<Viewer, 'organizationId'>, id: string): Promise<LinkDetail> {
  const { organizationId } = viewer
  const row = await db().link.findFirst({
    where: { id, organizationId },
    select: {
      ...LINK_COLUMNS,
      codeExpiresAt: true, codeUsedAt: true, mailId: true, successUrl: true, errorUrl: true,
      authorizations: {
        orderBy: { createdAt: 'desc' },
        take: 1,
        select: { id: true, steps: true, difference: true, quarantined: { select: { id: true, identity: true, name: true } } },
      },
    },
  })
  if (!row) throw new AppError('not_found')
  const [people, { ticketUrl }, mail] = await Promise.all([
    findNames(organizationId, [row.createdByUserId]),
    getLinkSettings(viewer),
    row.mailId ? findMail(organizationId, row.mailId) : null,
  ])
  const [walk] = row.authorizations
  const steps = exchangeStepSchema.array().parse(walk?.steps ?? [])
  const stray = walk?.quarantined
  return {
    ...toSummary(row, { people, ticketUrl, now: getRuntime().clock() }),
    phoneCode: row.codeExpiresAt && { expiresAt: row.codeExpiresAt.toISOString(), usedAt: row.codeUsedAt?.toISOString() ?? null },
    authorizationId: walk?.id ?? null,
    exchangeMs: steps.find(({ name }) => name === 'exchange')?.durationMs ?? null,
    difference: differenceSchema.nullable().parse(walk?.difference ?? null),
    found: stray ? { quarantineId: stray.id, name: stray.name, upstreamId: stray.identity.replace(/^[a-z]+:/, '') } : null,
    successUrl: row.successUrl,
    errorUrl: row.errorUrl,
    mail,
  }
}
