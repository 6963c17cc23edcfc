import { CircleAlert, CircleCheck, CircleMinus, Hourglass, TriangleAlert, type LucideIcon } from 'lucide-react'
import Link from 'next/link'
import { cn } from '@/components/ui/cn'
import { TONE_TEXT, type Tone } from '@/components/ui/tone'
import { pages } from '@/contracts/paths'
import { CONNECTION_STATUSES, type ConnectionStatus } from '@/lib/connection-status'
import { translator } from '@/messages/translator'

const LOOKS = {
  reconnect_required: { Icon: CircleAlert, tone: 'danger' },
  refresh_failing: { Icon: TriangleAlert, tone: 'warning' },
  expiring: { Icon: Hourglass, tone: 'warning' },
  healthy: { Icon: CircleCheck, tone: 'success' },
  disconnected: { Icon: CircleMinus, tone: 'neutral' },
} as const satisfies Record<ConnectionStatus, { Icon: LucideIcon; tone: Tone }>

/** The gravest first. */
const ORDER = ['reconnect_required', 'refresh_failing', 'expiring', 'healthy', 'disconnected'] as const satisfies readonly ConnectionStatus[]

/** How many connections have which status; each card leads to them. */
export function StatusCards({ byStatus }: { byStatus: Readonly<Record<ConnectionStatus, number>> }) {
  const t = translator('overview')
  const statuses = translator('connections')
  return (
    <section aria-label={t('counts.heading')}>
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-5">
        {ORDER.map((status) => {
          const { Icon, tone } = LOOKS[status]
          const count = byStatus[status]
          return (
            <li key={status}>
              <Link
                href={`${pages.connections()}?status=${status}`}
                className="grid h-full grid-cols-[minmax(0,1fr)_auto] content-start gap-x-4 gap-y-1 rounded-lg border bg-surface px-4 py-3 shadow-xs transition-colors hover:bg-hover sm:grid-cols-1"
              >
                <span className="flex items-center gap-2 text-[0.8125rem] font-medium text-muted">
                  <Icon aria-hidden className={cn('size-4 shrink-0', count === 0 ? 'text-subtle' : TONE_TEXT[tone])} />
                  {statuses(`status.${status}`)}
                </span>
                <span
                  className={cn(
                    'text-2xl font-semibold tabular-nums max-sm:col-start-2 max-sm:row-span-2 max-sm:row-start-1 max-sm:self-center',
                    count === 0 && 'text-subtle',
                  )}
                >
                  {count}
                </span>
                <span className="text-[0.8125rem] text-muted">{t(`counts.${status}`)}</span>
              </Link>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** How many need somebody: everything that is neither healthy nor ended. */
export function countWaiting(byStatus: Readonly<Record<ConnectionStatus, number>>): number {
  return CONNECTION_STATUSES.filter((status) => status !== 'healthy' && status !== 'disconnected').reduce(
    (sum, status) => sum + byStatus[status],
    0,
  )
}
