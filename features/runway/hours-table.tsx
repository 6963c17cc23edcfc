import type { ReactNode } from 'react'
import { ScrollRegion } from '@/components/scroll-region'
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from '@/components/ui/table'

export type HoursTableProps = {
  /** Name of the table. */
  caption: string
  /** Words of what opens it. */
  summary: string
  headers: readonly string[]
  rows: readonly { key: string; cells: readonly ReactNode[] }[]
}

/** What a chart by the hour draws, in words; folded, because it is long. */
export function HoursTable({ caption, summary, headers, rows }: HoursTableProps) {
  return (
    <details className="group">
      <summary className="w-fit cursor-pointer rounded text-[0.8125rem] font-medium text-accent-text touch:py-2.5">{summary}</summary>
      <ScrollRegion label={caption} className="mt-2 max-h-80 rounded-md border">
        <Table>
          <caption className="sr-only">{caption}</caption>
          <TableHead className="sticky top-0 bg-surface">
            <TableRow>
              {headers.map((header, index) => (
                <TableHeaderCell key={header} className={index === 0 ? undefined : 'text-right'}>
                  {header}
                </TableHeaderCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map(({ key, cells }) => (
              <TableRow key={key}>
                {cells.map((cell, index) => (
                  <TableCell key={headers[index]} className={index === 0 ? 'h-9 py-1 whitespace-nowrap' : 'h-9 py-1 text-right tabular-nums'}>
                    {cell}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </ScrollRegion>
    </details>
  )
}
