import 'server-only'
import type { ApiConfigurationDetail } from '@/contracts/api-configuration'
import { requireApiClient } from '../api-clients/find-api-client'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { readLive } from './read-live'
import { toDto } from './to-dto'

/** Reads an API client's configuration at Octorate now. @throws AppError `not_found`; as readLive does */
export async function readApiConfiguration({ viewer, context }: Actor, id: string): Promise<ApiConfigurationDetail> {
  const apiClient = await requireApiClient(viewer, id)
  const live = await readLive(apiClient, { actor: { kind: 'user', id: viewer.userId }, context, act: 'configuration' })
  return toDto(live, getRuntime().clock())
}
