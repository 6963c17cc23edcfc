import 'server-only'
import type { CallAct } from '@/contracts/calls'
import type { Who } from '../admin-tokens/hold-admin-token'
import { withAdminToken } from '../admin-tokens/with-admin-token'
import { recordCalls } from '../calls/record-calls'
import { transaction } from '../database/transaction'
import type { ApiClient } from '../generated/prisma/client'
import type { ApiConfiguration } from '../octorate/api-configuration'
import { processConfigurationResponse, readConfigurationRequest } from '../octorate/read-configuration'
import { getRuntime } from '../runtime'
import { noteLive } from './note-live'

export interface LiveRead {
  readonly configuration: ApiConfiguration
  /** Calls left, as the answer's header said; null when it did not. */
  readonly callsLeft: number | null
}

/**
 * Reads an API client's configuration at Octorate and remembers it.
 *
 * @throws AppError `api_client_refused`, `upstream_not_allowed`, `sealed`; upstream errors.
 */
export async function readLive(apiClient: ApiClient, who: Who & { readonly act: CallAct }): Promise<LiveRead> {
  const live = await recordCalls(apiClient, who, (gateway, watched) =>
    withAdminToken(apiClient, watched, async (adminToken): Promise<LiveRead> => {
      const answer = await gateway.transport(readConfigurationRequest({ url: gateway.urls.configuration, adminToken }))
      return { configuration: processConfigurationResponse(answer), callsLeft: answer.headers.rateLimitRemaining }
    }),
  )
  const { configuration } = live
  await transaction((tx) => noteLive(tx, apiClient, { configuration, now: getRuntime().clock(), ours: null }))
  return live
}
