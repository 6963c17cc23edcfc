import 'server-only'
import type { CallAct } from '@/contracts/calls'
import type { Who } from '../admin-tokens/hold-admin-token'
import { withAdminToken } from '../admin-tokens/with-admin-token'
import { recordCalls } from '../calls/record-calls'
import { transaction } from '../database/transaction'
import type { ApiClient } from '../generated/prisma/client'
import type { ApiConfiguration } from '../octorate/api-configuration'
import { readConfiguration } from '../octorate/read-configuration'
import { getRuntime } from '../runtime'
import { noteLive } from './note-live'

/**
 * Reads an API client's configuration at Octorate and remembers it.
 *
 * @throws AppError `api_client_refused`, `upstream_not_allowed`, `sealed`; upstream errors.
 */
export async function readLive(apiClient: ApiClient, who: Who & { readonly act: CallAct }): Promise<ApiConfiguration> {
  const configuration = await recordCalls(apiClient, who, (gateway, watched) =>
    withAdminToken(apiClient, watched, (adminToken) =>
      readConfiguration(gateway.transport, { url: gateway.urls.configuration, adminToken }),
    ),
  )
  await transaction((tx) => noteLive(tx, apiClient, { configuration, now: getRuntime().clock(), ours: null }))
  return configuration
}
