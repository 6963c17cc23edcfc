import type { SealContext } from '../crypto/seal'
import type { ApiClient } from '../generated/prisma/client'

/** Where the client secret of an API client belongs. */
export function clientSecretContext(row: Pick<ApiClient, 'id' | 'organizationId' | 'clientSecretVersion'>): SealContext {
  return { table: 'api_clients', column: 'client_secret_sealed', organizationId: row.organizationId, rowId: row.id, version: row.clientSecretVersion }
}
