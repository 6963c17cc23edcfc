'use client'

import { ChevronDown } from 'lucide-react'
import { useId } from 'react'
import { cn } from './ui/cn'

export type FilterOption = { value: string; label: string }

export type FilterSelectProps = {
  /** What is filtered: "Status". Stands before the choice. */
  label: string
  options: readonly FilterOption[]
  value: string
  onChange: (value: string) => void
  /** The value that filters nothing; any other is drawn as set. Default: the first option's. */
  neutralValue?: string | undefined
  className?: string | undefined
}

/** One filter over a list: its name and its choice in one control. */
export function FilterSelect({ label, options, value, onChange, neutralValue, className }: FilterSelectProps) {
  const id = useId()
  const isSet = value !== (neutralValue ?? options[0]?.value)
  return (
    <div
      data-slot="filter-select"
      className={cn(
        'relative inline-flex h-9 items-center rounded-md border bg-surface text-sm transition-colors hover:bg-hover touch:h-[2.875rem]',
        'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring',
        isSet ? 'border-accent bg-accent-subtle' : 'border-line-strong',
        className,
      )}
    >
      <label htmlFor={id} className="pl-3 whitespace-nowrap text-muted">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={cn(
          'h-full min-w-0 flex-1 appearance-none truncate bg-transparent pr-8 pl-2 font-medium focus-visible:outline-none',
          isSet ? 'text-accent-text' : 'text-foreground',
        )}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} className="bg-raised text-foreground">
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute right-2.5 size-4 text-muted" />
    </div>
  )
}
