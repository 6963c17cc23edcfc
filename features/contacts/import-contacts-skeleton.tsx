'use client'

import { useTranslations } from 'use-intl'
import { LiveRegion } from '@/components/live-region'
import { PageHeader } from '@/components/page-header'
import { Card, CardContent } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { pages } from '@/contracts/paths'

/** The page for a file of contacts before it is there, in the same shape. */
export function ImportContactsSkeleton() {
  const t = useTranslations('contacts')
  return (
    <div aria-busy className="flex flex-col gap-6">
      <PageHeader breadcrumb={[{ label: t('connections'), href: pages.connections() }, { label: t('title') }]} title={t('title')} description={t('text')} />
      <Card>
        <CardContent className="flex flex-col gap-5 pt-5">
          <Skeleton className="h-16" />
          <Skeleton className="h-32" />
          <Skeleton className="w-1/3" />
        </CardContent>
      </Card>
      <LiveRegion message={t('loading')} />
    </div>
  )
}
