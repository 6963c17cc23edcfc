import { Hourglass } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { StatusPill } from '@/components/status-pill'
import { cn } from '@/components/ui/cn'
import type { Tone } from '@/components/ui/tone'
import type { ConnectionSummary } from '@/contracts/connections'

const TONES = {
  healthy: 'success',
  expiring: 'warning',
  refresh_failing: 'warning',
  reconnect_required: 'danger',
  disconnected: 'neutral',
} as const satisfies Record<ConnectionSummary['status'], Tone>

type ConnectionStatusPillProps = Pick<ConnectionSummary, 'status' | 'cause'> & {
  /** Where width is dear: the cause of a failing refresh stands under the pill. */
  narrow?: boolean | undefined
}

/** The one status of a connection; a failing refresh names its cause, and so does a consent that an owner asked for. */
export function ConnectionStatusPill({ status, cause, narrow = false }: ConnectionStatusPillProps) {
  const t = useTranslations('connections')
  const icon = status === 'expiring' ? <Hourglass aria-hidden /> : undefined
  const isFailing = status === 'refresh_failing'
  const reason = isFailing || cause !== null ? t(`failing.cause.${cause ?? 'unknown'}`) : null
  if (reason === null || narrow) {
    return (
      <span className="flex flex-col items-start gap-0.5 max-sm:items-end">
        <StatusPill tone={TONES[status]} icon={icon}>
          {t(`status.${status}`)}
        </StatusPill>
        {reason !== null && <span className={cn('pl-2 text-[0.8125rem] whitespace-nowrap', isFailing ? 'text-warning-text' : 'text-danger-text')}>{reason}</span>}
      </span>
    )
  }
  return <StatusPill tone={TONES[status]}>{t(isFailing ? 'failing.named' : 'failing.reconnectNamed', { cause: reason })}</StatusPill>
}
