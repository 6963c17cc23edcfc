'use client'

import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import { columnClasses } from './data-table-classes'
import type { DataTableColumn } from './data-table-column'
import { ariaSort, nextSort, type TableSort } from './data-table-sort'
import { cn } from './ui/cn'
import { TableHeaderCell } from './ui/table'

export type DataTableHeaderCellProps<TRow> = {
  column: DataTableColumn<TRow>
  sort: TableSort | null
  onSortChange: ((sort: TableSort) => void) | undefined
}

const ICONS = { ascending: ArrowUp, descending: ArrowDown, none: ChevronsUpDown } as const

/** A column's header; a button when the column sorts. */
export function DataTableHeaderCell<TRow>({ column, sort, onSortChange }: DataTableHeaderCellProps<TRow>) {
  const classes = columnClasses(column)
  if (column.headerCell !== undefined) return <TableHeaderCell className={classes}>{column.headerCell}</TableHeaderCell>
  if (column.sortable !== true || onSortChange === undefined) {
    return (
      <TableHeaderCell className={classes}>
        <span className={cn(column.hideHeader && 'sr-only')}>{column.header}</span>
      </TableHeaderCell>
    )
  }
  const state = ariaSort(sort, column.id)
  const Icon = ICONS[state]
  return (
    <TableHeaderCell aria-sort={state} className={classes}>
      <button
        type="button"
        onClick={() => onSortChange(nextSort(sort, column.id))}
        className={cn(
          '-mx-1.5 inline-flex h-7 items-center gap-1 rounded-sm px-1.5 transition-colors hover:bg-hover hover:text-foreground focus-visible:outline-offset-0',
          state !== 'none' && 'text-foreground',
        )}
      >
        {column.header}
        <Icon aria-hidden className={cn('size-3.5', state === 'none' && 'text-subtle')} />
      </button>
    </TableHeaderCell>
  )
}
