import { Hourglass } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { StatusPill } from '@/components/status-pill'
import type { Tone } from '@/components/ui/tone'
import type { ConnectionSummary } from '@/contracts/connections'

const TONES = {
  healthy: 'success',
  expiring: 'warning',
  refresh_failing: 'warning',
  reconnect_required: 'danger',
  disconnected: 'neutral',
} as const satisfies Record<ConnectionSummary['status'], Tone>

/** The one status of a connection; a failing refresh names its cause. */
export function ConnectionStatusPill({ status, cause }: Pick<ConnectionSummary, 'status' | 'cause'>) {
  const t = useTranslations('connections')
  return (
    <StatusPill tone={TONES[status]} icon={status === 'expiring' ? <Hourglass aria-hidden /> : undefined}>
      {status === 'refresh_failing' ? t(`failing.${cause ?? 'unknown'}`) : t(`status.${status}`)}
    </StatusPill>
  )
}
