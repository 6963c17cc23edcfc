import type { ComponentProps } from 'react'
import { cn } from './cn'

/** A thin line; decorative unless `role` says otherwise. */
export function Separator({ className, vertical = false, ...props }: ComponentProps<'div'> & { vertical?: boolean | undefined }) {
  return (
    <div
      data-slot="separator"
      aria-hidden
      className={cn('shrink-0 bg-line', vertical ? 'h-full w-px' : 'h-px w-full', className)}
      {...props}
    />
  )
}
