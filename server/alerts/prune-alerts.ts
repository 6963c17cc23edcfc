import 'server-only'
import type { Transaction } from '../db'
import { HINT_EVERY_MS } from './key-hints'

const KEPT_MS = 90 * 24 * 60 * 60_000
const DELIVERIES_KEPT_MS = 30 * 24 * 60 * 60_000

/** Forgets alerts after three months, deliveries of webhooks after one, and that a key was hinted at after a day. */
export async function pruneAlerts(tx: Transaction, now: Date): Promise<boolean> {
  const before = (ms: number) => new Date(now.getTime() - ms)
  await tx.alert.deleteMany({ where: { toldAt: { lt: before(KEPT_MS) } } })
  await tx.webhookDelivery.deleteMany({ where: { createdAt: { lt: before(DELIVERIES_KEPT_MS) }, state: { not: 'queued' } } })
  await tx.keyHint.deleteMany({ where: { toldAt: { lt: before(HINT_EVERY_MS) } } })
  return false
}
