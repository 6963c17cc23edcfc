import type { ComponentProps } from 'react'
import { cn } from './cn'

/** A key of the keyboard. */
export function Kbd({ className, ...props }: ComponentProps<'kbd'>) {
  return (
    <kbd
      data-slot="kbd"
      className={cn(
        'inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-b-2 bg-surface px-1 font-sans text-[0.6875rem] font-medium text-muted',
        className,
      )}
      {...props}
    />
  )
}
