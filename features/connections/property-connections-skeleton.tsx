'use client'

import { useTranslations } from 'use-intl'
import { LiveRegion } from '@/components/live-region'
import { PageHeader } from '@/components/page-header'
import { Card, CardContent } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'

/** The connections of a property before their data, in the same shape. */
export function PropertyConnectionsSkeleton() {
  const t = useTranslations('connections.ofProperty')
  return (
    <div aria-busy className="flex flex-col gap-6">
      <PageHeader title={<Skeleton className="h-7 w-48 max-w-[60vw]" />} description={t('text')} />
      <Card>
        <CardContent className="flex flex-col gap-4">
          <Skeleton className="h-10" />
          <Skeleton className="h-10" />
        </CardContent>
      </Card>
      <LiveRegion message={t('loading')} />
    </div>
  )
}
