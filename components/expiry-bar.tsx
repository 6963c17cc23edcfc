'use client'

import { Countdown } from './countdown'
import { DAY_THRESHOLDS, shareLeft, toneOfRemaining, type Thresholds } from './remaining'
import { toMs, type Instant } from './server-clock'
import { cn } from './ui/cn'
import { TONE_FILL } from './ui/tone'
import { useTicking } from './use-ticking'

export type ExpiryBarProps = {
  expiresAt: Instant
  /** The server's instant of rendering. */
  now: Instant
  /** What the full bar stands for; default 24 h. */
  totalMs?: number | undefined
  thresholds?: Thresholds | undefined
  overText?: string | undefined
  announceText?: string | undefined
  /** Remaining times at which a screen reader hears it; none in a list of many. */
  announceAtMs?: readonly number[] | undefined
  locale?: string | undefined
  className?: string | undefined
}

const DAY_MS = 24 * 3_600_000
const STEPS = 200

/** Time left as words over a thin bar. The words are the information, the bar is a drawing of them. */
export function ExpiryBar(props: ExpiryBarProps) {
  const { expiresAt, now, totalMs = DAY_MS, thresholds = DAY_THRESHOLDS, overText, announceText, announceAtMs, locale, className } = props
  const untilMs = toMs(expiresAt)
  const tone = useTicking(now, (nowMs) => toneOfRemaining(untilMs - nowMs, thresholds))
  const width = useTicking(now, (nowMs) => Math.ceil(shareLeft(untilMs - nowMs, totalMs) * STEPS))
  return (
    <div data-slot="expiry-bar" data-tone={tone} className={cn('flex w-full max-w-36 min-w-24 flex-col gap-1', className)}>
      <Countdown
        until={expiresAt}
        now={now}
        thresholds={thresholds}
        overText={overText}
        announceText={announceText}
        announceAtMs={announceAtMs}
        locale={locale}
        className="text-[0.8125rem]"
      />
      <svg aria-hidden viewBox={`0 0 ${STEPS} 4`} preserveAspectRatio="none" className="h-1 w-full overflow-hidden rounded-full">
        <rect width={STEPS} height="4" className="fill-line" />
        <rect width={width} height="4" className={TONE_FILL[tone]} suppressHydrationWarning />
      </svg>
    </div>
  )
}
