'use client'

import { useTranslations } from 'use-intl'
import { LiveRegion } from '@/components/live-region'
import { PageHeader } from '@/components/page-header'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { pages } from '@/contracts/paths'

/** A connection's page before its data, in the same shape. */
export function ConnectionSkeleton() {
  const t = useTranslations('connections.detail')
  return (
    <div aria-busy className="flex flex-col gap-6">
      <PageHeader
        breadcrumb={[{ label: t('breadcrumb'), href: pages.connections() }]}
        breadcrumbLabel={t('where')}
        title={<Skeleton className="h-7 w-64 max-w-[60vw]" />}
        description={<Skeleton className="mt-1 w-36" />}
      />
      <div className="grid gap-6 xl:grid-cols-2">
        <CardSkeleton title={t('sections.access')} lines={5} />
        <CardSkeleton title={t('sections.consent')} lines={5} />
      </div>
      <CardSkeleton title={t('sections.properties')} lines={2} />
      <CardSkeleton title={t('sections.exchange')} lines={2} />
      <LiveRegion message={t('loading')} />
    </div>
  )
}

function CardSkeleton({ title, lines }: { title: string; lines: number }) {
  return (
    <Card>
      <CardHeader>
        <p className="text-[0.9375rem] font-semibold">{title}</p>
      </CardHeader>
      <CardContent className="flex flex-col gap-5">
        {Array.from({ length: lines }, (_, index) => (
          <Skeleton key={index} className={index % 2 === 0 ? 'w-full' : 'w-2/3'} />
        ))}
      </CardContent>
    </Card>
  )
}
