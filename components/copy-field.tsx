'use client'

import { CopyButton, type CopyLabels } from './copy-button'
import { cn } from './ui/cn'

export type CopyFieldProps = {
  label: string
  value: string
  hint?: string | undefined
  labels?: Partial<CopyLabels> | undefined
  className?: string | undefined
}

/** A value to take elsewhere, shown whole: selected by a click, copied by a button. Not for secrets: see RevealOnce. */
export function CopyField({ label, value, hint, labels, className }: CopyFieldProps) {
  return (
    <div data-slot="copy-field" className={cn('flex flex-col gap-1.5', className)}>
      <p className="text-sm font-medium">{label}</p>
      <div className="flex items-start gap-2 max-sm:flex-col">
        <code className="min-h-9 w-full min-w-0 rounded-md border border-line-strong bg-sunken px-3 py-2 font-mono text-[0.8125rem] leading-[1.125rem] break-all select-all">
          {value}
        </code>
        <CopyButton text={value} name={label} labels={labels} size="md" />
      </div>
      {hint !== undefined && <p className="text-[0.8125rem] text-muted">{hint}</p>}
    </div>
  )
}
