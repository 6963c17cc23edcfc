import 'server-only'
import type { DeliveryPage, DeliveryQuery } from '@/contracts/webhooks'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { requireWebhook } from './require-webhook'
import { toDelivery } from './to-dto'

const PAGE_SIZE = 25

/** What a webhook was sent and is to be sent, the newest first. @throws AppError `not_found` */
export async function listDeliveries(viewer: Pick<Viewer, 'organizationId'>, id: string, { page, state }: DeliveryQuery): Promise<DeliveryPage> {
  const { organizationId } = await requireWebhook(viewer, id)
  const where = { endpointId: id, organizationId, ...(state && { state }) }
  const [found, total] = await Promise.all([
    db().webhookDelivery.findMany({ where, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], skip: (page - 1) * PAGE_SIZE, take: PAGE_SIZE + 1 }),
    db().webhookDelivery.count({ where }),
  ])
  return { items: found.slice(0, PAGE_SIZE).map(toDelivery), page, hasNext: found.length > PAGE_SIZE, total }
}
