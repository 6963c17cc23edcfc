import 'server-only'
import { transaction } from '../database/transaction'
import { db } from '../db'
import type { WebhookDelivery, WebhookEndpoint } from '../generated/prisma/client'
import { maskText } from '../octorate/mask-text'
import { callOutside } from '../outbound/call-outside'
import { OutboundError } from '../outbound/outbound-error'
import { getRuntime } from '../runtime'
import { deliveryBackOffMs, endpointPauseMs } from './delivery-back-off'
import { openSigningSecrets, openUrl } from './endpoint-secrets'
import { noteEndpointFailure } from './note-endpoint-failure'
import { addDeliveryJob } from './queue-deliveries'
import { signWebhook } from './sign-webhook'

/** Longer than one try may take. */
const CLAIM_MS = 30_000
const KEPT_ATTEMPTS = 10
const SHOWN_CHARACTERS = 1_000

export interface DeliveryAttempt {
  readonly at: string
  readonly status: number | null
  /** Why there was no answer; null when there was one. */
  readonly failure: string | null
  readonly durationMs: number
  /** The start of the answer, masked. */
  readonly answer: string | null
}

type Delivery = WebhookDelivery & { readonly endpoint: WebhookEndpoint }

/** One try of a delivery, claimed before it is sent; a try that fails adds the job of the next, for a day. */
export async function deliverWebhook(deliveryId: string): Promise<void> {
  const now = getRuntime().clock()
  const delivery = await db().webhookDelivery.findUnique({ where: { id: deliveryId }, include: { endpoint: true } })
  if (delivery?.state !== 'queued') return
  const { endpoint, nextTryAt, givesUpAt } = delivery
  if (endpoint.disabledAt !== null || givesUpAt <= now) return settle(deliveryId, 'failed')
  const earliest = Math.max(nextTryAt.getTime(), endpoint.pausedUntil?.getTime() ?? 0)
  if (earliest > now.getTime()) return addDeliveryJob(db(), deliveryId, earliest - now.getTime())
  const claimed = await db().webhookDelivery.updateMany({
    where: { id: deliveryId, state: 'queued', nextTryAt },
    data: { nextTryAt: new Date(now.getTime() + CLAIM_MS), tries: { increment: 1 } },
  })
  if (claimed.count === 0) return
  const attempt = await attemptOnce(delivery, now)
  await (isTaken(attempt) ? afterSuccess(delivery, attempt) : afterFailure(delivery, attempt))
}

function isTaken({ status }: DeliveryAttempt): boolean {
  return status !== null && status >= 200 && status <= 299
}

async function attemptOnce(delivery: Delivery, now: Date): Promise<DeliveryAttempt> {
  const { endpoint, body, eventId } = delivery
  const signed = endpoint.kind === 'signed' ? signWebhook({ id: eventId, at: now, body }, openSigningSecrets(endpoint, now)) : {}
  const headers = { 'content-type': 'application/json', 'user-agent': 'Keyrack', ...signed }
  const at = now.toISOString()
  const beganAt = performance.now()
  try {
    const { status, body: answer, durationMs } = await callOutside({ url: openUrl(endpoint), headers, body })
    return { at, status, failure: null, durationMs, answer: maskText(answer, { maxCharacters: SHOWN_CHARACTERS }) }
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error
    return { at, status: null, failure: error.failure, durationMs: Math.round(performance.now() - beganAt), answer: null }
  }
}

async function afterSuccess(delivery: Delivery, attempt: DeliveryAttempt): Promise<void> {
  await settle(delivery.id, 'delivered', attemptsWith(delivery, attempt))
  const { endpoint } = delivery
  if (endpoint.failures === 0 && endpoint.failingSince === null) return
  await db().webhookEndpoint.update({ where: { id: endpoint.id }, data: { failures: 0, failingSince: null, pausedUntil: null } })
}

async function afterFailure(delivery: Delivery, attempt: DeliveryAttempt): Promise<void> {
  const now = getRuntime().clock()
  const { id, endpoint, tries, givesUpAt } = delivery
  const attempts = attemptsWith(delivery, attempt)
  const pauseMs = endpointPauseMs(endpoint.failures + 1)
  await transaction((tx) => noteEndpointFailure(tx, endpoint, { now, pauseMs }))
  const nextTryAt = new Date(now.getTime() + deliveryBackOffMs(tries + 1))
  if (nextTryAt > givesUpAt) return settle(id, 'failed', attempts)
  await db().webhookDelivery.updateMany({ where: { id, state: 'queued' }, data: { nextTryAt, attempts } })
  await addDeliveryJob(db(), id, nextTryAt.getTime() - now.getTime())
}

function attemptsWith({ attempts }: Delivery, attempt: DeliveryAttempt) {
  const earlier = Array.isArray(attempts) ? attempts : []
  return [{ ...attempt }, ...earlier.flatMap((each) => (each === null ? [] : [each]))].slice(0, KEPT_ATTEMPTS)
}

async function settle(id: string, state: 'delivered' | 'failed', attempts?: ReturnType<typeof attemptsWith>): Promise<void> {
  await db().webhookDelivery.updateMany({
    where: { id, state: 'queued' },
    data: { state, settledAt: getRuntime().clock(), ...(attempts && { attempts }) },
  })
}
