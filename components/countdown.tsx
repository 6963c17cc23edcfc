'use client'

import { Clock, Hourglass, TriangleAlert } from 'lucide-react'
import { formatDuration, formatUtc } from './format-time'
import { DAY_THRESHOLDS, lastCrossed, toneOfRemaining, type RemainingTone, type Thresholds } from './remaining'
import { toMs, type Instant } from './server-clock'
import { cn } from './ui/cn'
import { TONE_TEXT } from './ui/tone'
import { useTicking } from './use-ticking'

export type CountdownProps = {
  until: Instant
  /** The server's instant of rendering. */
  now: Instant
  /** What is said at the end. */
  overText?: string | undefined
  /** What a screen reader hears at each threshold; `{left}` is replaced. */
  announceText?: string | undefined
  /** Remaining times at which a screen reader hears it; default: the thresholds and the end. */
  announceAtMs?: readonly number[] | undefined
  thresholds?: Thresholds | undefined
  locale?: string | undefined
  className?: string | undefined
}

const ICONS = { success: Clock, warning: Hourglass, danger: TriangleAlert } as const satisfies Record<RemainingTone, unknown>

/** Time left until an instant, second by second; icon and colour change near the end. */
export function Countdown(props: CountdownProps) {
  const { until, now, overText = 'expired', announceText = '{left} left', thresholds = DAY_THRESHOLDS, locale = 'en', className } = props
  const untilMs = toMs(until)
  const announceAt = props.announceAtMs ?? [thresholds.warningMs, thresholds.dangerMs, 0]
  const left = useTicking(now, (nowMs) => (nowMs >= untilMs ? '' : formatDuration(untilMs - nowMs, locale)))
  const tone = useTicking(now, (nowMs) => toneOfRemaining(untilMs - nowMs, thresholds))
  const crossed = useTicking(now, (nowMs) => lastCrossed(untilMs - nowMs, announceAt) ?? -1)
  const Icon = ICONS[tone]
  return (
    <span
      data-slot="countdown"
      data-tone={tone}
      className={cn('inline-flex items-center gap-1.5 tabular-nums', tone !== 'success' && TONE_TEXT[tone], className)}
    >
      <Icon aria-hidden className={cn('size-3.5 shrink-0', tone === 'success' && 'text-subtle')} />
      <time dateTime={new Date(untilMs).toISOString()} title={formatUtc(untilMs)} suppressHydrationWarning>
        {left === '' ? overText : left}
      </time>
      <output className="sr-only">{announcement({ crossed, overText, announceText, locale })}</output>
    </span>
  )
}

function announcement(words: { crossed: number; overText: string; announceText: string; locale: string }): string {
  if (words.crossed < 0) return ''
  if (words.crossed === 0) return words.overText
  return words.announceText.replace('{left}', formatDuration(words.crossed, words.locale))
}
