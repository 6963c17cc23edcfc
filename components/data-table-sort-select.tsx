'use client'

import { FilterSelect } from './filter-select'
import type { DataTableColumn } from './data-table-column'
import type { TableSort } from './data-table-sort'

export type DataTableSortSelectProps<TRow> = {
  columns: readonly DataTableColumn<TRow>[]
  sort: TableSort | null
  onSortChange: ((sort: TableSort) => void) | undefined
  labels: { sortBy: string; ascending: string; descending: string }
}

/** Sorting on phones, where the cards have no header to press. */
export function DataTableSortSelect<TRow>({ columns, sort, onSortChange, labels }: DataTableSortSelectProps<TRow>) {
  const sortable = columns.filter((column) => column.sortable === true)
  if (sortable.length === 0 || onSortChange === undefined) return null
  const choices = sortable.flatMap((column) => [
    { value: `asc:${column.id}`, label: `${column.header}, ${labels.ascending}` },
    { value: `desc:${column.id}`, label: `${column.header}, ${labels.descending}` },
  ])
  const options = sort === null ? [{ value: '', label: '–' }, ...choices] : choices
  const value = sort === null ? '' : `${sort.direction}:${sort.columnId}`
  const choose = (choice: string) => {
    const [direction, ...id] = choice.split(':')
    if (direction === 'asc' || direction === 'desc') onSortChange({ columnId: id.join(':'), direction })
  }
  return (
    <div className="border-b bg-sunken p-2 sm:hidden">
      <FilterSelect label={labels.sortBy} options={options} value={value} neutralValue={value} onChange={choose} className="w-full" />
    </div>
  )
}
