'use client'

import type { ComponentProps } from 'react'
import { cn } from './cn'
import { CONTROL_CLASSES } from './control-classes'
import { useFieldWiring } from './field-context'

/** Several lines of text; grows with its content where the browser can. */
export function Textarea({ className, mono = false, ...props }: ComponentProps<'textarea'> & { mono?: boolean | undefined }) {
  const wiring = useFieldWiring(props)
  return (
    <textarea
      data-slot="textarea"
      className={cn(CONTROL_CLASSES, 'field-sizing-content min-h-20 px-3 py-2', mono && 'font-mono text-[0.8125rem]', className)}
      {...props}
      {...wiring}
    />
  )
}
