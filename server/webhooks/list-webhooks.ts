import 'server-only'
import type { Webhook } from '@/contracts/webhooks'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { getRuntime } from '../runtime'
import { findNames } from '../users/find-names'
import { toWebhook, WITH_LAST_DELIVERY } from './to-dto'

/** Every webhook of the organization, the newest first. */
export async function listWebhooks({ organizationId }: Viewer): Promise<{ items: Webhook[] }> {
  const rows = await db().webhookEndpoint.findMany({ where: { organizationId }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], include: WITH_LAST_DELIVERY })
  const people = await findNames(organizationId, rows.map((row) => row.createdByUserId))
  return { items: rows.map((row) => toWebhook(row, people, getRuntime().clock())) }
}

/** @throws AppError `not_found` */
export async function getWebhook({ organizationId }: Pick<Viewer, 'organizationId'>, id: string): Promise<Webhook> {
  const row = await db().webhookEndpoint.findFirst({ where: { id, organizationId }, include: WITH_LAST_DELIVERY })
  if (!row) throw new AppError('not_found')
  return toWebhook(row, await findNames(organizationId, [row.createdByUserId]), getRuntime().clock())
}
