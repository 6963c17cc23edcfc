import 'server-only'
import type { ApiClientDetail } from '@/contracts/api-clients'
import { obtainAdminToken as obtain } from '../admin-tokens/hold-admin-token'
import type { Actor } from '../http/define-handler'
import { requireApiClient } from './find-api-client'
import { getApiClient } from './get-api-client'

/** Logs the API client in at Octorate and shows it with its new admin token's facts. */
export async function obtainAdminToken({ viewer, context }: Actor, id: string): Promise<ApiClientDetail> {
  await obtain(await requireApiClient(viewer, id), { actor: { kind: 'user', id: viewer.userId }, context })
  return getApiClient(viewer, id)
}
