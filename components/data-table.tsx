'use client'

import { rowSortingFeature, tableFeatures, useTable, type ColumnDef } from '@tanstack/react-table'
import { useMemo, type ReactNode } from 'react'
import { DataTableBody } from './data-table-body'
import type { DataTableColumn } from './data-table-column'
import { DataTableHeaderCell } from './data-table-header-cell'
import { DataTableSortSelect } from './data-table-sort-select'
import type { TableSort } from './data-table-sort'
import { ScrollRegion } from './scroll-region'
import { cn } from './ui/cn'
import { Table, TableHead, TableRow } from './ui/table'

export type DataTableLabels = { loading: string; sortBy: string; ascending: string; descending: string }

const LABELS: DataTableLabels = {
  loading: 'Loading',
  sortBy: 'Sort by',
  ascending: 'ascending',
  descending: 'descending',
}

export type DataTableProps<TRow> = {
  /** Names the table for screen readers. */
  caption: string
  /** Keep the array stable: a constant outside the component, or a memo. */
  columns: readonly DataTableColumn<TRow>[]
  /** The rows of this page, in the order that the server gave them. */
  rows: readonly TRow[]
  rowId: (row: TRow) => string
  sort?: TableSort | null | undefined
  /** Without it no header is a button. */
  onSortChange?: ((sort: TableSort) => void) | undefined
  /** First load: rows of the same shape stand in. */
  isLoading?: boolean | undefined
  skeletonRows?: number | undefined
  /** Later loads: the old rows stay, dimmed. */
  isRefreshing?: boolean | undefined
  /** Shown in place of rows: an EmptyState. */
  empty?: ReactNode
  labels?: Partial<DataTableLabels> | undefined
  className?: string | undefined
}

const features = tableFeatures({ rowSortingFeature })

/** A list with a sticky header; sorting and paging happen on the server. On phones each row becomes a card. */
export function DataTable<TRow extends object>(props: DataTableProps<TRow>) {
  const { caption, columns, rows, rowId, sort = null, onSortChange, empty, className } = props
  const { isLoading = false, isRefreshing = false, skeletonRows = 8 } = props
  const words = { ...LABELS, ...props.labels }
  const definitions = useMemo(() => columns.map(toDefinition), [columns])
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: rowId,
    manualSorting: true,
    state: { sorting: sort === null ? [] : [{ id: sort.columnId, desc: sort.direction === 'desc' }] },
  })
  const isEmpty = rows.length === 0 && !isLoading
  return (
    <div
      data-slot="data-table"
      aria-busy={isLoading || isRefreshing || undefined}
      className={cn('min-w-0 overflow-hidden rounded-lg border bg-surface shadow-xs', className)}
    >
      <DataTableSortSelect columns={isEmpty ? [] : columns} sort={sort} onSortChange={onSortChange} labels={words} />
      <ScrollRegion label={caption} className="relative sm:max-h-[max(24rem,calc(100dvh-15rem))]">
        <Table className={cn('table-cards', isEmpty && 'hidden')}>
          <caption className="sr-only">{caption}</caption>
          <TableHead className="sticky top-0 z-10 bg-sunken shadow-[inset_0_-1px_0_var(--line)]">
            {table.getHeaderGroups().map((group) => (
              <TableRow key={group.id}>
                {columns.map((column) => (
                  <DataTableHeaderCell key={column.id} column={column} sort={sort} onSortChange={onSortChange} />
                ))}
              </TableRow>
            ))}
          </TableHead>
          <DataTableBody
            columns={columns}
            rows={table.getRowModel().rows}
            skeletonRows={isLoading ? skeletonRows : 0}
            dimmed={isRefreshing}
          />
        </Table>
        {isEmpty && empty}
      </ScrollRegion>
      <output className="sr-only">{isLoading || isRefreshing ? words.loading : ''}</output>
    </div>
  )
}

function toDefinition<TRow extends object>(column: DataTableColumn<TRow>): ColumnDef<typeof features, TRow> {
  return {
    id: column.id,
    header: column.header,
    enableSorting: column.sortable === true,
    cell: (context) => column.cell(context.row.original),
  }
}
