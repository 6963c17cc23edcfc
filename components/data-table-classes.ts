import type { DataTableColumn } from './data-table-column'
import { cn } from './ui/cn'

const FROM = { md: 'sm:max-md:hidden', lg: 'sm:max-lg:hidden', xl: 'sm:max-xl:hidden' } as const

/** Classes that a column's header and its cells share. */
export function columnClasses<TRow>(column: DataTableColumn<TRow>): string {
  return cn(
    column.align === 'end' && 'text-right tabular-nums',
    column.from !== undefined && FROM[column.from],
    column.grow && 'w-full sm:min-w-48',
  )
}
