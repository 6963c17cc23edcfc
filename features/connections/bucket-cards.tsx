'use client'

import { useQuery } from '@tanstack/react-query'
import { CircleAlert, Hourglass, KeyRound, PlugZap, TriangleAlert, type LucideIcon } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { cn } from '@/components/ui/cn'
import { Skeleton } from '@/components/ui/skeleton'
import { TONE_TEXT, type Tone } from '@/components/ui/tone'
import { CONNECTION_BUCKETS, type ConnectionBucket } from '@/contracts/connections'
import { connectionQueries } from './queries'
import type { ListQuery } from './use-list-query'

const LOOKS = {
  reconnect: { Icon: CircleAlert, tone: 'danger' },
  failing: { Icon: TriangleAlert, tone: 'warning' },
  unplanned: { Icon: Hourglass, tone: 'warning' },
  admin_token: { Icon: KeyRound, tone: 'warning' },
  unused: { Icon: PlugZap, tone: 'neutral' },
} as const satisfies Record<ConnectionBucket, { Icon: LucideIcon; tone: Tone }>

/** What somebody should look at, over the list: a press shows those alone, another shows all again. */
export function BucketCards({ query, change }: ListQuery) {
  const t = useTranslations('connections.buckets')
  const { data } = useQuery(connectionQueries.buckets())
  return (
    <section aria-label={t('label')}>
      <ul className="grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-5">
        {CONNECTION_BUCKETS.map((bucket) => {
          const { Icon, tone } = LOOKS[bucket]
          const count = data?.counts[bucket]
          const isChosen = query.bucket === bucket
          return (
            <li key={bucket} className="last:max-sm:col-span-2">
              <button
                type="button"
                aria-pressed={isChosen}
                title={t(`hints.${bucket}`)}
                onClick={() => change({ bucket: isChosen ? undefined : bucket, status: undefined })}
                className={cn(
                  'flex h-full w-full items-center justify-between gap-3 rounded-lg border px-3 py-2 text-left shadow-xs transition-colors',
                  isChosen ? 'border-accent bg-accent-subtle' : 'bg-surface hover:bg-hover',
                )}
              >
                <span className="flex min-w-0 items-center gap-2 text-[0.8125rem] leading-tight font-medium">
                  <Icon aria-hidden className={cn('size-4 shrink-0', count ? TONE_TEXT[tone] : 'text-subtle')} />
                  {t(`names.${bucket}`)}
                </span>
                {count === undefined ? <Skeleton className="h-5 w-6" /> : <span className={cn('text-lg font-semibold tabular-nums', count === 0 && 'text-subtle')}>{count}</span>}
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
