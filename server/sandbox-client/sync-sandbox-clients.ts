import 'server-only'
import { registerCallbackFor } from '../api-clients/register-callback'
import { db } from '../db'
import { log } from '../log'
import { getRuntime } from '../runtime'

/** At every start: registers our callback at the sandbox, because the port or KEYRACK_URL may have changed. */
export async function syncSandboxClients(): Promise<void> {
  if (!getRuntime().sandboxClient) return
  const rows = await db().apiClient.findMany({ where: { upstreamId: 'sandbox', deletedAt: null, foreignRedirectUri: null } })
  for (const row of rows) {
    await registerCallbackFor(row, { actor: { kind: 'system' } }).catch((err: unknown) => {
      log().warn({ err, apiClient: row.id }, 'the callback could not be registered at the sandbox')
    })
  }
}
