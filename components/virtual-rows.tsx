'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, type ReactNode } from 'react'
import { ScrollRegion } from './scroll-region'
import { cn } from './ui/cn'

type VirtualRowsProps = {
  /** Names the table for screen readers. */
  label: string
  /** Headers, as wide as the cells below them. */
  head: readonly string[]
  count: number
  /** Cells of a row; undefined while it is not loaded. */
  row: (index: number) => readonly ReactNode[] | undefined
  rowKey: (index: number) => string | number
  /** Told which rows are seen, first and last. */
  onRange?: ((first: number, last: number) => void) | undefined
}

/** How high most rows are, so that a jump to the end lands there: heights found out on the way stop a smooth scroll. */
const ROW_PX = 61
const AHEAD = 12
/** Line, what it is about, token, outcome: on a narrow screen the token gives way. */
const COLUMNS = 'grid grid-cols-[2.75rem_minmax(0,0.85fr)_minmax(0,1.15fr)] sm:grid-cols-[4.5rem_minmax(0,1fr)_8rem_minmax(0,1.3fr)] items-center gap-x-3 px-4'

/** A table of thousands of rows, of which only those that are seen are there. The third column is for wide screens. */
export function VirtualRows({ label, head, count, row, rowKey, onRange }: VirtualRowsProps) {
  // The virtualizer keeps its state outside of React: what it returns differs for the same props, and must not be remembered.
  'use no memo'
  const table = useRef<HTMLTableElement>(null)
  const rows = useVirtualizer({
    count,
    getScrollElement: () => table.current?.parentElement ?? null,
    estimateSize: () => ROW_PX,
    overscan: AHEAD,
    getItemKey: rowKey,
    onChange: ({ range }) => range && onRange?.(range.startIndex, range.endIndex),
  })
  return (
    <ScrollRegion label={label} className="max-h-[min(36rem,65vh)] border-t">
      <table ref={table} aria-label={label} aria-rowcount={count + 1} className="block w-full text-sm">
        <thead className="sticky top-0 z-1 block border-b bg-surface">
          <tr aria-rowindex={1} className={cn(COLUMNS, 'h-9')}>
            {head.map((text, index) => (
              <th key={text} scope="col" className={cn('truncate text-left text-xs font-medium text-muted', index === 2 && 'max-sm:hidden')}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="relative block" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, key, start }) => (
            <tr
              key={key}
              ref={rows.measureElement}
              data-index={index}
              aria-rowindex={index + 2}
              className={cn(COLUMNS, 'absolute inset-x-0 top-0 min-h-14 border-b py-2')}
              style={{ transform: `translateY(${start}px)` }}
            >
              {(row(index) ?? head.map(() => '…')).map((cell, place) => (
                <td key={head[place]} className={cn('min-w-0', place === 2 && 'max-sm:hidden')}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
