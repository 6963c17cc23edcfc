import 'server-only'
import { CONNECTION_BUCKETS, type ConnectionBucket } from '@/contracts/connections'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { getRuntime } from '../runtime'
import { whereBucket } from './where-bucket'

/** How many of the organization's connections somebody should look at, by reason. */
export async function countBuckets({ organizationId }: Pick<Viewer, 'organizationId'>): Promise<{ counts: Record<ConnectionBucket, number> }> {
  const now = getRuntime().clock()
  const counts = await Promise.all(
    CONNECTION_BUCKETS.map(async (bucket) => [bucket, await db().connection.count({ where: { organizationId, ...whereBucket(bucket, now) } })] as const),
  )
  return { counts: Object.fromEntries(counts) as Record<ConnectionBucket, number> }
}
