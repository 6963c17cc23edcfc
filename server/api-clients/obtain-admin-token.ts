import 'server-only'
import type { ApiClientDetail } from '@/contracts/api-clients'
import { obtainAdminToken as obtain } from '../admin-tokens/hold-admin-token'
import { recordCalls } from '../calls/record-calls'
import type { Actor } from '../http/define-handler'
import { requireApiClient } from './find-api-client'
import { getApiClient } from './get-api-client'

/** Logs the API client in at Octorate and shows it with its new admin token's facts. */
export async function obtainAdminToken({ viewer, context }: Actor, id: string): Promise<ApiClientDetail> {
  const apiClient = await requireApiClient(viewer, id)
  const who = { actor: { kind: 'user', id: viewer.userId }, context, act: 'admin_token' } as const
  await recordCalls(apiClient, who, (_gateway, watched) => obtain(apiClient, watched))
  return getApiClient(viewer, id)
}
