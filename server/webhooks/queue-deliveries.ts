import 'server-only'
import { randomUUID } from 'node:crypto'
import type { Transaction } from '../db'
import type { Prisma } from '../generated/prisma/client'
import { addJob, addJobs } from '../jobs/add-job'

/** A delivery is tried for a day. */
export const TRIED_FOR_MS = 24 * 60 * 60_000

interface Told {
  readonly id: string
  readonly type: string
  readonly organizationId: string
  readonly data: Prisma.InputJsonObject
  readonly at: Date
}

interface NewDelivery {
  readonly endpointId: string
  readonly organizationId: string
  readonly eventId: string
  readonly eventType: string
  readonly body: string
}

/** A delivery of each event for every signed webhook of its organization that asked for its type. */
export async function queueDeliveries(tx: Transaction, events: readonly Told[], now: Date): Promise<void> {
  if (events.length === 0) return
  const endpoints = await tx.webhookEndpoint.findMany({
    where: { organizationId: { in: [...new Set(events.map(({ organizationId }) => organizationId))] }, kind: 'signed', disabledAt: null },
    select: { id: true, organizationId: true, events: true },
  })
  const deliveries = events.flatMap((event) =>
    endpoints
      .filter(({ organizationId, events: wanted }) => organizationId === event.organizationId && wanted.includes(event.type))
      .map(({ id, organizationId }) => ({ endpointId: id, organizationId, eventId: event.id, eventType: event.type, body: bodyOf(event) })),
  )
  await addDeliveries(tx, deliveries, now)
}

/** Writes deliveries down with the jobs that send them. */
export async function addDeliveries(tx: Transaction, deliveries: readonly NewDelivery[], now: Date): Promise<readonly string[]> {
  const rows = deliveries.map((delivery) => ({
    ...delivery, id: randomUUID(), nextTryAt: now, createdAt: now, givesUpAt: new Date(now.getTime() + TRIED_FOR_MS),
  }))
  if (rows.length > 0) await tx.webhookDelivery.createMany({ data: rows })
  await addJobs(tx, 'deliver_webhook', rows.map(({ id }) => ({ key: keyOf(id), payload: { deliveryId: id } })))
  return rows.map(({ id }) => id)
}

/** One job for each delivery: a later one takes the place of one that waits. */
export async function addDeliveryJob(tx: Pick<Transaction, '$queryRaw'>, deliveryId: string, runInMs = 0): Promise<void> {
  await addJob(tx, { name: 'deliver_webhook', payload: { deliveryId } }, { key: keyOf(deliveryId), runInMs })
}

function keyOf(deliveryId: string): string {
  return `webhook:${deliveryId}`
}

/** What a receiver reads; the same bytes at every try. */
function bodyOf({ id, type, organizationId, data, at }: Told): string {
  return JSON.stringify({ id, type, timestamp: at.toISOString(), organization: { id: organizationId }, data })
}
