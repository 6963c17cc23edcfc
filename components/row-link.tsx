import Link from 'next/link'
import type { ComponentProps } from 'react'
import { cn } from './ui/cn'

/** The link of a table row or a card: its name is the link, its whole area is the target. Raise other controls with `relative z-1`. */
export function RowLink({ className, ...props }: ComponentProps<typeof Link>) {
  return (
    <Link
      data-slot="row-link"
      className={cn('font-medium after:absolute after:inset-0 hover:underline hover:underline-offset-4', className)}
      {...props}
    />
  )
}
