import 'server-only'
import { db } from '../db'

/** The API clients of an organization, and since when each has its client secret; those of Octorate's test mode alone, or all. */
export function listSecretAges({ organizationId, onlySandbox }: { organizationId: string; onlySandbox: boolean }) {
  return db().apiClient.findMany({
    where: { organizationId, deletedAt: null, ...(onlySandbox ? { environment: 'SANDBOX' } : {}) },
    select: { id: true, name: true, environment: true, secretRotatedAt: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })
}
