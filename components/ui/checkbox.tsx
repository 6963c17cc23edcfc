'use client'

import { Check } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'

export type CheckboxProps = Omit<ComponentProps<'input'>, 'type'> & { label: ReactNode; hint?: ReactNode }

/** A native check box with its label; the whole row is the target. */
export function Checkbox({ label, hint, className, ...props }: CheckboxProps) {
  return (
    <label data-slot="checkbox" className={cn('flex items-start gap-2.5 text-sm touch:min-h-11 touch:py-2.5', className)}>
      <span className="relative mt-0.5 grid size-4 shrink-0 place-items-center">
        <input
          type="checkbox"
          className="peer size-4 appearance-none rounded-xs border border-line-strong bg-surface checked:border-accent checked:bg-accent disabled:opacity-50 aria-invalid:border-danger"
          {...props}
        />
        <Check aria-hidden strokeWidth={3} className="pointer-events-none absolute hidden size-3 text-accent-foreground peer-checked:block forced-colors:text-[CanvasText]" />
      </span>
      <span className="flex flex-col">
        <span>{label}</span>
        {hint !== undefined && <span className="text-[0.8125rem] text-muted">{hint}</span>}
      </span>
    </label>
  )
}
