export type SortDirection = 'asc' | 'desc'

/** The order that the server applied: a column's id and a direction. */
export type TableSort = { columnId: string; direction: SortDirection }

/** The order after a press on a column's header: first ascending, then the other way round. */
export function nextSort(current: TableSort | null, columnId: string): TableSort {
  if (current?.columnId !== columnId) return { columnId, direction: 'asc' }
  return { columnId, direction: current.direction === 'asc' ? 'desc' : 'asc' }
}

/** The value of `aria-sort` for a column. */
export function ariaSort(current: TableSort | null, columnId: string): 'ascending' | 'descending' | 'none' {
  if (current?.columnId !== columnId) return 'none'
  return current.direction === 'asc' ? 'ascending' : 'descending'
}
