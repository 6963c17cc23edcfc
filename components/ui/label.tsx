import type { ComponentProps } from 'react'
import { cn } from './cn'

/** Names the control whose id is `htmlFor`; Field sets both. */
export function Label({ className, htmlFor, children, ...props }: ComponentProps<'label'>) {
  return (
    <label data-slot="label" htmlFor={htmlFor} className={cn('text-sm font-medium text-foreground', className)} {...props}>
      {children}
    </label>
  )
}
