'use client'

import { formatRelative, formatUtc } from './format-time'
import { toMs, type Instant } from './server-clock'
import { cn } from './ui/cn'
import { useTicking } from './use-ticking'

export type RelativeTimeProps = {
  at: Instant
  /** The server's instant of rendering. */
  now: Instant
  locale?: string | undefined
  className?: string | undefined
}

/** "3 hours ago", kept up to date; the exact UTC instant in the title. */
export function RelativeTime({ at, now, locale = 'en', className }: RelativeTimeProps) {
  const atMs = toMs(at)
  const text = useTicking(now, (nowMs) => formatRelative(atMs - nowMs, locale))
  return (
    <time
      data-slot="relative-time"
      dateTime={new Date(atMs).toISOString()}
      title={formatUtc(atMs)}
      className={cn('whitespace-nowrap tabular-nums', className)}
      suppressHydrationWarning
    >
      {text}
    </time>
  )
}
