'use client'

import { Check, Minus } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'

export type CheckboxProps = Omit<ComponentProps<'input'>, 'type' | 'ref'> & {
  label: ReactNode
  hint?: ReactNode
  /** Stands for many of which some are chosen. */
  indeterminate?: boolean | undefined
}

/** A native check box with its label; the whole row is the target. */
export function Checkbox({ label, hint, indeterminate = false, className, ...props }: CheckboxProps) {
  return (
    <label data-slot="checkbox" className={cn('flex items-start gap-2.5 text-sm touch:min-h-11 touch:py-2.5', className)}>
      <span className="relative mt-0.5 grid size-4 shrink-0 place-items-center">
        <input
          type="checkbox"
          ref={(input) => {
            if (input !== null) input.indeterminate = indeterminate
          }}
          className="peer size-4 appearance-none rounded-xs border border-line-strong bg-surface checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent disabled:opacity-50 aria-invalid:border-danger"
          {...props}
        />
        {indeterminate ? (
          <Minus aria-hidden strokeWidth={3} className={cn(MARK, 'block')} />
        ) : (
          <Check aria-hidden strokeWidth={3} className={cn(MARK, 'hidden peer-checked:block')} />
        )}
      </span>
      <span className="flex flex-col">
        <span>{label}</span>
        {hint !== undefined && <span className="text-[0.8125rem] text-muted">{hint}</span>}
      </span>
    </label>
  )
}

const MARK = 'pointer-events-none absolute size-3 text-accent-foreground forced-colors:text-[CanvasText]'
