'use client'

import { useId } from 'react'
import { CopyButton, type CopyLabels } from './copy-button'
import { cn } from './ui/cn'
import { Input } from './ui/input'
import { Label } from './ui/label'

export type CopyFieldProps = {
  label: string
  value: string
  hint?: string | undefined
  labels?: Partial<CopyLabels> | undefined
  hideLabel?: boolean | undefined
  className?: string | undefined
}

/** A value to take elsewhere: read-only, selected by a click, copied by a button. Not for secrets: see RevealOnce. */
export function CopyField({ label, value, hint, labels, hideLabel = false, className }: CopyFieldProps) {
  const id = useId()
  return (
    <div data-slot="copy-field" className={cn('flex flex-col gap-1.5', className)}>
      <Label htmlFor={id} className={cn(hideLabel && 'sr-only')}>
        {label}
      </Label>
      <div className="flex gap-2">
        <Input
          id={id}
          mono
          readOnly
          value={value}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton text={value} name={label} labels={labels} size="md" />
      </div>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-[0.8125rem] text-muted">
          {hint}
        </p>
      )}
    </div>
  )
}
