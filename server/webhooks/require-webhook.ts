import 'server-only'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import type { WebhookEndpoint } from '../generated/prisma/client'
import { AppError } from '../http/app-error'

/** @throws AppError `not_found` */
export async function requireWebhook({ organizationId }: Pick<Viewer, 'organizationId'>, id: string): Promise<WebhookEndpoint> {
  const row = await db().webhookEndpoint.findFirst({ where: { id, organizationId } })
  if (!row) throw new AppError('not_found')
  return row
}
