import 'server-only'
import type { InventoryPage, InventoryQuery } from '@/contracts/inventory'
import type { Viewer } from '../auth/viewer'
import { withReaders } from './read-readers'
import { countSecrets, readSecrets } from './read-secrets'

const ON_PAGE = 100

/** A page of the inventory. */
export async function listInventory({ organizationId }: Pick<Viewer, 'organizationId'>, { kind, page }: InventoryQuery): Promise<InventoryPage> {
  const [counts, secrets] = await Promise.all([
    countSecrets(organizationId),
    readSecrets(organizationId, { kind, limit: ON_PAGE + 1, offset: (page - 1) * ON_PAGE }),
  ])
  return {
    items: await withReaders(organizationId, secrets.slice(0, ON_PAGE)),
    counts,
    page,
    hasNext: secrets.length > ON_PAGE,
    total: counts.filter((each) => kind === undefined || each.kind === kind).reduce((sum, { count }) => sum + count, 0),
  }
}
