'use client'

import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from './cn'
import { CONTROL_CLASSES } from './control-classes'
import { useFieldWiring } from './field-context'

/** The browser's own select: the best picker on every phone, and it needs no injected styles. */
export function Select({ className, children, ...props }: ComponentProps<'select'>) {
  const wiring = useFieldWiring(props)
  return (
    <span data-slot="select" className={cn('relative inline-flex w-full min-w-0', className)}>
      <select className={cn(CONTROL_CLASSES, 'h-9 appearance-none truncate pr-9 pl-3 touch:h-11')} {...props} {...wiring}>
        {children}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-muted" />
    </span>
  )
}
