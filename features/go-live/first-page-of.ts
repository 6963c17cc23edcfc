import type { ApiClientSummary } from '@/contracts/api-clients'
import { pages } from '@/contracts/paths'

/** Where a person lands who opens an API client: on the guide and its check-list until the first property is connected. */
export function firstPageOf({ id, connectionCount }: Pick<ApiClientSummary, 'id' | 'connectionCount'>): string {
  return connectionCount === 0 ? pages.goLive(id) : pages.apiClient(id)
}
