'use client'

import { CircleAlert } from 'lucide-react'
import { useId, useMemo, type ReactNode } from 'react'
import { cn } from './cn'
import { FieldContext } from './field-context'
import { Label } from './label'

export type FieldProps = {
  label: ReactNode
  /** One control: Input, Textarea, Select, or anything that calls `useFieldWiring`. */
  children: ReactNode
  hint?: ReactNode
  error?: ReactNode
  required?: boolean | undefined
  /** Word after the label when the field may stay empty. */
  optionalText?: string | undefined
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean | undefined
  className?: string | undefined
}

/** Label, control, hint and error, wired with ids: the control is described by its hint and its error. */
export function Field(props: FieldProps) {
  const { label, children, hint, error, required = false, optionalText, hideLabel = false, className } = props
  const id = useId()
  const hasHint = hint !== undefined && hint !== null
  const hasError = error !== undefined && error !== null && error !== ''
  const describedBy = [hasError && `${id}-error`, hasHint && `${id}-hint`].filter(Boolean).join(' ') || undefined
  const wiring = useMemo(
    () => ({ id: `${id}-control`, describedBy, invalid: hasError, required }),
    [id, describedBy, hasError, required],
  )
  return (
    <div data-slot="field" className={cn('flex flex-col gap-1.5', className)}>
      <Label htmlFor={wiring.id} className={cn(hideLabel && 'sr-only')}>
        {label}
        {optionalText !== undefined && <span className="ml-1.5 font-normal text-muted">{optionalText}</span>}
      </Label>
      <FieldContext value={wiring}>{children}</FieldContext>
      {hasHint && (
        <p id={`${id}-hint`} className="text-[0.8125rem] text-muted">
          {hint}
        </p>
      )}
      {hasError && (
        <p id={`${id}-error`} role="alert" className="flex items-start gap-1.5 text-[0.8125rem] text-danger-text">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>{error}</span>
        </p>
      )}
    </div>
  )
}
