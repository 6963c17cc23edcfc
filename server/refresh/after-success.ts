import 'server-only'
import type { RefreshFailingCause } from '@/lib/connection-status'
import { db } from '../db'
import { reportAnswer } from './circuits'
import { narrowLane, widenLane } from './lanes'
import type { Lease } from './lease'
import { acceptApiClient, releaseApiClient, releaseUpstream } from './release-waiting'

/** Causes that the connections of an API client have in common: when one is well again, the others are tried at once. */
const SHARED: readonly RefreshFailingCause[] = ['wrong_environment', 'permission_missing']

/** What a refresh that succeeded tells about other connections. */
export async function afterSuccess(lease: Lease, callsLeft: number | null): Promise<void> {
  const { apiClient, state, cause } = lease
  if (reportAnswer(apiClient.upstreamId)) await releaseUpstream(apiClient.upstreamId)
  if (apiClient.refusedAt || cause === 'api_client_refused') {
    await acceptApiClient(db(), apiClient.id)
    await releaseApiClient(apiClient.id, 'api_client_refused')
  }
  // The last call that the quota allows was answered well; the next would not be.
  else await (callsLeft === 0 ? widenLane(lease) : narrowLane(lease))
  const shared = state === 'refresh_failing' ? SHARED.find((each) => each === cause) : undefined
  if (shared) await releaseApiClient(apiClient.id, shared)
}
