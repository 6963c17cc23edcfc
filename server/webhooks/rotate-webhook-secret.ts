import 'server-only'
import type { RevealedWebhook } from '@/contracts/webhooks'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { auditWebhook } from './audit-webhook'
import { makeSigningSecret, sealAsPrevious, sealSigningSecret } from './endpoint-secrets'
import { getWebhook } from './list-webhooks'
import { requireWebhook } from './require-webhook'

const HOUR_MS = 60 * 60_000

/** Makes a new signing secret; the old one signs beside it for so many hours. @throws AppError `not_found`, `conflict` */
export async function rotateWebhookSecret(actor: Actor, id: string, { overlapHours }: { overlapHours: number }): Promise<RevealedWebhook> {
  const webhook = await requireWebhook(actor.viewer, id)
  const { organizationId, secretVersion } = webhook
  const previous = sealAsPrevious(webhook)
  if (previous === null) throw new AppError('conflict')
  const now = getRuntime().clock()
  const secret = makeSigningSecret()
  await transaction(async (tx) => {
    const rotated = await tx.webhookEndpoint.updateMany({
      where: { id, organizationId, secretVersion },
      data: {
        secretSealed: sealSigningSecret({ organizationId, endpointId: id }, secretVersion + 1, secret),
        secretVersion: secretVersion + 1,
        secretLast4: secret.last4,
        previousSecretSealed: overlapHours > 0 ? previous : null,
        previousSecretEndsAt: overlapHours > 0 ? new Date(now.getTime() + overlapHours * HOUR_MS) : null,
      },
    })
    if (rotated.count === 0) throw new AppError('conflict')
    await auditWebhook(tx, actor, { action: 'webhook.secret_rotated', id, detail: { overlapHours, last4: secret.last4 }, at: now })
  })
  return { secret: secret.reveal(), webhook: await getWebhook(actor.viewer, id) }
}
