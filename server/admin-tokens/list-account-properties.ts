import 'server-only'
import { openGateway } from '../api-clients/open-gateway'
import type { ApiClient } from '../generated/prisma/client'
import { isUpstreamError } from '../http/from-upstream'
import { listProperties } from '../octorate/list-properties'
import { findAdminToken } from './hold-admin-token'

/**
 * The properties that Octorate lists for an API client, by the ids that it gives them. Only a stored admin token is used,
 * for a look is no reason to log in; null when there is none, or the list can't be had whole.
 */
export async function listAccountProperties(apiClient: ApiClient): Promise<ReadonlySet<string> | null> {
  const bearer = await findAdminToken(apiClient)
  if (!bearer) return null
  const { transport, urls } = openGateway(apiClient)
  try {
    const { properties, isComplete } = await listProperties(transport, { url: urls.properties, bearer })
    return isComplete ? new Set(properties.map(({ upstreamId }) => upstreamId)) : null
  } catch (error) {
    if (isUpstreamError(error)) return null
    throw error
  }
}
