import 'server-only'
import { randomUUID } from 'node:crypto'
import { db } from '../db'
import type { ApiClient } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import { getRuntime } from '../runtime'

/** Longer than a log-in, two reads and a write may take. */
const LEASE_MS = 60_000

/**
 * Does `work` while nobody else of ours changes the same configuration, in any process and in any organization that holds
 * the same API account: PATCH knows no condition (contract, "API configuration"), so between a read and its write our own
 * writers must not meet.
 *
 * @throws AppError `configuration_busy`; whatever `work` throws.
 */
export async function holdConfiguration<T>(apiClient: Pick<ApiClient, 'upstreamId' | 'clientId'>, work: () => Promise<T>): Promise<T> {
  const key = `${apiClient.upstreamId} ${apiClient.clientId}`
  const owner = randomUUID()
  const now = getRuntime().clock()
  const until = new Date(now.getTime() + LEASE_MS)
  const taken = await db().$executeRaw`
    INSERT INTO configuration_leases (key, owner, until) VALUES (${key}, ${owner}, ${until})
    ON CONFLICT (key) DO UPDATE SET owner = excluded.owner, until = excluded.until WHERE configuration_leases.until <= ${now}`
  if (taken === 0) throw new AppError('configuration_busy')
  try {
    return await work()
  } finally {
    await db().configurationLease.deleteMany({ where: { key, owner } })
  }
}
