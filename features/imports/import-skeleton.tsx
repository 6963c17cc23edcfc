'use client'

import { useTranslations } from 'use-intl'
import { LiveRegion } from '@/components/live-region'
import { PageHeader } from '@/components/page-header'
import { Card, CardContent } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { pages } from '@/contracts/paths'

/** The pages of importing before their data: a form or a progress above, rows below. */
export function ImportSkeleton() {
  const t = useTranslations('imports')
  return (
    <div aria-busy className="flex flex-col gap-6">
      <PageHeader breadcrumb={[{ label: t('breadcrumb'), href: pages.connections() }, { label: t('title') }]} title={<Skeleton className="h-7 w-64 max-w-[60vw]" />} />
      {[4, 6].map((lines) => (
        <Card key={lines}>
          <CardContent className="flex flex-col gap-5 pt-5">
            {Array.from({ length: lines }, (_none, index) => (
              <Skeleton key={index} className={index % 2 === 0 ? 'w-full' : 'w-2/3'} />
            ))}
          </CardContent>
        </Card>
      ))}
      <LiveRegion message={t('detail.loading')} />
    </div>
  )
}
