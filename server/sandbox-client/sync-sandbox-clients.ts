import 'server-only'
import { registerCallbackFor } from '../api-clients/register-callback'
import { db } from '../db'
import { log } from '../log'
import { getRuntime } from '../runtime'
import { registerSandboxClient } from './register-sandbox-client'

/**
 * At every start: gives an organization without it the sandbox's API client (one that was deleted stays deleted), and
 * registers our callback at the sandbox, because the port or KEYRACK_URL may
 * have changed.
 */
export async function syncSandboxClients(): Promise<void> {
  if (!getRuntime().sandboxClient) return
  const without = await db().organization.findMany({ where: { apiClients: { none: { upstreamId: 'sandbox' } } }, select: { id: true } })
  for (const { id } of without) await registerSandboxClient(id)
  const rows = await db().apiClient.findMany({ where: { upstreamId: 'sandbox', deletedAt: null, foreignRedirectUri: null } })
  for (const row of rows) {
    await registerCallbackFor(row, { actor: { kind: 'system' } }).catch((err: unknown) => {
      log().warn({ err, apiClient: row.id }, 'the callback could not be registered at the sandbox')
    })
  }
}
