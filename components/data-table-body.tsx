'use client'

import type { ReactNode } from 'react'
import { columnClasses } from './data-table-classes'
import type { DataTableColumn } from './data-table-column'
import { cn } from './ui/cn'
import { Skeleton } from './ui/skeleton'
import { TableBody, TableCell, TableRow } from './ui/table'

export type DataTableBodyProps<TRow> = {
  columns: readonly DataTableColumn<TRow>[]
  rows: readonly { id: string; original: TRow }[]
  /** How many stand-ins to draw instead of rows; 0 for none. */
  skeletonRows: number
  dimmed: boolean
}

/** The rows, or stand-ins of their shape. */
export function DataTableBody<TRow>({ columns, rows, skeletonRows, dimmed }: DataTableBodyProps<TRow>) {
  if (skeletonRows > 0) {
    return (
      <TableBody>
        {Array.from({ length: skeletonRows }, (_, index) => (
          <Row key={index} columns={columns} cell={({ card }) => (card === 'corner' ? null : standIn(index))} />
        ))}
      </TableBody>
    )
  }
  return (
    <TableBody className={cn('transition-opacity', dimmed && 'opacity-60')}>
      {rows.map((row) => (
        <Row key={row.id} columns={columns} cell={(column) => column.cell(row.original)} />
      ))}
    </TableBody>
  )
}

function standIn(index: number): ReactNode {
  return <Skeleton className={WIDTHS[index % WIDTHS.length]} />
}

const WIDTHS = ['w-24', 'w-20', 'w-28'] as const

type RowProps<TRow> = { columns: readonly DataTableColumn<TRow>[]; cell: (column: DataTableColumn<TRow>) => ReactNode }

function Row<TRow>({ columns, cell }: RowProps<TRow>) {
  return (
    <TableRow className="transition-colors hover:bg-hover/60 has-checked:bg-accent-subtle">
      {columns.map((column) => (
        <TableCell
          key={column.id}
          data-card={column.card ?? 'line'}
          data-label={column.hideHeader ? undefined : column.header}
          className={columnClasses(column)}
        >
          {cell(column)}
        </TableCell>
      ))}
    </TableRow>
  )
}
