'use client'

import type { ComponentProps } from 'react'
import { cn } from './cn'
import { CONTROL_CLASSES } from './control-classes'
import { useFieldWiring } from './field-context'

/** One line of text. Inside a Field it takes id, hint and error from it. `mono` suits ids and addresses. */
export function Input({ className, mono = false, ...props }: ComponentProps<'input'> & { mono?: boolean | undefined }) {
  const wiring = useFieldWiring(props)
  return (
    <input
      data-slot="input"
      className={cn(CONTROL_CLASSES, 'h-9 px-3 touch:h-11', mono && 'font-mono text-[0.8125rem]', className)}
      {...props}
      {...wiring}
    />
  )
}
