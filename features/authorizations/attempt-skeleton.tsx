'use client'

import { useTranslations } from 'use-intl'
import { LiveRegion } from '@/components/live-region'
import { PageHeader } from '@/components/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { pages } from '@/contracts/paths'

/** An attempt's page before its data, in the same shape. */
export function AttemptSkeleton() {
  const t = useTranslations('authorizations.attempt')
  return (
    <div aria-busy className="flex flex-col gap-6">
      <PageHeader
        breadcrumb={[{ label: t('breadcrumb'), href: pages.connections() }, { label: t('title') }]}
        title={<Skeleton className="h-7 w-72 max-w-[60vw]" />}
      />
      <Skeleton className="h-28 w-full rounded-lg" />
      <Skeleton className="h-56 w-full rounded-lg" />
      <LiveRegion message={t('loading')} />
    </div>
  )
}
