'use client'

import { useId } from 'react'
import { Input } from '@/components/ui/input'

type DayInputProps = { label: string; value: string | undefined; onChange: (value: string | undefined) => void }

/** A day as a filter: its name and its field in one line. */
export function DayInput({ label, value, onChange }: DayInputProps) {
  const id = useId()
  return (
    <span className="inline-flex items-center gap-2 text-sm">
      <label htmlFor={id} className="text-muted">
        {label}
      </label>
      <Input id={id} type="date" className="w-auto" value={value ?? ''} onChange={(event) => onChange(event.target.value || undefined)} />
    </span>
  )
}
