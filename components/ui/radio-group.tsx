'use client'

import type { ReactNode } from 'react'
import { cn } from './cn'

export type RadioOption = { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean | undefined }

export type RadioGroupProps = {
  /** The question; the fieldset's legend. */
  legend: ReactNode
  hideLegend?: boolean | undefined
  name: string
  options: readonly RadioOption[]
  value?: string | undefined
  defaultValue?: string | undefined
  onValueChange?: ((value: string) => void) | undefined
  /** `cards` draws a box around each option. */
  variant?: 'plain' | 'cards' | undefined
  className?: string | undefined
}

/** Native radio buttons in a fieldset: arrow keys and form values come with the browser. */
export function RadioGroup(props: RadioGroupProps) {
  const { legend, hideLegend, name, options, value, defaultValue, onValueChange, variant = 'plain', className } = props
  const controlled = value !== undefined
  return (
    <fieldset data-slot="radio-group" className={cn('flex min-w-0 flex-col', className)}>
      <legend className={cn('mb-2 text-sm font-medium', hideLegend && 'sr-only')}>{legend}</legend>
      <div className={cn('flex flex-col', variant === 'cards' ? 'gap-2' : 'gap-2.5 touch:gap-0')}>
        {options.map((option) => (
          <label
            key={option.value}
            className={cn(
              'flex items-start gap-2.5 text-sm touch:min-h-11 touch:py-2.5',
              option.disabled && 'opacity-60',
              variant === 'cards' &&
                'rounded-lg border border-line bg-surface px-3.5 py-3 transition-colors hover:bg-hover has-checked:border-accent has-checked:bg-accent-subtle has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring',
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              disabled={option.disabled}
              {...(controlled ? { checked: value === option.value } : { defaultChecked: defaultValue === option.value })}
              onChange={() => onValueChange?.(option.value)}
              className="mt-0.5 size-4 shrink-0 appearance-none rounded-full border border-line-strong bg-surface checked:border-[5px] checked:border-accent"
            />
            <span className="flex flex-col">
              <span className="font-medium">{option.label}</span>
              {option.hint !== undefined && <span className="text-[0.8125rem] text-muted">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
