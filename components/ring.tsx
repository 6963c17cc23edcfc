'use client'

import { formatDuration } from './format-time'
import { lastCrossed, MINUTE_THRESHOLDS, shareLeft, toneOfRemaining, type Thresholds } from './remaining'
import { toMs, type Instant } from './server-clock'
import { cn } from './ui/cn'
import { TONE_STROKE, TONE_TEXT } from './ui/tone'
import { useTicking } from './use-ticking'

export type RingProps = {
  until: Instant
  /** The server's instant of rendering. */
  now: Instant
  /** What the full ring stands for, such as 60,000. */
  totalMs: number
  /** Accessible name: what runs out. */
  label: string
  overText?: string | undefined
  thresholds?: Thresholds | undefined
  locale?: string | undefined
  size?: 'sm' | 'md' | 'lg' | undefined
  className?: string | undefined
}

/** A ring that empties: the seconds stand in its middle, and are announced at the thresholds only. */
export function Ring(props: RingProps) {
  const { until, now, totalMs, label, overText = 'Time is over', thresholds = MINUTE_THRESHOLDS, locale = 'en', size = 'md', className } = props
  const untilMs = toMs(until)
  const seconds = useTicking(now, (nowMs) => Math.max(0, Math.ceil((untilMs - nowMs) / 1_000)))
  const share = useTicking(now, (nowMs) => Math.round(shareLeft(untilMs - nowMs, totalMs) * 1_000) / 1_000)
  const tone = useTicking(now, (nowMs) => toneOfRemaining(untilMs - nowMs, thresholds))
  const crossed = useTicking(now, (nowMs) => lastCrossed(untilMs - nowMs, [thresholds.warningMs, thresholds.dangerMs, 0]) ?? -1)
  const spoken = crossed === 0 ? overText : crossed < 0 ? '' : `${label}: ${formatDuration(crossed, locale)}`
  return (
    <span data-slot="ring" data-tone={tone} className={cn('relative inline-grid shrink-0 place-items-center', SIZES[size], className)}>
      <svg viewBox="0 0 36 36" className="size-full -rotate-90" role="img" aria-label={label}>
        <circle cx="18" cy="18" r="15.5" fill="none" strokeWidth="3.5" className="stroke-line" />
        <circle
          cx="18"
          cy="18"
          r="15.5"
          fill="none"
          strokeWidth="3.5"
          strokeLinecap="round"
          pathLength="1"
          strokeDasharray="1 2"
          strokeDashoffset={1 - share}
          className={cn('transition-[stroke-dashoffset] duration-1000 ease-linear', share === 0 ? 'stroke-transparent' : TONE_STROKE[tone])}
          suppressHydrationWarning
        />
      </svg>
      <span className={cn('absolute font-semibold tabular-nums', tone !== 'success' && TONE_TEXT[tone])} suppressHydrationWarning>
        {seconds}
      </span>
      <output className="sr-only">{spoken}</output>
    </span>
  )
}

const SIZES = { sm: 'size-8 text-[0.6875rem]', md: 'size-12 text-sm', lg: 'size-20 text-xl' } as const
