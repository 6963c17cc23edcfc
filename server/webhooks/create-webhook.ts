import 'server-only'
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { createWebhookInput, RevealedWebhook } from '@/contracts/webhooks'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { outboundRules } from '../outbound/call-outside'
import { checkOutboundUrl } from '../outbound/check-address'
import { OutboundError } from '../outbound/outbound-error'
import { getRuntime } from '../runtime'
import { auditWebhook } from './audit-webhook'
import { makeSigningSecret, sealSigningSecret, sealUrl } from './endpoint-secrets'
import { getWebhook } from './list-webhooks'

const MOST_WEBHOOKS = 50

/**
 * Makes a webhook. The answer holds its signing secret, which is never shown again.
 *
 * @throws AppError `invalid_input` for an address that may not be called, or too many webhooks.
 */
export async function createWebhook(actor: Actor, wish: z.output<typeof createWebhookInput>): Promise<RevealedWebhook> {
  const { organizationId, userId } = actor.viewer
  const now = getRuntime().clock()
  const url = requireOutboundUrl(wish.url)
  const id = randomUUID()
  const place = { organizationId, endpointId: id }
  const secret = wish.kind === 'signed' ? makeSigningSecret() : null
  await transaction(async (tx) => {
    if ((await tx.webhookEndpoint.count({ where: { organizationId } })) >= MOST_WEBHOOKS) {
      throw new AppError('invalid_input', { issues: [{ path: 'name', message: `is one more than the ${MOST_WEBHOOKS} that an organization may have` }] })
    }
    await tx.webhookEndpoint.create({
      data: {
        id, organizationId, kind: wish.kind, name: wish.name, events: wish.events, createdByUserId: userId, createdAt: now,
        urlSealed: sealUrl(place, url.href), urlOrigin: url.origin,
        secretSealed: secret && sealSigningSecret(place, 1, secret), secretLast4: secret && secret.last4,
      },
    })
    await auditWebhook(tx, actor, { action: 'webhook.created', id, detail: { name: wish.name, kind: wish.kind, origin: url.origin, events: wish.events }, at: now })
  })
  return { secret: secret && secret.reveal(), webhook: await getWebhook(actor.viewer, id) }
}

function requireOutboundUrl(address: string): URL {
  try {
    return checkOutboundUrl(address, outboundRules())
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error
    const message = error.failure === 'not_https' ? 'must begin with https://' : 'is no address on the open internet'
    throw new AppError('invalid_input', { issues: [{ path: 'url', message }] })
  }
}
