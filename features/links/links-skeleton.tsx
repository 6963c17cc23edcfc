'use client'

import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import { PageHeader } from '@/components/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { useListColumns } from './use-list-columns'

/** The list before its data: the same header, and rows of the same shape. */
export function LinksSkeleton() {
  const t = useTranslations('links')
  const columns = useListColumns(NO_INSTANT)
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <div className="flex min-w-0 flex-col gap-3">
        <Skeleton className="h-9 w-full rounded-md sm:max-w-sm" />
        <DataTable caption={t('list.caption')} columns={columns} rows={[]} rowId={(row) => row.id} isLoading skeletonRows={4} labels={{ loading: t('list.loading') }} />
      </div>
    </>
  )
}

/** Stand-ins show no time. */
const NO_INSTANT = '1970-01-01T00:00:00.000Z'
