import type { ComponentProps } from 'react'
import { cn } from './cn'

/** A grey stand-in of the same shape as what is coming; hidden from screen readers. */
export function Skeleton({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      data-slot="skeleton"
      aria-hidden
      className={cn('h-4 animate-pulse rounded-sm bg-line motion-reduce:animate-none', className)}
      {...props}
    />
  )
}
