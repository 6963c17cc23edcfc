import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { listInventory, type InventoryQuery } from '@/contracts/inventory'
import { callEndpoint } from '../request'

/** What the browser asks about the inventory; the only spelling of its query keys. */
export const inventoryQueries = {
  list: (query: InventoryQuery) =>
    queryOptions({
      queryKey: ['inventory', query] as const,
      queryFn: ({ signal }) => callEndpoint(listInventory, { query, signal }),
      placeholderData: keepPreviousData,
    }),
}
