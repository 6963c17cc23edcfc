'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { ScrollRegion } from '@/components/scroll-region'
import { cn } from '@/components/ui/cn'
import type { LeftOut } from '@/contracts/campaigns'
import { pages } from '@/contracts/paths'
import { showInvisible } from '@/lib/text/show-invisible'

/** Connections that are not asked, each with the reason. */
export function LeftOutList({ items, className }: { items: readonly LeftOut[]; className?: string }) {
  const t = useTranslations('campaigns.leftOut')
  return (
    <ScrollRegion label={t('list')} className={cn('max-h-96 rounded-lg border', className)}>
      <ul aria-label={t('list')} className="divide-y text-sm">
        {items.map((item) => (
          <li key={item.connection.id} className="px-4 py-2.5">
            <p className="flex flex-wrap items-baseline gap-x-2">
              <Link href={pages.connection(item.connection.id)} className="font-medium wrap-anywhere hover:underline hover:underline-offset-4">
                {showInvisible(item.connection.name)}
              </Link>
              <span className="text-[0.8125rem] text-muted">{t('id', { id: showInvisible(item.connection.upstreamId) })}</span>
            </p>
            <p className="text-pretty text-muted">
              <Reason item={item} />
            </p>
          </li>
        ))}
      </ul>
    </ScrollRegion>
  )
}

function Reason({ item: { reason, cause } }: { item: LeftOut }) {
  const t = useTranslations('campaigns.leftOut')
  const causes = useTranslations('connections.failing.cause')
  if (reason !== 'hotelier_cannot_help') return t(`reason.${reason}`)
  return t('reason.hotelier_cannot_help', { cause: causes(cause ?? 'api_client_refused') })
}
