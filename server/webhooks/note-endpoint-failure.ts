import 'server-only'
import { recordAudit } from '../audit/record-audit'
import type { Transaction } from '../db'
import { announce } from '../events/announce'
import type { WebhookEndpoint } from '../generated/prisma/client'

/** An endpoint that took nothing for so long is switched off, and people are told. */
const GIVEN_UP_AFTER_MS = 3 * 24 * 60 * 60_000

/** Counts a failed try on the endpoint, and after three days of nothing else switches it off. */
export async function noteEndpointFailure(
  tx: Transaction,
  { id, organizationId, name, urlOrigin }: WebhookEndpoint,
  { now, pauseMs }: { now: Date; pauseMs: number },
): Promise<void> {
  await tx.webhookEndpoint.updateMany({
    where: { id, failingSince: null },
    data: { failingSince: now },
  })
  await tx.webhookEndpoint.update({
    where: { id },
    data: { failures: { increment: 1 }, pausedUntil: new Date(now.getTime() + pauseMs) },
  })
  const disabled = await tx.webhookEndpoint.updateMany({
    where: { id, disabledAt: null, failingSince: { lte: new Date(now.getTime() - GIVEN_UP_AFTER_MS) } },
    data: { disabledAt: now, disabledByKeyrack: true },
  })
  if (disabled.count === 0) return
  await recordAudit(tx, {
    action: 'webhook.disabled', outcome: 'success', organizationId, actor: { kind: 'system' }, target: { kind: 'webhook', id },
    detail: { reason: 'three days of failures' }, at: now,
  })
  await announce(tx, [{ type: 'webhook.disabled', organizationId, about: { kind: 'webhook', id }, name, data: { origin: urlOrigin }, at: now }])
}
