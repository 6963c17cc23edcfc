'use client'

import { cn } from './ui/cn'
import { Checkbox } from './ui/checkbox'

export type SelectBoxProps = {
  /** What is chosen by it: "Select Hotel Roma". For screen readers; eyes see the row. */
  label: string
  checked: boolean
  /** Some of what it stands for is chosen. */
  mixed?: boolean | undefined
  onChange: (checked: boolean) => void
  className?: string | undefined
}

/** The check box of a row, or of all rows of a page. It lies above the row's link, and its target is larger than it looks. */
export function SelectBox({ label, checked, mixed = false, onChange, className }: SelectBoxProps) {
  return (
    <Checkbox
      label={<span className="sr-only">{label}</span>}
      checked={checked}
      indeterminate={mixed}
      onChange={(event) => onChange(event.target.checked)}
      className={cn('relative z-1 -m-2.5 w-fit gap-0 p-2.5', className)}
    />
  )
}
