import 'server-only'
import { randomUUID } from 'node:crypto'
import { registerCallbackFor } from '../api-clients/register-callback'
import { sealClientSecret } from '../api-clients/find-api-client'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { log } from '../log'
import { getRuntime } from '../runtime'

/** Gives a new organization the sandbox's API client, ready to connect; does nothing where no sandbox runs. */
export async function registerSandboxClient(organizationId: string): Promise<void> {
  const { sandboxClient, clock } = getRuntime()
  if (!sandboxClient) return
  const now = clock()
  const id = randomUUID()
  const { clientId, clientSecret } = sandboxClient
  const row = await transaction(async (tx) => {
    await recordAudit(tx, {
      action: 'api_client.registered',
      outcome: 'success',
      organizationId,
      actor: { kind: 'system' },
      target: { kind: 'api_client', id },
      detail: { clientId, upstream: 'sandbox' },
      at: now,
    })
    return tx.apiClient.create({
      data: {
        id,
        organizationId,
        name: 'Sandbox',
        clientId,
        clientSecretSealed: sealClientSecret({ id, organizationId, clientSecretVersion: 1 }, clientSecret.reveal()),
        clientSecretLast4: clientSecret.last4,
        secretRotatedAt: now,
        environment: 'SANDBOX',
        upstreamId: 'sandbox',
      },
    })
  })
  // The sandbox may be down for a moment: the next start, or the page's own button, registers the callback then.
  await registerCallbackFor(row, { actor: { kind: 'system' } }).catch((err: unknown) => {
    log().warn({ err }, 'the callback could not be registered at the sandbox')
  })
}
