'use client'

import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import { PageHeader } from '@/components/page-header'
import { Card, CardContent } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { useListColumns } from './use-list-columns'

/** The list before its data: the same header, and rows of the same shape. */
export function CampaignsSkeleton() {
  const t = useTranslations('campaigns')
  const columns = useListColumns(NO_INSTANT)
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <DataTable caption={t('list.caption')} columns={columns} rows={[]} rowId={(row) => row.id} isLoading skeletonRows={4} labels={{ loading: t('list.loading') }} />
    </>
  )
}

/** One campaign, or a new one, before its data. */
export function CampaignSkeleton() {
  const t = useTranslations('campaigns')
  return (
    <>
      <output className="sr-only">{t('detail.loading')}</output>
      <div className="flex flex-col gap-2">
        <Skeleton className="w-32" />
        <Skeleton className="h-8 w-64 max-w-full" />
      </div>
      {['progress', 'rows'].map((part) => (
        <Card key={part}>
          <CardContent className="flex flex-col gap-5 pt-4 sm:pt-5">
            {WIDTHS.map((width) => (
              <Skeleton key={width} className={`${width} max-w-full`} />
            ))}
          </CardContent>
        </Card>
      ))}
    </>
  )
}

const WIDTHS = ['w-40', 'w-full', 'w-52', 'w-44']

/** Stand-ins show no time. */
const NO_INSTANT = '1970-01-01T00:00:00.000Z'
