import 'server-only'
import { randomUUID } from 'node:crypto'
import { ALERT_TYPES, EVENT_TYPES, type AlertType, type EventType } from '@/contracts/events'
import type { Transaction } from '../db'
import type { Prisma } from '../generated/prisma/client'
import { getRuntime } from '../runtime'
import { queueDeliveries } from '../webhooks/queue-deliveries'

export interface NewEvent {
  readonly type: EventType | AlertType
  readonly organizationId: string
  readonly about: { readonly kind: string; readonly id: string }
  /** Name of what it is about, for a sentence. */
  readonly name: string
  /** Plain facts for a back end; never a secret. */
  readonly data: Prisma.InputJsonObject
  readonly at: Date
}

/**
 * Writes down, in the transaction of what happened, that it is told: a delivery for every webhook that asked for it, and an
 * alert where people are to know. Both go out later, once each, whatever dies in between.
 */
export async function announce(tx: Transaction, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const now = getRuntime().clock()
  const identified = events.map((event) => ({ ...event, id: randomUUID() }))
  await queueDeliveries(tx, identified.filter(({ type }) => (EVENT_TYPES as readonly string[]).includes(type)), now)
  const alerts = identified.filter(({ type }) => (ALERT_TYPES as readonly string[]).includes(type))
  const muted = await mutedTypes(tx, alerts)
  await tx.alert.createMany({
    data: alerts.map(({ id, type, organizationId, about, name, data, at }) => {
      const isMuted = muted.get(organizationId)?.includes(type) ?? false
      return { id, type, organizationId, aboutKind: about.kind, aboutId: about.id, name, data, at, toldAt: isMuted ? now : null, wasMoot: isMuted }
    }),
  })
}

async function mutedTypes(tx: Transaction, events: readonly { organizationId: string }[]): Promise<ReadonlyMap<string, readonly string[]>> {
  if (events.length === 0) return new Map()
  const organizationIds = [...new Set(events.map(({ organizationId }) => organizationId))]
  const rows = await tx.alertSettings.findMany({ where: { organizationId: { in: organizationIds } }, select: { organizationId: true, muted: true } })
  return new Map(rows.map(({ organizationId, muted }) => [organizationId, muted]))
}
