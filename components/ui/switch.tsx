'use client'

import { useId, type ReactNode } from 'react'
import { cn } from './cn'

export type SwitchProps = {
  label: ReactNode
  hint?: ReactNode
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  disabled?: boolean | undefined
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean | undefined
  className?: string | undefined
}

/** On or off, at once. What takes effect only after saving is a Checkbox. */
export function Switch({ label, hint, checked, onCheckedChange, disabled = false, hideLabel = false, className }: SwitchProps) {
  const id = useId()
  const hasHint = hint !== undefined && hint !== null
  return (
    <div data-slot="switch" className={cn('flex items-center justify-between gap-4 text-sm', className)}>
      <div className={cn('flex min-w-0 flex-col', hideLabel && 'sr-only')}>
        <label id={`${id}-label`} htmlFor={id} className="font-medium">
          {label}
        </label>
        {hasHint && (
          <span id={`${id}-hint`} className="text-[0.8125rem] text-muted">
            {hint}
          </span>
        )}
      </div>
      <button
        id={id}
        type="button"
        role="switch"
        aria-checked={checked}
        aria-labelledby={`${id}-label`}
        aria-describedby={hasHint ? `${id}-hint` : undefined}
        disabled={disabled}
        onClick={() => onCheckedChange(!checked)}
        className="group grid shrink-0 place-items-center rounded-full disabled:opacity-50 touch:size-11"
      >
        <span
          className={cn(
            'block h-5 w-9 rounded-full border p-px transition-colors',
            checked ? 'border-accent bg-accent' : 'border-line-strong bg-line-strong',
          )}
        >
          <span className={cn('block size-4 rounded-full bg-surface shadow-sm forced-colors:bg-[ButtonText] transition-transform', checked && 'translate-x-4')} />
        </span>
      </button>
    </div>
  )
}
