import type { ComponentProps } from 'react'
import { cn } from './cn'

/** The parts of a table; DataTable puts them together. */
export function Table({ className, ...props }: ComponentProps<'table'>) {
  return <table data-slot="table" className={cn('w-full border-collapse text-sm', className)} {...props} />
}

export function TableHead({ className, ...props }: ComponentProps<'thead'>) {
  return <thead data-slot="table-head" className={cn('text-left', className)} {...props} />
}

export function TableBody({ className, ...props }: ComponentProps<'tbody'>) {
  return <tbody data-slot="table-body" className={cn('divide-y', className)} {...props} />
}

export function TableRow({ className, ...props }: ComponentProps<'tr'>) {
  return <tr data-slot="table-row" className={cn('relative', className)} {...props} />
}

export function TableHeaderCell({ className, ...props }: ComponentProps<'th'>) {
  return (
    <th
      data-slot="table-header-cell"
      scope="col"
      className={cn('h-9 px-3 text-xs font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4', className)}
      {...props}
    />
  )
}

export function TableCell({ className, ...props }: ComponentProps<'td'>) {
  return (
    <td data-slot="table-cell" className={cn('h-12 px-3 py-2 align-middle first:pl-4 last:pr-4', className)} {...props} />
  )
}
