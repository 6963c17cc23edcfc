'use client'

import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import { PageHeader } from '@/components/page-header'
import { useListColumns } from './use-list-columns'

/** The list before its data: the same header, and rows of the same shape. */
export function ApiClientsSkeleton() {
  const t = useTranslations('apiClients')
  const columns = useListColumns(NO_INSTANT)
  return (
    <>
      <PageHeader title={t('title')} description={t('list.description')} />
      <DataTable
        caption={t('list.caption')}
        columns={columns}
        rows={[]}
        rowId={(row) => row.id}
        isLoading
        skeletonRows={3}
        labels={{ loading: t('list.loading') }}
      />
    </>
  )
}

/** Stand-ins show no time. */
const NO_INSTANT = '1970-01-01T00:00:00.000Z'
