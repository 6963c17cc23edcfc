import { cn } from './cn'
import type { Tone } from './tone'

export type ProgressProps = {
  /** Accessible name. */
  label: string
  /** 0 to `max`; absent while the amount is unknown. */
  value?: number | undefined
  max?: number | undefined
  /** What a screen reader says instead of a percentage. */
  valueText?: string | undefined
  tone?: Tone | undefined
  className?: string | undefined
}

/** How much is done. */
export function Progress({ label, value, max = 100, valueText, tone = 'accent', className }: ProgressProps) {
  return (
    <progress
      data-slot="progress"
      aria-label={label}
      aria-valuetext={valueText}
      max={max}
      value={value}
      className={cn('progress-bar block h-1.5 w-full', COLORS[tone], className)}
    />
  )
}

const COLORS = {
  neutral: 'text-line-strong',
  accent: 'text-accent',
  success: 'text-success',
  warning: 'text-warning',
  danger: 'text-danger',
  info: 'text-info',
} as const satisfies Record<Tone, string>
